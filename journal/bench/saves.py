"""Every save: the page whose form is filled in, what is typed, and where it goes. Plain data, told to the timing.

`{n}` in what is typed is a number that never comes twice; of several values or addresses each one comes in turn.
"""

from __future__ import annotations

import io
import random
from dataclasses import asdict, dataclass, field
from typing import Any

from django.urls import reverse
from PIL import Image

from events.models import Conference
from journal.bench.browser import Answer, Browser, File, form_on
from journal.bench.picks import Picks
from journal.models import Attendance

# The doors of accounts have rate limits, and passwords that cost time on purpose.
DOORS = ("account_", "mfa_", "usersessions_", "invitation")
# Further routes by POST that are not measured, and why.
LEFT_OUT = {
    "look_around": "makes a whole demo journal",
    "set_language": "writes a cookie and nothing else",
    "welcome": "is for visitors",
    "conference-share": "cannot be taken back",
    "conference-delete": "what it deletes is gone",
    "day-delete": "what it deletes is gone",
    "talk-share": "cannot be taken back",
    "talk-delete": "what it deletes is gone",
    "talks-add": "adds as many talks as are typed",
    "journal:invitations": "is for staff, and an invitation lets somebody in",
    "journal:invitation-revoke": "is for staff, and needs an invitation",
    "journal:entry-delete": "what it deletes is gone",
    "journal:photo-delete": "what it deletes is gone",
    "journal:arrive-undo": "needs the sealed address that a tap gives",
    "journal:leave-undo": "needs the sealed address that a tap gives",
    "journal:mark-undo": "needs the sealed address that a tap gives",
    "journal:attendance-restore": "measured with the withdrawal",
}


@dataclass(frozen=True)
class Save:
    """One save. `actions` are ends of the addresses of forms on `page`, taken in turn; none means its own form."""

    name: str
    page: str
    actions: list[str] = field(default_factory=list)
    fills: dict[str, list[str]] = field(default_factory=dict)
    picture: str = ""
    answers: list[int] = field(default_factory=lambda: [302])

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    def run(self, browser: Browser, number: int) -> Answer:
        """Opens the page, fills in its form and sends it; only the sending is timed."""
        action = self.actions[number % len(self.actions)] if self.actions else ""
        form = form_on(browser, self.page, action)
        typed = {name: values[number % len(values)].replace("{n}", str(number)) for name, values in self.fills.items()}
        files = {self.picture: File(f"bench-{number}.jpg", a_picture(number))} if self.picture else None
        return browser.post(form.action, form.filled(typed), files)


def a_picture(number: int) -> bytes:
    """A photograph-like JPEG of 1600 × 1200 that no other number has."""
    noise = random.Random(number).randbytes(200 * 150 * 3)  # noqa: S311 -- a picture
    buffer = io.BytesIO()
    Image.frombytes("RGB", (200, 150), noise).resize((1600, 1200), Image.Resampling.BICUBIC).save(buffer, "JPEG")
    return buffer.getvalue()


def saves(picks: Picks) -> list[Save]:
    """All of them, about what was picked."""
    return [*_entries(picks), *_presence(picks), *_pictures(picks), *_world(picks), *_own_matters()]


PARAGRAPH = "A line worth keeping, number {n}.\n\n> It seems time to study it.\n\n- [ ] look this up\n\n#bench"


def _entries(picks: Picks) -> list[Save]:
    conference, talk = f"{picks.conference.year}/{picks.conference.slug}", picks.talk
    entry, talk_page = reverse("journal:entry", args=[picks.entry.uid]), talk.get_absolute_url()
    day = f"?conference={conference}&day={picks.day.date}"
    typed = {"note": "text", "meal": "dishes", "swag": "item", "encounter": "person"}
    writes = [
        Save(f"write a {kind}", reverse("journal:entry-add", args=[kind]) + day, fills={name: [PARAGRAPH]})
        for kind, name in typed.items()
    ]
    history = reverse("journal:entry-history", args=[picks.entry.uid])
    timeline = reverse("journal:timeline", args=[picks.conference.year, picks.conference.slug])
    return [
        *writes,
        Save("revise a note", f"{entry}edit/", fills={"text": [PARAGRAPH]}),
        Save("my note of a talk", talk_page, [f"{talk.slug}/note/"], {"text": [PARAGRAPH]}),
        Save("move an entry", timeline, [f"{entry}move/"], {"direction": ["up", "down"]}),
        Save("bring back a version", history, [f"{entry}history/1/restore/"]),
        Save("turn a note into a meal and back", entry, [f"{entry}turn/meal/", f"{entry}turn/note/"]),
        Save("entry to the bin and back", reverse("journal:bin"), [f"{entry}bin/", f"{entry}restore/"]),
        Save(
            "preview",
            f"{entry}edit/",
            [reverse("journal:markdown-preview")],
            {"content": [PARAGRAPH]},
            answers=[200],
        ),
    ]


def _presence(picks: Picks) -> list[Save]:
    conference, day, talk = picks.conference, picks.day, picks.talk
    page, day_page, talk_page = (thing.get_absolute_url() for thing in (conference, day, talk))
    sheet = reverse("journal:marks", args=[conference.year, conference.slug])
    withdrawn = _somewhere_else(picks).get_absolute_url()
    return [
        Save("mark a talk", talk_page, [f"{talk.slug}/mark/"], {"state": ["going", "attended"]}),
        Save("rate a talk", talk_page, [f"{talk.slug}/mark/"], {"rating": ["3", "4"], "verdict": ["Line {n}"]}),
        Save("marks of a day", f"{sheet}?day={day.date}", fills={"*-verdict": ["Line {n}"], "*-state": ["attended"]}),
        Save("log of a day", f"{day_page}log/", fills={"mood": ["Mood {n}"]}),
        Save("arrive", day_page, [f"{day_page}arrive/"]),
        Save("leave", day_page, [f"{day_page}leave/"]),
        Save("attendance", f"{page}attendance/", fills={"companions": ["Friend {n}"]}),
        Save(
            "attendance withdrawn and restored",
            withdrawn,
            [f"{withdrawn}attendance/withdraw/", f"{withdrawn}attendance/restore/"],
        ),
        Save("I was there", page, [f"{page}attend/"]),
    ]


def _somewhere_else(picks: Picks) -> Conference:
    """Another conference that they attended, so that withdrawing does not change what is measured beside it."""
    attended = Attendance.objects.filter(owner=picks.person).exclude(conference=picks.conference)
    there = attended.select_related("conference").order_by("pk").first()
    return there.conference if there else picks.conference


def _pictures(picks: Picks) -> list[Save]:
    conference = f"{picks.conference.year}/{picks.conference.slug}"
    photo = reverse("journal:photo", args=[picks.photo.uid])
    return [
        Save("add a picture", f"{reverse('journal:photo-add')}?conference={conference}", picture="picture"),
        Save(
            "picture into a text",
            reverse("journal:entry-edit", args=[picks.entry.uid]),
            [reverse("journal:markdown-upload")],
            picture="image",
            answers=[200],
        ),
        Save("describe a picture", f"{photo}edit/", fills={"caption": ["Caption {n}"]}),
        Save("picture to the bin and back", reverse("journal:bin"), [f"{photo}bin/", f"{photo}restore/"]),
    ]


def _world(picks: Picks) -> list[Save]:
    conference, talk, day = (thing.get_absolute_url() for thing in (picks.conference, picks.talk, picks.day))
    dates = {"name": ["Bench meeting {n}"], "starts_on": ["2031-05-04"], "ends_on": ["2031-05-06"]}
    return [
        Save("add a conference", reverse("conference-add"), fills=dates),
        Save("edit a conference", f"{conference}edit/", fills={"about": ["About {n}"]}),
        Save("edit a day", f"{day}edit/", fills={"host": ["Host {n}"]}),
        Save("add a talk", f"{conference}add/talk/", fills={"title": ["Added talk {n}"]}),
        Save("edit a talk", f"{talk}edit/", fills={"track": ["Track {n}"]}),
        Save("add a speaker", reverse("speaker-add"), fills={"name": ["Bench Speaker {n}"]}),
        Save("edit a speaker", reverse("speaker-edit", args=[picks.own_speaker.slug]), fills={"about": ["{n}"]}),
        Save("add a venue", reverse("venue-add"), fills={"name": ["Bench House {n}"]}),
        Save("edit a venue", reverse("venue-edit", args=[picks.own_venue.slug]), fills={"about": ["{n}"]}),
    ]


def _own_matters() -> list[Save]:
    preferences = reverse("journal:preferences")
    return [
        Save("preferences", preferences, fills={"display_name": ["Bench {n}"]}),
        Save("times", preferences, [reverse("journal:times")]),
    ]
