"""What the pages show: Today, years, series, speaker, venue, and the pages of one conference.

Who may open what is walked by tests/test_access.py, and what a page asks of the database by tests/test_queries.py.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Appearance, Conference, Room, Series, Speaker, Talk, Venue
from events.moments import programme_date
from journal import actions, gallery
from journal.across import came_again, days_at, given_by
from journal.models import Entry, Mark, Meal
from journal.neighbours import neighbours
from journal.subjects import Subject
from journal.templatetags.entries import price_of
from journal.timeline import LONG
from journal.today import today_of
from tests.factories import a_conference, a_photo, a_talk, an_entry

pytestmark = pytest.mark.django_db

# Nine in the morning of the conference's first day, in Seoul.
MORNING = datetime(2022, 11, 8, 0, 0, tzinfo=UTC)


def shown(browser: Client, address: str, **query: str) -> str:
    """The page's HTML; it must be there."""
    answer = browser.get(address, query)
    assert answer.status_code == 200, f"{answer.status_code} at {address}"
    return answer.content.decode()


def of(conference: Conference, page: str) -> str:
    """The address of a page of a conference."""
    return reverse(page, args=[conference.year, conference.slug])


@pytest.fixture
def conference(person: User) -> Conference:
    """Alice's, of two November days, and she was there."""
    made = a_conference(person)
    actions.attend(owner=person, conference=made)
    return made


# Today


def test_today_of_who_has_nothing_says_the_one_next_thing(persons_browser: Client) -> None:
    page = shown(persons_browser, "/")
    assert "Add your first conference" in page
    assert reverse("conference-add") in page


def test_today_offers_a_newcomer_what_others_have_shared(persons_browser: Client, stranger: User) -> None:
    a_conference(stranger, name="Open to all", listed=True)
    a_conference(stranger, name="Not for Alice")
    page = shown(persons_browser, "/")
    assert "Open to all" in page
    assert "Not for Alice" not in page


def test_today_asks_whether_one_was_at_what_one_added(persons_browser: Client, person: User) -> None:
    added = a_conference(person)
    page = shown(persons_browser, "/")
    assert "Were you there?" in page
    assert reverse("journal:attend", args=[added.year, added.slug]) in page
    assert "Add your first conference" not in page


def test_today_opens_on_what_runs_now_and_next(person: User, persons_browser: Client) -> None:
    now = timezone.now()
    running = a_conference(person, starts_on=timezone.localdate(timezone=_seoul()))
    actions.attend(owner=person, conference=running)
    rooms = [Room.objects.create(conference=running, name=name, position=place) for place, name in enumerate("AB")]
    minutes = timedelta(minutes=1)
    for title, room, start in [("Picked", rooms[0], -20), ("Elsewhere", rooms[1], -20), ("Soon", rooms[0], 40)]:
        begins = now + start * minutes
        a_talk(running, title=title, room=room, starts_at=begins, ends_at=begins + 50 * minutes)
    actions.mark_talk(owner=person, talk=Talk.objects.get(title="Picked"), state=Mark.State.GOING)
    found = today_of(person)
    assert [
        [slot.talk.title for slot in slots] for slots in (found.running[0].featured, found.running[0].elsewhere)
    ] == [
        ["Picked"],
        ["Elsewhere"],
    ]
    assert [slot.talk.title for slot in found.running[0].next] == ["Soon"]
    page = shown(persons_browser, "/")
    assert f"{Talk.objects.get(title='Picked').get_absolute_url()}#note" in page
    assert reverse("journal:arrive", args=[running.year, running.slug, found.date]) in page


def test_today_finds_each_conference_in_its_own_zone(person: User, conference: Conference) -> None:
    late_in_the_evening_before = datetime(2022, 11, 7, 14, 59, tzinfo=UTC)
    assert [row.conference for row in today_of(person, late_in_the_evening_before).coming] == [conference]
    assert [row.conference for row in today_of(person, late_in_the_evening_before + timedelta(minutes=1)).running] == [
        conference
    ]
    after = today_of(person, datetime(2022, 11, 9, 15, 0, tzinfo=UTC))
    assert after.last is not None
    assert (after.last.conference, after.date) == (conference, date(2022, 11, 10))


def test_today_holds_what_is_not_filed_until_it_is(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    loose = an_entry(person, text="Heard in the corridor.")
    assert reverse("journal:entry-edit", args=[loose.uid]) in shown(persons_browser, "/")
    actions.bin_entry(entry=loose)
    assert "Heard in the corridor." not in shown(persons_browser, "/")


def test_today_lists_open_follow_ups_and_no_done_ones(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    an_entry(person, conference=conference, text="- [ ] look up Hebb\n- [x] eat lunch\n\n```\n- [ ] no task\n```")
    assert [follow_up.text for follow_up in today_of(person).follow_ups] == ["look up Hebb"]
    assert "look up Hebb" in shown(persons_browser, "/")


def test_today_remembers_this_day_of_other_years(person: User, conference: Conference) -> None:
    kept = an_entry(person, day=conference.days.get(date=date(2022, 11, 8)))
    an_entry(person, day=conference.days.get(date=date(2022, 11, 9)))
    assert today_of(person, MORNING + timedelta(days=4 * 365 + 1)).years_ago == [(4, [kept])]
    assert today_of(person, MORNING).years_ago == []


def test_today_of_a_stranger_knows_nothing_of_mine(
    person: User, stranger: User, conference: Conference, strangers_browser: Client
) -> None:
    an_entry(person, text="- [ ] mine alone")
    found = today_of(stranger, MORNING)
    assert (found.is_new, found.unfiled, found.follow_ups) == (True, [], [])
    assert "mine alone" not in shown(strangers_browser, "/")


# Years


def test_years_and_year_show_badges_with_what_was_kept(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    an_entry(person, conference=conference)
    an_entry(person, conference=conference, kind=Entry.Kind.MEAL)
    for page in (shown(persons_browser, reverse("years")), shown(persons_browser, "/2022/")):
        assert conference.get_absolute_url() in page
        assert "<b>1</b>note</li>" in page
        assert "<b>1</b>meal</li>" in page


def test_year_leads_to_the_years_before_and_after_that_have_something(person: User, persons_browser: Client) -> None:
    for year in (2017, 2022):
        a_conference(person, starts_on=date(year, 5, 2))
    page = shown(persons_browser, "/2019/")
    assert "Nothing of yours in 2019 yet" in page
    assert 'href="/2017/"' in page
    assert 'href="/2022/"' in page
    assert 'rel="next"' not in shown(persons_browser, "/2022/")


def test_year_keeps_apart_where_one_was_not(persons_browser: Client, conference: Conference, stranger: User) -> None:
    a_conference(stranger, name="Elsewhere", listed=True)
    page = shown(persons_browser, "/2022/")
    assert page.index(conference.name) < page.index("Also known here") < page.index("Elsewhere")


# Series, speaker, venue


@pytest.fixture
def series(person: User) -> Series:
    """Two editions; Ada was at both, Bela at one."""
    made = Series.objects.create(name="Forum of looking")
    ada, bela = (Speaker.objects.create(name=name, added_by=person) for name in ("Ada", "Bela"))
    for year in (2021, 2022):
        edition = a_conference(person, name=f"Looking {year}", starts_on=date(year, 11, 8), series=made)
        talk = a_talk(edition)
        Appearance.objects.create(talk=talk, speaker=ada, affiliation=f"House of {year}")
        if year == 2022:
            Appearance.objects.create(talk=talk, speaker=bela)
    return made


def test_series_shows_who_came_again(person: User, persons_browser: Client, series: Series) -> None:
    assert [(speaker.name, years) for speaker, years in came_again(person, series)] == [("Ada", [2021, 2022])]
    page = shown(persons_browser, series.get_absolute_url())
    assert "Looking 2021" in page
    assert "2021 · 2022" in page


def test_series_does_not_count_what_one_may_not_see(person: User, stranger: User, series: Series) -> None:
    Conference.objects.filter(year=2022).update(listed=True)
    Talk.objects.filter(conference__year=2022).update(listed=True)
    assert came_again(stranger, series) == []


def test_speaker_is_shown_as_what_they_were_then(person: User, persons_browser: Client, series: Series) -> None:
    ada = Speaker.objects.get(name="Ada")
    given = given_by(person, ada)
    assert [(one.talk.conference.year, one.appearances[0].affiliation) for one in given] == [
        (2022, "House of 2022"),
        (2021, "House of 2021"),
    ]
    page = shown(persons_browser, ada.get_absolute_url())
    assert page.index("House of 2022") < page.index("House of 2021")


def test_speaker_shows_what_was_written_on_their_talks_and_on_themselves(
    person: User, persons_browser: Client, series: Series
) -> None:
    ada = Speaker.objects.get(name="Ada")
    an_entry(person, talk=Talk.objects.get(conference__year=2022), text="Of the talk.")
    an_entry(person, speaker=ada, text="Of Ada.")
    actions.mark_talk(owner=person, talk=Talk.objects.get(conference__year=2021), verdict="It clicked.")
    page = shown(persons_browser, ada.get_absolute_url())
    for words in ("Of the talk.", "Of Ada.", "It clicked.", f"?speaker={ada.slug}"):
        assert words in page


def test_venue_shows_its_days_with_my_mood(person: User, persons_browser: Client, conference: Conference) -> None:
    hall = Venue.objects.create(name="Hall", city="Seoul", latitude=Decimal("37.5"), longitude=Decimal(127))
    conference.days.update(venue=hall)
    first = conference.days.get(date=date(2022, 11, 8))
    actions.log_day(owner=person, day=first, mood="A bit stiff.")
    assert [(day.date.day, log.mood if log else "") for day, log in days_at(person, hall)] == [
        (9, ""),
        (8, "A bit stiff."),
    ]
    page = shown(persons_browser, hall.get_absolute_url())
    assert "A bit stiff." in page
    assert "openstreetmap.org" in page


# One conference


def test_conference_puts_its_days_side_by_side(person: User, persons_browser: Client, conference: Conference) -> None:
    first, second = conference.days.order_by("date")
    talk = a_talk(conference, speaker="Ada")
    actions.log_day(owner=person, day=first, mood="Luxurious.", highlight_talk=talk)
    actions.log_day(owner=person, day=second, mood="Scruffy.")
    an_entry(person, kind=Entry.Kind.MEAL, day=second, details={"dishes": "gimbap"})
    an_entry(person, kind=Entry.Kind.SWAG, day=first, details={"item": "a pen"})
    page = shown(persons_browser, conference.get_absolute_url())
    assert page.index("Luxurious.") < page.index("a pen") < page.index("Scruffy.") < page.index("gimbap")
    assert "Learning to look" in page


def test_conference_names_who_was_met_on_the_day(person: User, persons_browser: Client, conference: Conference) -> None:
    day = conference.days.order_by("date")[0]
    an_entry(person, kind=Entry.Kind.ENCOUNTER, text="", details={"person": "Ada"}, conference=conference, day=day)
    assert "People I met" in (page := shown(persons_browser, conference.get_absolute_url()))
    assert ">Ada</a>" in page


def test_conference_asks_for_more_of_a_bare_attendance(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    invitation = "Add companions, lodging, what you expected"
    assert invitation in shown(persons_browser, conference.get_absolute_url())
    assert invitation not in shown(persons_browser, of(conference, "journal:report"))
    actions.attend(owner=person, conference=conference, companions="Friends")
    assert invitation not in shown(persons_browser, conference.get_absolute_url())


@pytest.fixture
def highlight(person: User, conference: Conference) -> Entry:
    """Somebody met, the highlight of the first day."""
    day = conference.days.order_by("date")[0]
    met = an_entry(
        person, kind=Entry.Kind.ENCOUNTER, text="", fields={"title": "Ada by the door"}, conference=conference, day=day
    )
    actions.log_day(owner=person, day=day, mood="A walk", travel="By bus", highlight_entry=met)
    return met


def test_highlight_and_travel_stand_under_the_mood(
    persons_browser: Client, conference: Conference, highlight: Entry
) -> None:
    day = conference.days.order_by("date")[0]
    for address in (day.get_absolute_url(), of(conference, "journal:timeline")):
        page = shown(persons_browser, address)
        head = page[page.index("A walk") :]
        assert head.index("Highlight") < head.index("Ada by the door") < head.index("By bus")


def test_highlight_that_was_met_is_in_the_report_only_on_request(
    persons_browser: Client, conference: Conference, highlight: Entry
) -> None:
    report = of(conference, "journal:report")
    assert "Ada by the door" not in shown(persons_browser, report)
    assert "Ada by the door" in shown(persons_browser, report, encounters="1")


def test_highlight_in_the_bin_is_none(persons_browser: Client, conference: Conference, highlight: Entry) -> None:
    actions.bin_entry(entry=highlight)
    for address in (conference.get_absolute_url(), of(conference, "journal:timeline")):
        assert "Ada by the door" not in shown(persons_browser, address)


def test_day_with_a_mood_offers_to_edit_it(persons_browser: Client, conference: Conference, highlight: Entry) -> None:
    first, second = conference.days.order_by("date")
    assert "Edit my day" in shown(persons_browser, first.get_absolute_url())
    assert "Mood and more" in shown(persons_browser, second.get_absolute_url())


@pytest.mark.parametrize(
    ("included", "price", "words"),
    [
        (True, None, "Free · included in the fee"),
        (True, Decimal(0), "Free · included in the fee"),
        (True, Decimal(5000), "Included in the fee · ₩5,000"),
        (False, Decimal(5000), "₩5,000"),
        (False, None, ""),
    ],
)
def test_price_of_a_meal_is_said_once(included: bool, price: Decimal | None, words: str) -> None:
    meal = Meal(included=included, price=price, currency="KRW")
    assert price_of(meal) == words


def test_conference_where_one_was_not_offers_to_say_so(persons_browser: Client, stranger: User) -> None:
    known = a_conference(stranger, listed=True)
    page = shown(persons_browser, known.get_absolute_url())
    assert of(known, "journal:attend") in page
    assert of(known, "conference-edit") not in page


def test_day_shows_arrival_by_tap_only_on_the_day_itself(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    past = conference.days.order_by("date")[0]
    assert "I have arrived" not in shown(persons_browser, past.get_absolute_url())
    running = a_conference(person, starts_on=timezone.localdate(timezone=_seoul()))
    now = running.days.order_by("date")[0]
    if _programme_day_is(now.date):
        assert "I have arrived" in shown(persons_browser, now.get_absolute_url())


def test_day_of_many_talks_shows_the_picks_and_the_way_to_the_rest(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    for number in range(45):
        a_talk(conference, title=f"Talk number {number}.")
    actions.mark_talk(owner=person, talk=Talk.objects.get(title="Talk number 7."), state=Mark.State.WANT)
    page = shown(persons_browser, conference.days.order_by("date")[0].get_absolute_url())
    assert "Talk number 7." in page
    assert "Talk number 8." not in page
    assert "45 talks in the programme" in page


def test_programme_shows_rooms_beside_one_another_and_both_picks_of_a_clash(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    rooms = [Room.objects.create(conference=conference, name=name, position=place) for place, name in enumerate("AB")]
    talks = [a_talk(conference, title=f"In {room.name}", room=room, track=room.name) for room in rooms]
    for talk in talks:
        actions.mark_talk(owner=person, talk=talk, state=Mark.State.GOING)
    page = shown(persons_browser, of(conference, "programme"))
    assert 'class="grid rooms-2"' in page
    assert page.count("Clash") >= 3
    narrowed = shown(persons_browser, of(conference, "programme"), track="A")
    assert "In A" in narrowed
    assert "grid" not in narrowed


@pytest.mark.parametrize("query", [{"day": "2022-13-45"}, {"room": "x"}, {"kind": "\0"}, {"day": "all", "mine": "2"}])
def test_programme_with_nonsense_in_its_address_is_still_a_page(
    persons_browser: Client, conference: Conference, query: dict[str, str]
) -> None:
    a_talk(conference)
    shown(persons_browser, of(conference, "programme"), **query)


def test_talk_shows_neighbours_of_its_room(person: User, conference: Conference) -> None:
    here, other = (Room.objects.create(conference=conference, name=name) for name in "AB")
    talks = [_at(conference, hour, room=here) for hour in (1, 3, 5)]
    _at(conference, 2, room=other)
    assert neighbours(person, talks[1]) == (talks[0], talks[2])
    assert neighbours(person, talks[0]) == (None, talks[1])


def test_talk_without_title_is_whole_everywhere(person: User, persons_browser: Client, conference: Conference) -> None:
    talk = a_talk(conference, title="", kind=Talk.Kind.KEYNOTE, speaker="Yoshua Bengio", starts_at=None, ends_at=None)
    actions.mark_talk(owner=person, talk=talk, state=Mark.State.ATTENDED)
    pages = [
        talk.get_absolute_url(),
        conference.get_absolute_url(),
        conference.days.get(date=date(2022, 11, 8)).get_absolute_url(),
    ]
    pages += [of(conference, name) for name in ("programme", "journal:timeline", "journal:report")]
    for address in pages:
        assert "Yoshua Bengio · Keynote" in shown(persons_browser, address)


def test_timeline_moves_an_entry_up_and_comes_back_to_it(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    day = conference.days.order_by("date")[0]
    first, second = (an_entry(person, day=day, text=f"Number {number}.", fields=_at_ten(number)) for number in (1, 2))
    answer = persons_browser.post(reverse("journal:entry-move", args=[second.uid]), {"direction": "up"})
    assert answer.headers["Location"] == f"{of(conference, 'journal:timeline')}#e-{second.uid}"
    page = shown(persons_browser, of(conference, "journal:timeline"))
    assert page.index("Number 2.") < page.index("Number 1.")
    persons_browser.post(reverse("journal:entry-move", args=[second.uid]), {"direction": "down"})
    page = shown(persons_browser, of(conference, "journal:timeline"))
    assert page.index("Number 1.") < page.index("Number 2.")
    assert first.version == Entry.objects.get(pk=first.pk).version


def test_timeline_moves_nothing_of_a_stranger(person: User, strangers_browser: Client, conference: Conference) -> None:
    entry = an_entry(person, conference=conference)
    assert strangers_browser.post(reverse("journal:entry-move", args=[entry.uid])).status_code == 404
    assert Entry.objects.get(pk=entry.pk).order is None


def test_timeline_leads_back_to_no_page_elsewhere(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    entry = an_entry(person, conference=conference)
    sent = {"direction": "up", "next": "https://elsewhere.example/"}
    answer = persons_browser.post(reverse("journal:entry-move", args=[entry.uid]), sent)
    assert answer.headers["Location"].startswith("/2022/")


def test_report_leaves_out_what_is_off_the_record_and_who_was_met(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    booth = a_talk(conference, title="A booth")
    an_entry(person, conference=conference, text="Open words.\n\n::: private\nSecret words.\n:::\n")
    an_entry(person, talk=booth, kind=Entry.Kind.ENCOUNTER, text="Met somebody.", details={"person": "Erika"})
    page = shown(persons_browser, of(conference, "journal:report"))
    assert "Open words." in page
    for withheld in ("Secret words.", "Met somebody.", "Erika", "A booth"):
        assert withheld not in page
    assert "Met somebody." in shown(persons_browser, of(conference, "journal:report"), encounters="1")


# Pictures


def test_first_picture_of_a_conference_is_its_badge(
    person: User, stranger: User, persons_browser: Client, conference: Conference
) -> None:
    a_photo(stranger, colour="red", subject=_about(conference))
    first = a_photo(person, colour="blue", subject=_about(conference))
    a_photo(person, colour="green", subject=_about(conference))
    assert gallery.first_pictures(person, [conference])[conference.pk].url == gallery.url_of(first)
    assert gallery.url_of(first) in shown(persons_browser, "/2022/")


def _about(conference: Conference) -> Subject:
    return Subject(conference=conference)


def _at(conference: Conference, hour: int, **given: Any) -> Talk:
    begins = datetime(2022, 11, 8, hour, tzinfo=UTC)
    return a_talk(conference, title=f"At {hour}", starts_at=begins, ends_at=begins + timedelta(minutes=30), **given)


def _at_ten(minute: int) -> dict[str, Any]:
    return {"at": datetime.combine(date(2022, 11, 8), time(1, minute), tzinfo=UTC)}


def _seoul() -> Any:
    return Conference(timezone="Asia/Seoul").zone


def _programme_day_is(day: date) -> bool:
    return programme_date(timezone.now(), _seoul()) == day


def test_a_long_journal_opens_on_one_day_and_shows_all_by_a_link(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    first, second = conference.days.order_by("date")
    for number in range(LONG + 1):
        an_entry(person, day=first, text=f"First day, line {number}.")
    an_entry(person, day=second, text="Second day alone.")
    an_entry(person, conference=conference, text="Of the whole conference.")

    page = shown(persons_browser, of(conference, "journal:timeline"))
    assert "First day, line 7." in page
    assert "Second day alone." not in page

    page = shown(persons_browser, of(conference, "journal:timeline"), day=second.date.isoformat())
    assert "Second day alone." in page
    assert "First day, line 7." not in page

    assert "Of the whole conference." in shown(persons_browser, of(conference, "journal:timeline"), day="whole")
    page = shown(persons_browser, of(conference, "journal:timeline"), day="all")
    assert "First day, line 7." in page
    assert "Second day alone." in page


def test_a_short_journal_is_one_page_without_tabs(
    person: User, persons_browser: Client, conference: Conference
) -> None:
    an_entry(person, day=conference.days.order_by("date")[1], text="The second day.")

    page = shown(persons_browser, of(conference, "journal:timeline"))

    assert "The second day." in page
    assert "?day=all" not in page
