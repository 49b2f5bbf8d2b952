"""Pages that add, change, share and delete a conference and its days."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from events.models import Conference, Day, Talk
from events.services import add_conference, add_talk
from tests.factories import a_conference, a_talk, an_entry

DATES = {"name": "Samsung AI Forum", "starts_on": "2022. 11. 8.", "ends_on": "11/9", "timezone": "Asia/Seoul"}
BASIC = {**DATES, "mode": "in_person"}


def day_rows_of(*rows: dict[str, str]) -> dict[str, str]:
    """The rows of the days as a browser sends them."""
    sent = {"days-TOTAL_FORMS": str(len(rows)), "days-INITIAL_FORMS": "0"}
    return sent | {f"days-{index}-{name}": value for index, row in enumerate(rows) for name, value in row.items()}


TWO_DAYS = day_rows_of(
    {"date": "2022-11-08", "held": "on", "host": "SAIT", "venue": "COEX Grand Ballroom"},
    {"date": "2022-11-09", "held": "on", "host": "Samsung Research", "venue": "서울R&D캠퍼스"},
)


def address(name: str, conference: Conference, *more: object) -> str:
    return reverse(name, args=[conference.year, conference.slug, *more])


def edited(conference: Conference, **given: str) -> dict[str, str]:
    """What the edit page sends when nothing but `given` was changed."""
    rows = [
        {"date": day.date.isoformat(), "held": "on", "host": day.host, "venue": day.venue.name if day.venue else ""}
        for day in conference.days.select_related("venue").order_by("date")
    ]
    sent = {
        "name": conference.name,
        "starts_on": conference.starts_on.isoformat(),
        "ends_on": conference.ends_on.isoformat(),
        "timezone": conference.timezone,
        "mode": conference.mode,
    }
    return {**sent, **day_rows_of(*rows), **given}


# Adding


def test_conference_add_opens_with_a_short_form(persons_browser: Client) -> None:
    response = persons_browser.get(reverse("conference-add"))

    assert response.status_code == 200
    text = response.content.decode()
    assert 'name="slug"' not in text
    assert "data-browser-zone" in text
    assert 'data-day-rows="/add/conference/days/"' in text


def test_conference_form_shows_examples_of_its_own(persons_browser: Client) -> None:
    page = persons_browser.get(reverse("conference-add")).content.decode()
    assert page.count('placeholder="8 Nov 2022"') == 2  # the first day and the last
    assert "The same name in the other script, Korean or Latin." in page
    assert "Sebastian Seung" not in page


def test_conference_add_in_one_go(persons_browser: Client, person: User) -> None:
    response = persons_browser.post(reverse("conference-add"), {**BASIC, **TWO_DAYS, "series": "Samsung AI Forum"})

    conference = Conference.objects.get()
    assert response.headers["Location"] == conference.get_absolute_url()
    assert (conference.added_by, conference.listed, conference.starts_on) == (person, False, date(2022, 11, 8))
    days = conference.days.order_by("date")
    assert [(day.host, day.venue.name) for day in days] == [
        ("SAIT", "COEX Grand Ballroom"),
        ("Samsung Research", "서울R&D캠퍼스"),
    ]
    assert conference.series.name == "Samsung AI Forum"


def test_conference_add_without_rows_makes_the_days_and_shows_them(persons_browser: Client) -> None:
    response = persons_browser.post(reverse("conference-add"), BASIC, follow=True)

    conference = Conference.objects.get()
    assert response.redirect_chain[0][0] == address("conference-edit", conference)
    assert conference.days.count() == 2
    assert 'name="days-1-host"' in response.content.decode()


def test_conference_add_with_a_day_off(persons_browser: Client) -> None:
    rows = day_rows_of({"date": "2022-11-08", "held": "on"}, {"date": "2022-11-09"})

    persons_browser.post(reverse("conference-add"), {**BASIC, **rows})

    assert [day.date.day for day in Day.objects.all()] == [8]


def test_conference_add_drops_rows_of_dates_typed_before(persons_browser: Client) -> None:
    rows = day_rows_of({"date": "2021-11-08", "held": "on", "host": "Nobody"})

    persons_browser.post(reverse("conference-add"), {**BASIC, **rows})

    assert [(day.date.day, day.host) for day in Day.objects.order_by("date")] == [(8, ""), (9, "")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " \u200b"}, "id_name"),
        ({"starts_on": "someday"}, "id_starts_on"),
        ({"ends_on": "11/7"}, "id_ends_on"),
        ({"ends_on": ""}, "id_ends_on"),
        ({"timezone": "KST"}, "id_timezone"),
        ({"website": "not an address"}, "id_website"),
        ({"series": "x" * 201}, "id_series"),
        ({"days-1-venue": "x" * 201}, "id_days-1-venue"),
        ({"links-TOTAL_FORMS": "1", "links-0-title": "Slides", "links-0-kind": "slides"}, "id_links-0-url"),
    ],
)
def test_conference_add_with_an_error_keeps_everything_typed(
    persons_browser: Client, wrong: dict[str, str], field: str
) -> None:
    sent = {**BASIC, **TWO_DAYS, "about": "두 날이 다르다", "series": "Forum", **wrong}

    response = persons_browser.post(reverse("conference-add"), sent)

    text = response.content.decode()
    assert response.status_code == 422
    assert f'href="#{field}"' in text
    assert f'id="{field}"' in text
    for typed in ("두 날이 다르다", "SAIT", "Samsung Research", sent["starts_on"]):
        assert typed in text
    assert not Conference.objects.exists()


def test_conference_add_ignores_a_foreign_next(persons_browser: Client) -> None:
    page = reverse("conference-add")

    away = persons_browser.post(f"{page}?next=https://evil.example/", {**BASIC, **TWO_DAYS})
    home = persons_browser.post(f"{page}?next=/years/", {**BASIC, **TWO_DAYS})

    assert away.headers["Location"].startswith("/2022/")
    assert home.headers["Location"] == "/years/"


def test_another_link_is_a_row_more_and_saves_nothing(persons_browser: Client) -> None:
    sent = {"name": "", "links-TOTAL_FORMS": "1", "links-0-url": "https://example.org/", "another": "links"}

    response = persons_browser.post(reverse("conference-add"), sent)

    text = response.content.decode()
    assert response.status_code == 200
    assert 'name="links-1-url"' in text
    assert "https://example.org/" in text
    assert "data-errors" not in text
    assert not Conference.objects.exists()


# Rows of days while one types


def test_day_rows_keeps_what_was_typed(persons_browser: Client) -> None:
    sent = {"starts_on": "8 Nov 2022", "ends_on": "11/10", **TWO_DAYS}

    response = persons_browser.get(reverse("day-rows"), sent)

    text = response.content.decode()
    assert response.status_code == 200
    assert text.count('role="group"') == 3
    assert 'value="COEX Grand Ballroom"' in text
    assert "Thu 10 Nov 2022" in text


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"starts_on": "8 Nov 2022"},
        {"starts_on": "8 Nov 2022", "ends_on": "7 Nov 2022"},
        {"starts_on": "1 Jan 2022", "ends_on": "31 Mar 2022"},
        {"starts_on": "x", "ends_on": "y", "days-TOTAL_FORMS": "nonsense"},
    ],
)
def test_day_rows_has_none_to_give(persons_browser: Client, sent: dict[str, str]) -> None:
    assert persons_browser.get(reverse("day-rows"), sent).status_code == 204


# Changing


def test_conference_edit_shows_and_keeps_what_is_there(persons_browser: Client, person: User) -> None:
    conference = a_conference(person, about="Since 2017.", aka="삼성 AI 포럼")
    page = address("conference-edit", conference)

    text = persons_browser.get(page).content.decode()
    assert "Since 2017." in text
    assert 'name="days-1-host"' in text

    response = persons_browser.post(page, {**edited(conference), "about": "Since 2017.", "days-0-host": "SAIT"})

    conference.refresh_from_db()
    assert response.headers["Location"] == conference.get_absolute_url()
    assert [day.host for day in conference.days.order_by("date")] == ["SAIT", ""]
    assert conference.about == "Since 2017."


def test_conference_edit_of_new_dates_asks_first(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    page = address("conference-edit", conference)
    sent = edited(conference, starts_on="2022-11-15", ends_on="2022-11-16")

    asked = persons_browser.post(page, sent)

    text = asked.content.decode()
    assert asked.status_code == 422
    assert 'name="dates"' in text
    assert 'name="clocks"' not in text

    persons_browser.post(page, {**sent, "dates": "move"})
    assert [day.date.day for day in conference.days.order_by("date")] == [15, 16]


def test_conference_edit_of_the_last_day_alone_asks_nothing(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)

    persons_browser.post(address("conference-edit", conference), edited(conference, ends_on="2022-11-10"))

    assert conference.days.count() == 3


def test_conference_edit_never_removes_a_day_somebody_wrote_on(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    an_entry(person, day=conference.days.get(date=date(2022, 11, 9)))

    response = persons_browser.post(
        address("conference-edit", conference),
        edited(conference, name="Renamed", ends_on="2022-11-08"),
    )

    text = response.content.decode()
    assert response.status_code == 422
    assert "Wed 9 Nov 2022" in text
    assert 'value="Renamed"' in text
    conference.refresh_from_db()
    assert (conference.name, conference.ends_on.day, conference.days.count()) == ("Example AI Forum", 9, 2)


def test_conference_edit_unticks_and_ticks_a_day(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    page = address("conference-edit", conference)
    sent = edited(conference)

    persons_browser.post(page, {name: value for name, value in sent.items() if name != "days-1-held"})
    assert conference.days.count() == 1

    persons_browser.post(page, sent)
    assert conference.days.count() == 2


def test_conference_edit_of_the_zone_asks_where_there_are_times(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    page = address("conference-edit", conference)
    sent = edited(conference, timezone="Asia/Kolkata")

    asked = persons_browser.post(page, sent)
    assert asked.status_code == 422
    assert 'name="clocks"' in asked.content.decode()

    persons_browser.post(page, {**sent, "clocks": "clock"})
    talk.refresh_from_db()
    assert talk.starts_at.isoformat() == "2022-11-08T04:30:00+00:00"


def test_conference_edit_of_the_zone_asks_nothing_without_times(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)

    persons_browser.post(address("conference-edit", conference), edited(conference, timezone="Asia/Kolkata"))

    conference.refresh_from_db()
    assert conference.timezone == "Asia/Kolkata"


def test_a_long_conference_is_edited_without_rows(persons_browser: Client, person: User) -> None:
    conference = add_conference(
        person=person, name="Summer school", starts_on=date(2022, 7, 1), ends_on=date(2022, 8, 31)
    )
    page = address("conference-edit", conference)

    assert "days-0-host" not in persons_browser.get(page).content.decode()
    sent = {"name": "Summer school", "starts_on": "2022-07-01", "ends_on": "2022-08-31"}
    persons_browser.post(page, {**sent, "timezone": "Asia/Seoul", "mode": "online"})

    assert conference.days.count() == 62


def test_day_edit_sets_host_and_venue(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    day = conference.days.first()
    page = address("day-edit", conference, day.date)

    assert persons_browser.get(page).status_code == 200
    response = persons_browser.post(page, {"title": "SAIT의 날", "host": "종합기술원", "venue": "COEX", "about": ""})

    day.refresh_from_db()
    assert response.headers["Location"] == day.get_absolute_url()
    assert (day.title, day.host, day.venue.name) == ("SAIT의 날", "종합기술원", "COEX")


def test_day_edit_with_an_error_keeps_what_was_typed(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    day = conference.days.first()

    response = persons_browser.post(
        address("day-edit", conference, day.date), {"host": "종합기술원", "venue": "x" * 201}
    )

    assert response.status_code == 422
    assert "종합기술원" in response.content.decode()
    assert "#id_venue" in response.content.decode()


# Sharing and deleting


def test_conference_share_explains_and_shares(persons_browser: Client, person: User, stranger: User) -> None:
    conference = a_conference(person)
    mine = a_talk(conference, title="My own talk")
    theirs = a_talk(conference, title="Of somebody else", added_by=stranger)
    page = address("conference-share", conference)

    text = persons_browser.get(page).content.decode()
    assert "My own talk" in text
    assert "Of somebody else" not in text

    response = persons_browser.post(page, {"with_talks": "on"})

    assert response.headers["Location"] == conference.get_absolute_url()
    assert list(Talk.objects.visible_to(stranger).order_by("pk")) == [mine, theirs]
    theirs.refresh_from_db()
    assert not theirs.listed


def test_conference_share_without_the_tick_keeps_talks_to_oneself(
    persons_browser: Client, person: User, stranger: User
) -> None:
    conference = a_conference(person)
    a_talk(conference)

    persons_browser.post(address("conference-share", conference))

    assert Conference.objects.visible_to(stranger).exists()
    assert not Talk.objects.visible_to(stranger).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_demo_person_shares_nothing(persons_browser: Client, person: User, method: str) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    session = persons_browser.session
    session["is_demo"] = True
    session.save()

    for page in (address("conference-share", conference), address("talk-share", conference, talk.slug)):
        assert getattr(persons_browser, method)(page).status_code in {403, 404}

    conference.refresh_from_db()
    assert not conference.listed


def test_conference_delete_asks_then_deletes(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    a_talk(conference)
    page = address("conference-delete", conference)

    assert persons_browser.get(page).status_code == 200
    assert Conference.objects.exists()

    response = persons_browser.post(page)
    assert response.headers["Location"] == "/2022/"
    assert not Conference.objects.exists()


@pytest.mark.parametrize("about", ["conference", "day", "talk"])
def test_conference_delete_of_one_that_somebody_wrote_on_is_refused(
    persons_browser: Client, person: User, about: str
) -> None:
    conference = a_conference(person)
    talk = a_talk(conference)
    an_entry(person, **{about: {"conference": conference, "day": talk.day, "talk": talk}[about]})

    response = persons_browser.post(address("conference-delete", conference))

    assert response.status_code == 409
    assert "Nothing was deleted" in response.content.decode()
    assert (Conference.objects.count(), Talk.objects.count(), Day.objects.count()) == (1, 1, 2)


def test_day_delete_asks_then_deletes(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    page = address("day-delete", conference, date(2022, 11, 9))

    assert persons_browser.get(page).status_code == 200
    assert persons_browser.post(page).headers["Location"] == conference.get_absolute_url()
    assert conference.days.count() == 1


def test_day_delete_of_one_with_a_talk_is_refused(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    a_talk(conference)

    response = persons_browser.post(address("day-delete", conference, date(2022, 11, 8)))

    assert response.status_code == 409
    assert conference.days.count() == 2


# Who may


PAGES = ["conference-edit", "conference-share", "conference-delete"]
DAY_PAGES = ["day-edit", "day-delete"]


@pytest.mark.parametrize("name", [*PAGES, *DAY_PAGES])
def test_a_strangers_unlisted_conference_is_404_and_a_listed_one_403(
    strangers_browser: Client, person: User, name: str
) -> None:
    conference = a_conference(person)
    page = address(name, conference, *([conference.starts_on] if name in DAY_PAGES else []))

    assert strangers_browser.get(page).status_code == 404
    assert strangers_browser.post(page).status_code == 404

    Conference.objects.update(listed=True)
    assert strangers_browser.get(page).status_code == 403
    assert strangers_browser.post(page).status_code == 403
    assert (Conference.objects.count(), Day.objects.count()) == (1, 2)


@pytest.mark.parametrize("name", [*PAGES, *DAY_PAGES])
def test_staff_change_what_is_listed_and_see_nothing_else(staff_browser: Client, person: User, name: str) -> None:
    conference = a_conference(person)
    page = address(name, conference, *([conference.starts_on] if name in DAY_PAGES else []))

    assert staff_browser.get(page).status_code == 404
    Conference.objects.update(listed=True)
    assert staff_browser.get(page).status_code == 200


@pytest.mark.parametrize("name", ["conference-add", "day-rows", *PAGES, *DAY_PAGES])
def test_a_visitor_is_asked_to_sign_in(visitor: Client, person: User, name: str) -> None:
    conference = a_conference(person)
    arguments = [] if name in {"conference-add", "day-rows"} else [conference.year, conference.slug]
    arguments += [conference.starts_on] if name in DAY_PAGES else []

    response = visitor.get(reverse(name, args=arguments))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", ["conference-edit", "day-edit"])
def test_another_method_is_405(persons_browser: Client, person: User, name: str) -> None:
    conference = a_conference(person)
    page = address(name, conference, *([conference.starts_on] if name in DAY_PAGES else []))

    assert persons_browser.put(page).status_code == 405


def test_a_former_slug_leads_on_to_the_same_page(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    before = address("conference-edit", conference)
    conference = Conference.objects.get()
    conference.slug = "a-better-name"
    conference.save()

    response = persons_browser.get(f"{before}?next=/years/")

    assert response.status_code == 302
    assert response.headers["Location"] == "/2022/a-better-name/edit/?next=/years/"


def test_a_conference_moved_to_another_year_leads_on(persons_browser: Client, person: User) -> None:
    conference = a_conference(person)
    before = address("conference-edit", conference)

    persons_browser.post(before, edited(conference, starts_on="2023-11-08", ends_on="2023-11-09", dates="move"))

    assert persons_browser.get(before).headers["Location"] == f"/2023/{conference.slug}/edit/"


@pytest.mark.parametrize("count", [1, 10])
def test_conference_edit_asks_no_more_of_the_database_for_more_days(
    persons_browser: Client, person: User, count: int, django_assert_max_num_queries: object
) -> None:
    conference = a_conference(person, days=count)
    add_talk(person=person, conference=conference, title="One", room="Hall")

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        persons_browser.get(address("conference-edit", conference))


def test_many_days_at_one_venue_are_saved_in_one_go(persons_browser: Client, person: User) -> None:
    dates = [date(2022, 11, 1 + number) for number in range(8)]
    rows = day_rows_of(*({"date": on.isoformat(), "held": "on", "venue": "COEX"} for on in dates))
    sent = {**BASIC, "starts_on": "2022-11-01", "ends_on": "2022-11-08", **rows}

    persons_browser.post(reverse("conference-add"), sent)

    conference = Conference.objects.get()
    assert [day.date for day in conference.days.order_by("date")] == dates
    assert len({day.venue_id for day in conference.days.all()}) == 1

    page = address("conference-edit", conference)
    sent = edited(conference, starts_on="2022-11-02", ends_on="2022-11-09", dates="move")
    assert persons_browser.post(page, sent).status_code == 302
    assert conference.days.filter(venue__isnull=False).count() == 8
