"""Taking a speaker apart who is two people: by the record of a wrong merge, or by choosing appearances.

What the record names goes back where it still stands with the kept speaker: appearances as chosen, rows of anybody's
book by the record alone, because nobody else may choose for them. What was written after the merge stays.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.access import may_change
from events.models import Appearance, FormerSlug, Merge, Speaker, Talk
from events.querysets import Person
from events.services.finding import make
from events.services.merging.plan import Count
from events.services.merging.references import Reference
from events.services.rows import maker


@dataclass(frozen=True)
class SplitPlan:
    """What can be taken apart: `chosen` are keys of appearances that came with the merge, `coming` what else did."""

    speaker: Speaker
    record: Merge | None
    appearances: list[Appearance]
    chosen: set[int]
    coming: list[Count] = field(default_factory=list)
    fingerprint: str = ""


@dataclass
class SplitReport:
    """Who came of it, and how many rows of each kind went along."""

    speaker: Speaker
    made: Speaker
    moved: Counter[Reference] = field(default_factory=Counter)

    def counts(self) -> Iterator[Count]:
        """How many rows of each kind moved."""
        shown = ((one, number) for one, number in self.moved.items() if number and one.model is not Merge)
        return (Count(capfirst(one.label), number) for one, number in shown)


def merges_of(speaker: Speaker) -> list[Merge]:
    """The records by which this speaker can be taken apart, the latest first."""
    return list(Merge.objects.into(speaker).order_by("-pk"))


def plan_split(*, speaker: Speaker, by: Person, record: Merge | None = None) -> SplitPlan:
    """What `split` offers. Raises ValidationError and PermissionDenied as it does."""
    return _plan(_speaker_to_split(speaker.pk, by), by, record and _record_of(speaker, record.pk))


@transaction.atomic
def split(
    *,
    speaker: Speaker,
    by: Person,
    record: Merge | None = None,
    appearances: Collection[int] = (),
    name: str = "",
    seen: str = "",
) -> SplitReport:
    """Takes the speaker apart. `appearances` are keys of those of the other person, among what `by` sees.

    With a record the lost speaker comes back with name, facts, key and address; without one a new speaker called `name`
    is made. Raises ValidationError with a sentence, and then has changed nothing; PermissionDenied for a speaker whom
    `by` sees and may not change.
    """
    kept = _speaker_to_split(speaker.pk, by, lock=True)
    plan = _plan(kept, by, record and _record_of(kept, record.pk))
    shown = {appearance.pk for appearance in plan.appearances}
    if (seen and seen != plan.fingerprint) or not shown.issuperset(appearances):
        sentence = _("Something has changed since you looked. Look again and confirm once more.")
        raise ValidationError(sentence, code="changed")
    chosen = set(appearances)
    if plan.record is None:
        return _made_new(plan, by, chosen, name)
    report = SplitReport(kept, _come_back(plan.record, by))
    _move_back(plan.record, report, spared=shown - chosen)
    _move_chosen(report, chosen)
    _bring_back_dropped(plan.record, report)
    _give_back_facts(plan.record, kept)
    plan.record.delete()
    return report


def _speaker_to_split(key: int, by: Person, *, lock: bool = False) -> Speaker:
    if lock:
        list(Speaker.objects.select_for_update().filter(pk=key).values_list("pk"))
    found = Speaker.objects.visible_to(by).filter(pk=key).first()
    if found is None:
        raise ValidationError(_("This speaker is not there any more."), code="gone")
    if not may_change(by, found):
        raise PermissionDenied
    return found


def _record_of(speaker: Speaker, key: int) -> Merge:
    record = Merge.objects.into(speaker).filter(pk=key).first()
    if record is None:
        raise ValidationError(_("This merge has been taken back already."), code="gone")
    return record


def _plan(speaker: Speaker, by: Person, record: Merge | None) -> SplitPlan:
    shown = Appearance.objects.visible_to(by).filter(speaker=speaker)
    named = Prefetch("talk__appearances", queryset=Appearance.objects.select_related("speaker").order_by("order", "pk"))
    shown = shown.select_related("talk__conference").prefetch_related(named)
    rows = list(shown.order_by("-talk__conference__starts_on", "talk_id", "pk"))
    came = set(record.moved.get(Appearance._meta.label, {}).get("speaker", [])) if record else set()
    keys = [row.pk for row in rows]
    told = f"{speaker.pk} {speaker.name} {speaker.aka} {record and record.pk} {keys}"
    return SplitPlan(
        speaker=speaker,
        record=record,
        appearances=rows,
        chosen=came & set(keys),
        coming=list(_coming(record, speaker, set(keys))) if record else [],
        fingerprint=hashlib.sha256(told.encode()).hexdigest()[:32],
    )


def _coming(record: Merge, speaker: Speaker, shown: set[int]) -> Iterator[Count]:
    """What else goes back by the record, in numbers: one query for each kind of row that it names."""
    for reference, keys in _recorded(record):
        hidden = [key for key in keys if reference.model is not Appearance or key not in shown]
        number = reference.to(speaker).filter(pk__in=hidden).count() if hidden else 0
        if number and reference.model is not Merge:
            yield Count(capfirst(reference.label), number)


def _recorded(record: Merge) -> Iterator[tuple[Reference, list[Any]]]:
    """References and keys as they were written down; a model or a column that is gone since is passed over."""
    for label, columns in record.moved.items():
        for column, keys in columns.items():
            try:
                model = apps.get_model(label)
                model._meta.get_field(column)
            except LookupError:
                continue
            yield Reference(model, column), keys


def _made_new(plan: SplitPlan, by: Person, chosen: set[int], name: str) -> SplitReport:
    if not chosen or not name.strip():
        raise ValidationError(_("Choose at least one appearance and give a name."), code="nobody")
    rows = [row for row in plan.appearances if row.pk in chosen]
    listed = any(row.talk.listed and row.talk.conference.listed for row in rows)
    report = SplitReport(plan.speaker, make(Speaker(name=name, added_by=maker(by)), listed=listed))
    _move_chosen(report, chosen)
    return report


def _come_back(record: Merge, by: Person) -> Speaker:
    """The lost speaker under the old key and, unless somebody else has it now, the old address."""
    columns = {field.attname for field in Speaker._meta.concrete_fields if not field.primary_key}
    facts = {name: value for name, value in record.facts.items() if name in columns}
    free = not Speaker.objects.filter(pk=record.lost_key).exists()
    made = Speaker(pk=record.lost_key if free else None, **facts)
    if not User.objects.filter(pk=made.added_by_id or 0).exists():
        made.added_by = maker(by) if made.added_by_id else None
    if Speaker.objects.filter(slug=made.slug).exists():
        made.slug = ""
    FormerSlug.objects.leading_to(Speaker, record.facts["slug"]).filter(speaker=record.speaker).delete()
    made.save(force_insert=True)
    FormerSlug.objects.leading_to(Speaker, made.slug).delete()
    return made


def _move_back(record: Merge, report: SplitReport, *, spared: set[int]) -> None:
    for reference, keys in _recorded(record):
        going = set(keys) - spared if reference.model is Appearance else set(keys)
        rows = reference.to(report.speaker).filter(pk__in=going)
        report.moved[reference] += rows.update(**{reference.column: report.made.pk})


def _move_chosen(report: SplitReport, chosen: set[int]) -> None:
    """Appearances that nobody wrote down but somebody chose."""
    rows = Appearance.objects.filter(speaker=report.speaker, pk__in=chosen)
    report.moved[Reference(Appearance, "speaker")] += rows.update(speaker=report.made)


def _bring_back_dropped(record: Merge, report: SplitReport) -> None:
    """Rows of the world that had become one with a row of the kept speaker are two again; the other one gives back what
    it got, where that still is as it was."""
    for dropped in record.dropped:
        model = apps.get_model(dropped["model"])
        if not _made_again(model(**dropped["row"]), dropped["column"], report):
            continue
        stays = model._default_manager.filter(pk=dropped["stays"], **{dropped["column"]: report.speaker}).first()
        changed = dropped["changed"].items() if stays is not None else ()
        before = {name: was for name, (was, now) in changed if getattr(stays, name) == now}
        if before:
            model._default_manager.filter(pk=dropped["stays"]).update(**before)


def _made_again(row: Any, column: str, report: SplitReport) -> bool:
    """Saves the row again, of the speaker who came back; not where what it was of is gone, or it stands there anew."""
    setattr(row, f"{column}_id", report.made.pk)
    if type(row)._default_manager.filter(pk=row.pk).exists():
        row.pk = None
    if row.talk_id and not Talk.objects.filter(pk=row.talk_id).exists():
        row.talk = Merge.objects.standing_for(Talk, row.talk_id)
        if row.talk is None:
            return False
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    report.moved[Reference(type(row), column)] += 1
    return True


def _give_back_facts(record: Merge, kept: Speaker) -> None:
    """Takes from the kept speaker what came with the merge, unless another merge brought the same."""
    took = record.took
    others = list(Merge.objects.into(kept).exclude(pk=record.pk))
    for other in others:
        _unlearn(other, record)
    for name, value in took.get("filled", {}).items():
        if getattr(kept, name) == value:
            setattr(kept, name, _also_from(others, name))
    going = set(took.get("spellings", []))
    staying = {spelling for other in others for spelling in _claimed(other, going)}
    kept.aka = "\n".join(line for line in kept.aka.splitlines() if line not in going - staying)
    kept.save()


def _unlearn(other: Merge, record: Merge) -> None:
    """What the lost row of another merge had from this one alone had never been its own."""
    if record.pk not in other.moved.get(Merge._meta.label, {}).get("speaker", []):
        return
    going = record.took.get("spellings", [])
    aka = "\n".join(line for line in other.facts.get("aka", "").splitlines() if line not in going)
    filled = record.took.get("filled", {}).items()
    gone = {name: "" for name, value in filled if other.facts.get(name) == value}
    other.facts = {**other.facts, "aka": aka, **gone}
    other.save(update_fields=["facts"])


def _also_from(others: list[Merge], name: str) -> str:
    """What the first of the other merges has for an empty fact; it has brought that from now on."""
    source = next((other for other in others if other.facts.get(name)), None)
    if source is None or name == "other_name":
        return ""
    source.took = {**source.took, "filled": {**source.took.get("filled", {}), name: source.facts[name]}}
    source.save(update_fields=["took"])
    return str(source.facts[name])


def _claimed(other: Merge, spellings: set[str]) -> set[str]:
    """Those of the spellings that the lost row of another merge has too; it has brought them from now on."""
    facts = other.facts
    own = {facts.get("name", ""), facts.get("other_name", ""), *facts.get("aka", "").splitlines()}
    claimed = spellings & own
    if claimed:
        other.took = {**other.took, "spellings": [*other.took.get("spellings", []), *claimed]}
        other.save(update_fields=["took"])
    return claimed
