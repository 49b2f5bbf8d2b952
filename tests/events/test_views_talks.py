"""Pages that add, change, share and delete a talk."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse

from events.models import Appearance, Conference, Room, Speaker, Talk
from events.services import AppearanceDraft, LinkDraft, add_speaker, add_talk
from events.views.saving import refuse_demo
from tests.factories import a_conference, a_talk, an_entry


@pytest.fixture
def conference(person: User) -> Conference:
    """Two days in Seoul, Alice's own."""
    return a_conference(person)


def address(name: str, of: Conference | Talk) -> str:
    if isinstance(of, Talk):
        return reverse(name, args=[of.conference.year, of.conference.slug, of.slug])
    return reverse(name, args=[of.year, of.slug])


def speakers(*rows: dict[str, str]) -> dict[str, str]:
    """The rows of speakers as a browser sends them."""
    sent = {"speakers-TOTAL_FORMS": str(len(rows)), "speakers-INITIAL_FORMS": "0"}
    return sent | {
        f"speakers-{index}-{name}": value
        for index, row in enumerate(rows)
        for name, value in {"role": "speaker", **row}.items()
    }


def edited(talk: Talk, **given: str) -> dict[str, str]:
    """What the edit page sends when nothing but `given` was changed."""
    zone = talk.conference.zone
    rows = [
        {
            "row": str(row.pk),
            "name": row.speaker.own_name() if row.speaker else "",
            "affiliation": row.affiliation if row.speaker else row.organisation,
            "job_title": row.job_title,
            "role": row.role,
        }
        for row in talk.appearances.select_related("speaker")
    ]
    sent = {
        "title": talk.title,
        "kind": talk.kind,
        "state": talk.state,
        "day": str(talk.day_id or ""),
        "start": f"{talk.starts_at.astimezone(zone):%H:%M}" if talk.starts_at else "",
        "end": f"{talk.ends_at.astimezone(zone):%H:%M}" if talk.ends_at else "",
        "room": talk.room.name if talk.room else "",
    }
    return {**sent, **speakers(*rows), **given}


# Adding


@pytest.mark.parametrize(
    "sent",
    [
        {"title": "Learning to look", "kind": "talk"},
        {"kind": "keynote", **speakers({"name": "Yoshua Bengio"})},
        {"kind": "poster", **speakers({"affiliation": "KAIST"})},
    ],
)
def test_talk_add_needs_one_thing_only(
    persons_browser: Client, person: User, conference: Conference, sent: dict[str, str]
) -> None:
    response = persons_browser.post(address("talk-add", conference), sent)

    talk = Talk.objects.get()
    assert response.headers["Location"] == talk.get_absolute_url()
    assert (talk.added_by, talk.listed) == (person, False)
    assert persons_browser.get(talk.get_absolute_url()).status_code == 200


def test_talk_add_with_everything(persons_browser: Client, conference: Conference) -> None:
    day = conference.days.get(date=date(2022, 11, 9))
    sent = {
        "title": "비지도 표현 학습",
        "kind": "talk",
        "day": str(day.pk),
        "start": "오후 2시",
        "end": "14시 반",
        "room": "대강당",
        "subtitle": "뇌처럼",
        "track": "Brain",
        "language": "en",
        "abstract": "Hebb.\r\n\r\nBackprop.",
        **speakers(
            {"name": "승현준 (Sebastian Seung)", "affiliation": "Samsung Research", "job_title": "사장"},
            {"affiliation": "Princeton University", "role": "host"},
        ),
        "links-TOTAL_FORMS": "1",
        "links-0-url": "example.org/slides",
        "links-0-kind": "slides",
    }

    persons_browser.post(address("talk-add", conference), sent)

    talk = Talk.objects.get()
    assert talk.starts_at == datetime(2022, 11, 9, 5, 0, tzinfo=UTC)
    assert talk.ends_at == datetime(2022, 11, 9, 5, 30, tzinfo=UTC)
    assert (talk.day, talk.room.name, talk.track, talk.language) == (day, "대강당", "Brain", "en")
    assert talk.abstract == "Hebb.\n\nBackprop."
    first, second = talk.appearances.all()
    assert (first.speaker.name, first.speaker.other_name) == ("승현준", "Sebastian Seung")
    assert (first.affiliation, first.job_title) == ("Samsung Research", "사장")
    assert (second.organisation, second.role) == ("Princeton University", "host")
    assert talk.links.get().url == "https://example.org/slides"


def test_talk_add_over_midnight_ends_the_next_day(persons_browser: Client, conference: Conference) -> None:
    day = conference.days.first()
    sent = {"title": "Party", "kind": "social", "day": str(day.pk), "start": "23:00", "end": "00:30"}

    persons_browser.post(address("talk-add", conference), sent)

    talk = Talk.objects.get()
    assert (talk.ends_at - talk.starts_at).total_seconds() == 90 * 60


def test_talk_add_with_an_end_before_its_beginning_is_refused(persons_browser: Client, conference: Conference) -> None:
    """11:00 to 10:00 is a slip, not a talk of 23 hours."""
    day = conference.days.first()
    sent = {"title": "Slip", "kind": "talk", "day": str(day.pk), "start": "11:00", "end": "10시"}

    answer = persons_browser.post(address("talk-add", conference), sent)

    assert answer.status_code == 422
    assert "The end is before the beginning." in answer.content.decode()
    assert 'value="Slip"' in answer.content.decode()
    assert not Talk.objects.exists()


def test_talk_add_after_midnight_belongs_to_the_day_before(persons_browser: Client, conference: Conference) -> None:
    day = conference.days.get(date=date(2022, 11, 8))
    sent = {"title": "After-party", "kind": "social", "day": str(day.pk), "start": "0:30"}

    persons_browser.post(address("talk-add", conference), sent)

    talk = Talk.objects.get()
    assert (talk.day, talk.starts_at) == (day, datetime(2022, 11, 8, 15, 30, tzinfo=UTC))


def test_talk_add_with_a_time_at_a_conference_of_one_day(persons_browser: Client, person: User) -> None:
    conference = a_conference(person, days=1)

    persons_browser.post(address("talk-add", conference), {"title": "One", "kind": "talk", "start": "10:00"})

    assert Talk.objects.get().day == conference.days.get()


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"title": ""}, ["id_title", "id_speakers-0-name", "id_speakers-0-affiliation"]),
        ({"start": "25:00"}, ["id_start"]),
        ({"end": "later"}, ["id_end"]),
        ({"end": "10:00"}, ["id_start"]),
        ({"start": "10:00"}, ["id_day"]),
        ({"day": "999999"}, ["id_day"]),
        ({"kind": "dance"}, ["id_kind"]),
        ({"title": "x" * 501}, ["id_title"]),
        ({"language": "tlh"}, ["id_language"]),
        ({"speakers-0-job_title": "Professor"}, ["id_speakers-0-name"]),
        ({"speakers-0-affiliation": "x" * 201}, ["id_speakers-0-affiliation"]),
        ({"links-TOTAL_FORMS": "1", "links-0-url": "javascript:alert(1)"}, ["id_links-0-url"]),
    ],
)
def test_talk_add_with_an_error_keeps_everything_typed(
    persons_browser: Client, conference: Conference, wrong: dict[str, str], fields: list[str]
) -> None:
    sent = {"title": "One", "kind": "talk", "abstract": "뇌와 학습", "room": "대강당", **speakers({}), **wrong}

    response = persons_browser.post(address("talk-add", conference), sent)

    text = response.content.decode()
    assert response.status_code == 422
    for field in fields:
        assert f'href="#{field}"' in text
        assert f'id="{field}"' in text
    assert "뇌와 학습" in text
    assert 'value="대강당"' in text
    assert not Talk.objects.exists()
    assert not Room.objects.exists()


def test_talk_add_names_one_speaker_twice(persons_browser: Client, person: User, conference: Conference) -> None:
    add_speaker(person=person, name="Sebastian Seung", other_name="승현준")
    rows = speakers({"name": "승현준"}, {"name": "sebastian seung", "affiliation": "Princeton"})

    response = persons_browser.post(address("talk-add", conference), {"kind": "talk", **rows})

    text = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_speakers-1-name"' in text
    assert 'value="Princeton"' in text
    assert not Talk.objects.exists()


def test_another_speaker_is_a_row_more_and_saves_nothing(persons_browser: Client, conference: Conference) -> None:
    sent = {"kind": "talk", "start": "nonsense", **speakers({"name": "승현준"}), "another": "speakers"}

    response = persons_browser.post(address("talk-add", conference), sent)

    text = response.content.decode()
    assert response.status_code == 200
    assert 'name="speakers-1-name"' in text
    assert 'value="승현준"' in text
    assert "data-errors" not in text
    assert not Talk.objects.exists()


def test_talk_add_is_prefilled_from_its_address(persons_browser: Client, conference: Conference) -> None:
    day = conference.days.get(date=date(2022, 11, 9))

    response = persons_browser.get(address("talk-add", conference), {"day": "2022-11-09", "kind": "poster"})

    text = response.content.decode()
    assert f'<option value="{day.pk}" selected>' in text
    assert '<option value="poster" selected>' in text


@pytest.mark.parametrize("query", ["day=2022-13-45", "day=x", "day=2021-01-01", "kind=dance", "title=%00"])
def test_talk_add_shrugs_at_a_nonsense_address(persons_browser: Client, conference: Conference, query: str) -> None:
    assert persons_browser.get(f"{address('talk-add', conference)}?{query}").status_code == 200


def test_an_unlisted_speaker_of_a_stranger_is_not_picked(
    persons_browser: Client, stranger: User, conference: Conference
) -> None:
    add_speaker(person=stranger, name="Yoshua Bengio", other_name="요슈아 벤지오")

    persons_browser.post(address("talk-add", conference), {"kind": "talk", **speakers({"name": "Yoshua Bengio"})})

    assert Speaker.objects.filter(name="Yoshua Bengio").count() == 2
    assert Appearance.objects.get().speaker.other_name == ""


def test_rooms_of_unseen_talks_are_not_offered(strangers_browser: Client, person: User, stranger: User) -> None:
    shared = a_conference(person, listed=True)
    add_talk(person=person, conference=shared, title="Mine", room="Hidden suite")
    add_talk(person=person, conference=shared, title="Ours", room="Grand Ballroom", listed=True)

    text = strangers_browser.get(address("talk-add", shared)).content.decode()

    assert "Grand Ballroom" in text
    assert "Hidden suite" not in text


# Several at once


def test_talks_add_makes_one_a_line(persons_browser: Client, conference: Conference) -> None:
    day = conference.days.first()
    sent = {
        "kind": "poster",
        "day": str(day.pk),
        "lone": "organisation",
        "text": "서울대학교\r\nKAIST | Graphs\r\nKIAS",
    }

    response = persons_browser.post(address("talks-add", conference), sent)

    assert response.headers["Location"] == day.get_absolute_url()
    assert [talk.display_title() for talk in Talk.objects.order_by("pk")] == [
        "서울대학교 · Poster",
        "Graphs",
        "KIAS · Poster",
    ]


@pytest.mark.parametrize("text", ["", " | \n—", "KAIST\n" + "x" * 201, "KAIST\n" * 201])
def test_talks_add_with_an_error_keeps_the_lines(persons_browser: Client, conference: Conference, text: str) -> None:
    response = persons_browser.post(
        address("talks-add", conference), {"kind": "booth", "lone": "organisation", "text": text}
    )

    assert response.status_code == 422
    assert 'href="#id_text"' in response.content.decode()
    assert not Talk.objects.exists()


def test_talks_add_is_prefilled(persons_browser: Client, conference: Conference) -> None:
    text = persons_browser.get(f"{address('talks-add', conference)}?kind=booth").content.decode()

    assert '<option value="booth" selected>' in text


# Changing


def test_talk_edit_changes_nothing_that_was_not_touched(
    persons_browser: Client, person: User, conference: Conference
) -> None:
    talk = add_talk(
        person=person,
        conference=conference,
        title="Learning to look",
        day=conference.days.get(date=date(2022, 11, 8)),
        # Two days off the programme's day, as imports have it: what is not touched is not "mended".
        starts_at=datetime(2022, 11, 10, 1, 0, 30, tzinfo=UTC),
        room="Hall",
        speakers=[
            AppearanceDraft(name="Ada Kim", affiliation="Example Lab", job_title="Director"),
            AppearanceDraft(organisation="KAIST"),
        ],
        links=[LinkDraft(url="https://example.org/paper", title="Paper")],
    )
    rows = list(talk.appearances.values())
    links = {"links-TOTAL_FORMS": "1", "links-0-url": "https://example.org/paper", "links-0-title": "Paper"}

    response = persons_browser.post(address("talk-edit", talk), {**edited(talk, title="Learning to see"), **links})

    before = talk.starts_at
    talk.refresh_from_db()
    assert response.headers["Location"] == talk.get_absolute_url()
    assert (talk.title, talk.starts_at, talk.room.name) == ("Learning to see", before, "Hall")
    assert list(talk.appearances.values()) == rows
    assert [link.url for link in talk.links.all()] == ["https://example.org/paper"]


def test_talk_edit_keeps_the_speaker_where_there_are_two_of_a_name(
    persons_browser: Client, person: User, conference: Conference
) -> None:
    first = add_speaker(person=person, name="Daniel Lee")
    add_speaker(person=person, name="Daniel Lee")
    talk = add_talk(person=person, conference=conference, speakers=[AppearanceDraft(speaker=first)])

    persons_browser.post(address("talk-edit", talk), edited(talk, **{"speakers-0-affiliation": "Cornell"}))

    appearance = talk.appearances.get()
    assert (appearance.speaker, appearance.affiliation) == (first, "Cornell")
    assert Speaker.objects.count() == 2


def test_talk_edit_moves_it_to_another_day_on_the_same_clock(persons_browser: Client, conference: Conference) -> None:
    talk = a_talk(conference)
    other = conference.days.get(date=date(2022, 11, 9))

    persons_browser.post(address("talk-edit", talk), edited(talk, day=str(other.pk)))

    talk.refresh_from_db()
    assert (talk.day, talk.starts_at) == (other, datetime(2022, 11, 9, 1, 0, tzinfo=UTC))


def test_talk_edit_with_an_emptied_row_takes_the_speaker_off(
    persons_browser: Client, person: User, conference: Conference
) -> None:
    talk = add_talk(person=person, conference=conference, title="One", speakers=[AppearanceDraft(name="Ada Kim")])
    emptied = {"speakers-0-name": "", "speakers-0-affiliation": ""}

    persons_browser.post(address("talk-edit", talk), edited(talk, **emptied))

    assert not talk.appearances.exists()
    assert Speaker.objects.count() == 1


def test_talk_edit_shows_links_and_removes_an_emptied_one(
    persons_browser: Client, person: User, conference: Conference
) -> None:
    link = LinkDraft(url="https://example.org/paper", title="Paper")
    talk = add_talk(person=person, conference=conference, title="One", links=[link])

    assert "https://example.org/paper" in persons_browser.get(address("talk-edit", talk)).content.decode()
    persons_browser.post(address("talk-edit", talk), edited(talk))
    assert talk.links.count() == 1
    persons_browser.post(address("talk-edit", talk), edited(talk, **{"links-TOTAL_FORMS": "1", "links-0-url": ""}))
    assert not talk.links.exists()


def test_talk_edit_without_rows_leaves_who_gives_it(
    persons_browser: Client, person: User, conference: Conference
) -> None:
    talk = add_talk(person=person, conference=conference, speakers=[AppearanceDraft(name="Ada Kim")])

    persons_browser.post(address("talk-edit", talk), {"title": "", "kind": "keynote", "state": "scheduled"})

    talk.refresh_from_db()
    assert (talk.kind, talk.appearances.count()) == ("keynote", 1)


def test_talk_edit_can_cancel(persons_browser: Client, conference: Conference) -> None:
    talk = a_talk(conference)

    persons_browser.post(address("talk-edit", talk), edited(talk, state="cancelled"))

    talk.refresh_from_db()
    assert talk.is_cancelled


def test_talk_edit_takes_no_row_of_another_talk(
    persons_browser: Client, person: User, stranger: User, conference: Conference
) -> None:
    theirs = add_talk(
        person=stranger, conference=a_conference(stranger), speakers=[AppearanceDraft(name="Hidden Person")]
    )
    row = theirs.appearances.get()
    talk = a_talk(conference)

    persons_browser.post(
        address("talk-edit", talk), {**edited(talk), **speakers({"row": str(row.pk), "name": "Hidden Person"})}
    )

    assert theirs.appearances.get() == row
    assert talk.appearances.get().speaker != row.speaker


# Sharing and deleting


def test_talk_share_shares(persons_browser: Client, person: User, stranger: User) -> None:
    conference = a_conference(person, listed=True)
    talk = a_talk(conference)
    page = address("talk-share", talk)

    assert persons_browser.get(page).status_code == 200
    assert persons_browser.post(page).headers["Location"] == talk.get_absolute_url()
    assert Talk.objects.visible_to(stranger).get() == talk


def test_talk_share_of_an_unlisted_conference_says_what_to_do_first(
    persons_browser: Client, conference: Conference
) -> None:
    talk = a_talk(conference)

    response = persons_browser.post(address("talk-share", talk))

    assert response.status_code == 422
    assert address("conference-share", conference) in response.content.decode()
    talk.refresh_from_db()
    assert not talk.listed


def test_refuse_demo_refuses_only_the_demo() -> None:
    request = RequestFactory().get("/")
    request.session = {}  # type: ignore[assignment]
    refuse_demo(request)

    request.session["is_demo"] = True
    with pytest.raises(PermissionDenied):
        refuse_demo(request)


def test_talk_delete_asks_then_deletes(persons_browser: Client, conference: Conference) -> None:
    talk = a_talk(conference, speaker="Ada Kim")
    page = address("talk-delete", talk)

    assert persons_browser.get(page).status_code == 200
    assert persons_browser.post(page).headers["Location"] == conference.get_absolute_url()
    assert not Talk.objects.exists()
    assert Speaker.objects.exists()


def test_talk_delete_of_one_that_somebody_wrote_on_is_refused(
    persons_browser: Client, stranger: User, person: User
) -> None:
    conference = a_conference(person, listed=True)
    talk = a_talk(conference, listed=True)
    an_entry(stranger, talk=talk, text="A word of Bob's own")

    response = persons_browser.post(address("talk-delete", talk))

    assert response.status_code == 409
    assert "Bob" not in response.content.decode()
    assert Talk.objects.exists()


# Who may


CHANGING = ["talk-edit", "talk-share", "talk-delete"]


@pytest.mark.parametrize("name", CHANGING)
def test_a_talk_one_may_not_see_is_404_and_one_not_to_change_403(
    strangers_browser: Client, person: User, name: str
) -> None:
    conference = a_conference(person, listed=True)
    talk = a_talk(conference)
    page = address(name, talk)

    assert strangers_browser.get(page).status_code == 404
    assert strangers_browser.post(page).status_code == 404
    Talk.objects.update(listed=True)
    assert strangers_browser.get(page).status_code == 403
    assert strangers_browser.post(page).status_code == 403
    assert Talk.objects.exists()


@pytest.mark.parametrize("name", CHANGING)
def test_who_added_the_conference_may_change_a_listed_talk_of_others(
    persons_browser: Client, person: User, stranger: User, name: str
) -> None:
    talk = a_talk(a_conference(person, listed=True), added_by=stranger, listed=True)

    assert persons_browser.get(address(name, talk)).status_code == 200


@pytest.mark.parametrize("name", CHANGING)
def test_staff_may_change_a_listed_talk(staff_browser: Client, person: User, name: str) -> None:
    talk = a_talk(a_conference(person, listed=True), listed=True)

    assert staff_browser.get(address(name, talk)).status_code == 200


@pytest.mark.parametrize("name", ["talk-add", "talks-add"])
def test_anyone_adds_an_unlisted_talk_to_a_conference_they_see(
    strangers_browser: Client, stranger: User, conference: Conference, name: str
) -> None:
    sent = {"title": "Mine", "kind": "talk", "text": "KAIST", "lone": "organisation"}
    assert strangers_browser.get(address(name, conference)).status_code == 404
    assert strangers_browser.post(address(name, conference), sent).status_code == 404

    Conference.objects.update(listed=True)
    assert strangers_browser.post(address(name, conference), sent).status_code == 302
    assert (Talk.objects.get().added_by, Talk.objects.get().listed) == (stranger, False)


@pytest.mark.parametrize("name", ["talk-add", "talks-add", *CHANGING])
def test_a_visitor_is_asked_to_sign_in(visitor: Client, conference: Conference, name: str) -> None:
    talk = a_talk(conference)

    response = visitor.get(address(name, talk if name in CHANGING else conference))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_a_former_slug_of_a_talk_leads_on(persons_browser: Client, conference: Conference) -> None:
    before = address("talk-edit", a_talk(conference))
    talk = Talk.objects.get()
    talk.slug = "a-better-name"
    talk.save()

    assert persons_browser.get(before).headers["Location"] == address("talk-edit", talk)


@pytest.mark.parametrize("count", [1, 12])
def test_talk_edit_asks_no_more_of_the_database_for_more_speakers(
    persons_browser: Client,
    person: User,
    conference: Conference,
    count: int,
    django_assert_max_num_queries: object,
) -> None:
    drafts = [AppearanceDraft(name=f"Speaker {number}") for number in range(count)]
    talk = add_talk(person=person, conference=conference, title="One", speakers=drafts)

    with django_assert_max_num_queries(12):  # type: ignore[operator]
        persons_browser.get(address("talk-edit", talk))
