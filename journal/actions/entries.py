"""Writing entries: every save raises the version and leaves a revision, in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone

from events.models import Merge, Talk
from events.names import clean_line, clean_prose
from journal.gallery import uids_in
from journal.models import Encounter, Entry, Meal, Photo, Revision, Swag, Visibility
from journal.own_note import own_note
from journal.subjects import Subject

DETAILS: dict[str, type[Meal] | type[Swag] | type[Encounter]] = {
    Entry.Kind.MEAL: Meal,
    Entry.Kind.SWAG: Swag,
    Entry.Kind.ENCOUNTER: Encounter,
}
# The columns of an entry that a person writes, besides kind, subject and text.
FIELDS = ("title", "at", "about", "part", "rating", "visibility")
SUBJECT = ("conference", "day", "room", "talk", "speaker", "venue")


class Conflict(Exception):
    """Somebody (the same person on another device) saved first; `current` is the entry as it stands now."""

    def __init__(self, current: Entry) -> None:
        super().__init__(f"version {current.version}")
        self.current = current


def write_entry(
    *,
    owner: User,
    kind: str,
    text: str = "",
    subject: Subject | None = None,
    fields: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    uid: uuid.UUID | None = None,
    device: str = "",
) -> Entry:
    """A new entry with its first revision. The same uid sent twice is one entry: the one that is there is returned.

    Raises ValidationError for a contradicting subject or a field that does not fit, and Conflict where the uid was
    sent before with other words: somebody went back and wrote on, and neither text may be dropped.
    """
    entry = Entry(owner=owner, kind=kind, uid=uid or uuid.uuid4(), text=clean_prose(text))
    _apply(entry, subject=subject or Subject(), fields=fields or {})
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            _write_details(entry, details or {})
            _adopt_pictures(entry)
            _remember(entry, base_version=0, device=device)
    except IntegrityError:
        sent_before = Entry.objects.of(owner).with_details().filter(uid=entry.uid).first()
        if sent_before is None:
            raise
        return _sent_again(sent_before, entry, details or {})
    return entry


@transaction.atomic
def write_note_of_talk(
    *,
    owner: User,
    talk: Talk,
    text: str,
    base_version: int,
    begun_from: uuid.UUID | None = None,
    fields: Mapping[str, Any] | None = None,
    device: str = "",
) -> Entry:
    """A person's own note of a talk, begun or changed; the same row from every device.

    `base_version` is 0 where the writer saw no note yet, `begun_from` the uid of the one that they saw: two talks may
    have been merged since. Raises Conflict where one has been written since.
    """
    existing = own_note(talk, owner.pk, begun_from)
    if existing is None:
        return write_entry(
            owner=owner,
            kind=Entry.Kind.NOTE,
            text=text,
            subject=Subject(talk=talk),
            fields=fields,
            uid=Entry.note_uid(talk, owner.pk),
            device=device,
        )
    if existing.is_binned:
        base_version = base_version or existing.version
        _unbin_for_writing(existing)
    return revise_entry(entry=existing, base_version=base_version, text=text, fields=fields, device=device)


def revise_entry(
    *,
    entry: Entry,
    base_version: int,
    text: str | None = None,
    subject: Subject | None = None,
    fields: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    kind: str | None = None,
    device: str = "",
) -> Entry:
    """The entry with what is given changed, from `base_version` to the next; what is None stays.

    Raises Conflict where `base_version` is no longer the current one, and ValidationError as `write_entry`.
    """
    entry = Entry.objects.get(pk=entry.pk)
    if text is not None:
        entry.text = clean_prose(text)
    if kind is not None:
        entry.kind = kind
    _apply(entry, subject=subject, fields=fields or {})
    with transaction.atomic():
        _raise_version(entry, base_version)
        _write_details(entry, details if details is not None else {})
        _adopt_pictures(entry)
        _remember(entry, base_version=base_version, device=device)
    return entry


def turn_into(*, entry: Entry, kind: str, base_version: int, device: str = "") -> Entry:
    """The same entry as another kind; what only the old kind had is kept beside it and is there on turning back."""
    return revise_entry(entry=entry, base_version=base_version, kind=kind, device=device)


def restore_revision(*, revision: Revision, base_version: int, device: str = "") -> Entry:
    """The entry as it stood at `revision`, as a new version; the past stays."""
    stored = revision.fields
    return revise_entry(
        entry=revision.entry,
        base_version=base_version,
        text=revision.text,
        kind=stored["kind"],
        subject=_stored_subject(stored),
        fields=_stored_fields(stored),
        details=_stored_details(stored),
        device=device,
    )


def set_order(*, entry: Entry, order: float | None) -> None:
    """Moves the entry within its day: minutes after midnight, or None for where its time puts it. Not a version."""
    Entry.objects.filter(pk=entry.pk).update(order=order)
    entry.order = order


def _apply(entry: Entry, *, subject: Subject | None, fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"No field of an entry: {', '.join(sorted(unknown))}")
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.title = clean_line(entry.title)
    settled = subject.settled() if subject else Subject.of(entry).followed().settled()
    for name, value in settled.columns().items():
        setattr(entry, name, value)
    if entry.kind == Entry.Kind.ENCOUNTER:
        entry.visibility = Visibility.PRIVATE
    entry.full_clean(validate_unique=False, validate_constraints=True, exclude=["owner"])


def _raise_version(entry: Entry, base_version: int) -> None:
    """The one place where a version is compared and raised: one UPDATE with the version in its WHERE."""
    columns = ("kind", "text", "on", *FIELDS, *SUBJECT)
    entry.modified = timezone.now()
    changed = Entry.objects.filter(pk=entry.pk, version=base_version).update(
        version=F("version") + 1, modified=entry.modified, **{name: getattr(entry, name) for name in columns}
    )
    if not changed:
        raise Conflict(Entry.objects.with_details().get(pk=entry.pk))
    entry.version = base_version + 1


def _write_details(entry: Entry, details: Mapping[str, Any]) -> None:
    model = DETAILS.get(entry.kind)
    if model is None:
        return
    row = model.objects.filter(entry=entry).first() or model(entry=entry)
    for name, value in details.items():
        setattr(row, name, _clean_value(value))
    row.full_clean(exclude=["entry"], validate_unique=False)
    row.save()
    setattr(entry, entry.kind, row)


def _clean_value(value: Any) -> Any:
    return clean_line(value) if isinstance(value, str) else value


def _remember(entry: Entry, *, base_version: int, device: str) -> Revision:
    return Revision.objects.create(
        entry=entry,
        version=entry.version,
        base_version=base_version,
        text=entry.text,
        fields=snapshot(entry),
        device=device[:100],
    )


def _unbin_for_writing(entry: Entry) -> None:
    """Writing an entry anew takes it out of the bin; its old text is in its history."""
    Entry.objects.filter(pk=entry.pk).update(deleted_at=None)
    entry.deleted_at = None


def _sent_again(sent_before: Entry, entry: Entry, details: Mapping[str, Any]) -> Entry:
    """The entry that came of the first sending; raises Conflict where the second says something else."""
    if sent_before.is_binned:
        _unbin_for_writing(sent_before)
    kept = sent_before.details
    same_details = all(getattr(kept, name, None) == _clean_value(value) for name, value in details.items())
    columns = ("kind", "text", "on", *(name for name in FIELDS if name != "at"), *(f"{name}_id" for name in SUBJECT))
    same_words = all(getattr(sent_before, name) == getattr(entry, name) for name in columns)
    if not (same_words and same_details and _same_moment(sent_before.at, entry.at)):
        raise Conflict(sent_before)
    return sent_before


def _same_moment(kept: datetime | None, sent: datetime | None) -> bool:
    """A time that was typed has no seconds; two of “now”, which has, are one tap that arrived twice."""
    return kept == sent or bool(kept and sent and kept.microsecond and sent.microsecond)


def _adopt_pictures(entry: Entry) -> None:
    """Pictures that the text names and that stand with no entry, or with one in the bin, belong to this one now."""
    named = uids_in(entry.text)
    if named:
        free = Q(entry=None) | Q(entry__in=Entry.objects.of(entry.owner).binned())
        loose = Photo.objects.of(entry.owner).filter(free, uid__in=named)
        loose.update(entry=entry, conference=None, day=None, talk=None, speaker=None, venue=None)


# A revision keeps plain JSON: keys of the world, moments in ISO form.


def snapshot(entry: Entry) -> dict[str, Any]:
    """Everything of an entry but its text, as a revision keeps it: values that JSON can hold."""
    kept: dict[str, Any] = {"kind": entry.kind, "on": _plain(entry.on)}
    kept |= {name: _plain(getattr(entry, name)) for name in FIELDS}
    kept |= {name: getattr(entry, f"{name}_id") for name in SUBJECT}
    details = entry.details
    kept["details"] = {name: _plain(value) for name, value in _detail_values(details)} if details else {}
    return kept


def _detail_values(details: models.Model) -> list[tuple[str, Any]]:
    return [(field.attname, getattr(details, field.attname)) for field in details._meta.fields if not field.primary_key]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _stored_fields(stored: Mapping[str, Any]) -> dict[str, Any]:
    fields = {name: stored[name] for name in FIELDS if name in stored}
    return {name: _field(name).to_python(value) for name, value in fields.items()}


def _stored_subject(stored: Mapping[str, Any]) -> Subject:
    """The subject of then, without what is no more; what has been merged since stands for it."""
    parts: dict[str, Any] = {"on": _field("on").to_python(stored.get("on"))}
    for name in SUBJECT:
        if stored.get(name) is not None:
            kind, key = _field(name).related_model, stored[name]
            parts[name] = kind._default_manager.filter(pk=key).first() or Merge.objects.standing_for(kind, key)
    subject = Subject(**parts)
    try:
        return subject.followed().settled()
    except ValidationError:
        return Subject(conference=subject.conference)


def _field(name: str) -> Any:
    return Entry._meta.get_field(name)


def _stored_details(stored: Mapping[str, Any]) -> dict[str, Any]:
    model = DETAILS.get(stored["kind"])
    if model is None:
        return {}
    values = {}
    for field in model._meta.fields:
        if field.attname in stored["details"]:
            values[field.attname] = field.to_python(stored["details"][field.attname])
    if values.get("encounter_id") and not Entry.objects.filter(pk=values["encounter_id"]).exists():
        values["encounter_id"] = None  # it has been deleted for good since
    return values
