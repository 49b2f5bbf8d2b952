"""The only way a view obtains a private row: the object, or 404. What is in the bin is asked for by name."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db.models import Model, QuerySet
from django.http import Http404

from events.models import Conference, Day, Talk
from events.querysets import Person, TalkQuerySet
from journal.models import Attendance, DayLog, Entry, Invitation, Mark, Photo, Preferences, Revision
from journal.own_note import own_note
from journal.querysets import AttendanceQuerySet, DayLogQuerySet, EntryQuerySet, MarkQuerySet, PhotoQuerySet

Row = TypeVar("Row", bound=Model)


def entries(person: Person) -> EntryQuerySet:
    """The person's kept entries with their details."""
    return Entry.objects.of(person).kept().with_details()


def entry(person: Person, uid: UUID) -> Entry:
    """The person's kept entry."""
    return _one(Entry.objects.of(person).kept().with_details().filter(uid=uid))


def binned_entry(person: Person, uid: UUID) -> Entry:
    """The person's entry in the bin."""
    return _one(Entry.objects.of(person).binned().with_details().filter(uid=uid))


def entry_to_write(person: Person, uid: UUID) -> Entry:
    """The person's entry, also one in the bin: a text on its way to what was binned meanwhile is not turned away."""
    return _one(Entry.objects.of(person).with_details().filter(uid=uid))


def binned_entries(person: Person) -> QuerySet[Entry]:
    """The person's bin, the latest first."""
    return Entry.objects.of(person).binned().with_details()


def photos_of_binned(person: Person, entry: Entry) -> PhotoQuerySet:
    """The pictures that lie in the bin with an entry, and those of it that were binned before."""
    return Photo.objects.of(person).filter(entry=entry)


def binned_photos(person: Person) -> PhotoQuerySet:
    """The pictures in the bin, the latest first."""
    return Photo.objects.of(person).binned()


def revision(person: Person, uid: UUID, version: int) -> Revision:
    """One version of the person's kept entry."""
    return _one(Revision.objects.of(person).filter(entry__uid=uid, entry__deleted_at=None, version=version))


def revisions(person: Person, entry: Entry) -> QuerySet[Revision]:
    """Every version of the entry, newest first."""
    return Revision.objects.of(person).filter(entry=entry)


def photos(person: Person) -> PhotoQuerySet:
    """The person's kept pictures in order, each with its entry (but not that one's text)."""
    return Photo.objects.of(person).kept().in_order().select_related("entry").defer("entry__text")


def photo(person: Person, uid: UUID) -> Photo:
    """The person's kept picture."""
    return _one(Photo.objects.of(person).kept().select_related("entry", "conference", "day", "talk").filter(uid=uid))


def photo_file(person: Person, uid: UUID) -> Photo:
    """The person's picture, kept or binned (the bin shows thumbnails)."""
    return _one(Photo.objects.of(person).filter(uid=uid))


def binned_photo(person: Person, uid: UUID) -> Photo:
    """The person's picture in the bin."""
    return _one(Photo.objects.of(person).binned().filter(uid=uid))


def attendance(person: Person, conference: Conference) -> Attendance | None:
    """How the person was there, if they were."""
    return Attendance.objects.of(person).at(conference).first()


def day_log(person: Person, day: Day) -> DayLog | None:
    """The person's log of the day, if there is one."""
    return day_logs(person).on(day).first()


def day_logs(person: Person) -> DayLogQuerySet:
    """The person's logs of days."""
    return DayLog.objects.of(person)


def mark(person: Person, talk: Talk) -> Mark | None:
    """The person's mark of the talk, if there is one."""
    return Mark.objects.of(person).filter(talk=talk).first()


def preferences(person: User) -> Preferences:
    """What the person likes; what nobody has chosen yet where there is no row."""
    return Preferences.objects.filter(person=person.pk).first() or Preferences(person=person)


def invitations(person: User) -> QuerySet[Invitation]:
    """Every open invitation, whoever made it, the next to end first; 404 for those who are not staff."""
    if not person.is_staff:
        raise Http404
    return Invitation.objects.open().select_related("made_by__preferences").order_by("ends_at", "pk")


def invitation(person: User, uid: UUID) -> Invitation:
    """An invitation, open or not, for staff."""
    if not person.is_staff:
        raise Http404
    return _one(Invitation.objects.filter(uid=uid))


def marks(person: Person) -> MarkQuerySet:
    """The person's marks of talks."""
    return Mark.objects.of(person)


def attendances(person: Person) -> AttendanceQuerySet:
    """Where the person was."""
    return Attendance.objects.of(person)


def talks(person: Person) -> TalkQuerySet:
    """The talks that the person may see, with speakers."""
    return Talk.objects.visible_to(person).with_speakers()


def my_note(person: Person, talk: Talk, begun_from: UUID | None = None) -> Entry | None:
    """The person's own note of the talk, kept or not yet written; a binned one is in the bin (`journal.own_note`)."""
    return own_note(talk, int(person.pk or 0), begun_from)


def _one(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise Http404
    return found


def passkey(person: Person, pk: int) -> Authenticator:
    """The person's passkey."""
    return _one(Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.WEBAUTHN, pk=pk))
