"""Thinning: of an old sitting the ends and every conflicting text stay, of a young one everything."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as generated
from hypothesis import strategies as st

from journal import actions
from journal.actions import history
from journal.models import Entry, Revision
from journal.sittings import sittings
from tests.factories import an_entry

pytestmark = pytest.mark.django_db

OLD = timedelta(days=60)
PHONE, LAPTOP = "Chrome, Android", "Firefox, Linux"


def with_past(person: User, *saved: dict[str, Any], ago: timedelta = OLD) -> Entry:
    """An entry with a version for each, `after` minutes after the one before, the first so long ago."""
    entry = an_entry(person, text="text 1")
    Revision.objects.filter(entry=entry).delete()
    moment = timezone.now() - ago
    for version, told in enumerate(saved, start=1):
        moment += timedelta(minutes=told.get("after", 1))
        row = Revision.objects.create(
            entry=entry,
            version=version,
            base_version=told.get("base", version - 1),
            text=f"text {version}",
            device=told.get("device", PHONE),
        )
        Revision.objects.filter(pk=row.pk).update(saved_at=moment)
    Entry.objects.filter(pk=entry.pk).update(version=len(saved), text=f"text {len(saved)}")
    entry.refresh_from_db()
    return entry


def versions(entry: Entry) -> list[int]:
    return list(entry.revisions.order_by("version").values_list("version", flat=True))


def test_thin_histories_leaves_first_and_last_of_an_old_sitting(person: User) -> None:
    entry = with_past(person, *[{}] * 5, {"after": 30}, *[{}] * 3)
    assert actions.thin_histories() == 5
    assert versions(entry) == [1, 5, 6, 9]


def test_thin_histories_leaves_both_sides_of_a_conflict(person: User) -> None:
    entry = with_past(person, *[{}] * 5, {"base": 3}, *[{}] * 3)
    actions.thin_histories()
    assert versions(entry) == [1, 5, 6, 9]
    assert actions.thin_histories() == 0


def test_thin_histories_leaves_what_another_device_saved_between(person: User) -> None:
    entry = with_past(person, {}, {}, {"device": LAPTOP}, {}, {}, {})
    actions.thin_histories()
    assert versions(entry) == [1, 2, 3, 4, 6]


def test_thin_histories_leaves_a_sitting_of_the_last_thirty_days(person: User) -> None:
    entry = with_past(person, *[{}] * 5, ago=timedelta(days=29))
    assert actions.thin_histories() == 0
    assert actions.thin_histories(older_than=timedelta(days=28)) == 3
    assert versions(entry) == [1, 5]


def test_thin_histories_leaves_a_sitting_that_ended_within_them(person: User) -> None:
    entry = with_past(person, *[{"after": 10}] * 20, ago=timedelta(days=30, hours=2))
    assert actions.thin_histories() == 0
    assert len(versions(entry)) == 20


def test_thin_histories_reaches_every_entry_and_owner(person: User, stranger: User) -> None:
    entries = [with_past(owner, *[{}] * 4) for owner in (person, stranger, person)]
    assert actions.thin_histories() == 6
    assert [versions(entry) for entry in entries] == [[1, 4]] * 3


def test_thin_histories_takes_few_at_once(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_AT_ONCE", 4)
    entry = with_past(person, *[{}] * 15)
    assert actions.thin_histories() == 13
    assert versions(entry) == [1, 15]


def test_thin_histories_with_nothing_to_do_is_one_query(person: User, django_assert_num_queries: Any) -> None:
    with_past(person, *[{}] * 6, {"base": 4}, *[{}] * 6)
    actions.thin_histories()
    with django_assert_num_queries(1):
        assert actions.thin_histories() == 0


def test_thin_histories_by_the_command_says_how_many(person: User) -> None:
    with_past(person, *[{}] * 5)
    said = StringIO()
    call_command("thin_histories", stdout=said)
    assert said.getvalue().startswith("3 ")


def test_thin_histories_is_part_of_every_start(person: User, settings: LazySettings, tmp_path: Path) -> None:
    settings.DEBUG = True  # as `./lanyard dev`: static files are left where they are
    settings.DATA_DIR = tmp_path
    entry = with_past(person, *[{}] * 5)
    for _start in range(2):
        call_command("prepare")
        assert versions(entry) == [1, 5]


SAVES = st.lists(
    st.fixed_dictionaries(
        {"after": st.sampled_from([1, 5, 29, 30, 31, 600]), "device": st.sampled_from([PHONE, PHONE, LAPTOP])},
        optional={"base": st.integers(0, 30)},
    ),
    min_size=1,
    max_size=30,
)


@given(saves=SAVES, days=st.sampled_from([0, 29, 30, 31, 400]))
@generated(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_thin_histories_loses_no_end_no_conflict_and_nothing_current(
    person: User, saves: list[dict[str, Any]], days: int
) -> None:
    for number, saved in enumerate(saves):
        saved["base"] = min(saved.get("base", number), number)
    entry = with_past(person, *saves, ago=timedelta(days=days))
    before = list(entry.revisions.order_by("version"))
    must_stay = {before[-1].version} | {version for run in sittings(before) for version in _ends_and_conflicts(run)}
    young = {one.version for one in before if one.saved_at > timezone.now() - timedelta(days=29, hours=23)}

    removed = actions.thin_histories()

    left = versions(entry)
    assert must_stay | young <= set(left)
    assert entry.revisions.get(version=entry.version).text == entry.text
    assert len(left) == len(before) - removed
    if days == 400:
        sides = {one.version - 1 for one in before if one.base_version != one.version - 1}
        assert set(left) == must_stay | (sides & {one.version for one in before})
    assert actions.thin_histories() == 0
    entry.delete()


def _ends_and_conflicts(run: list[Revision]) -> set[int]:
    return {run[0].version, run[-1].version} | {one.version for one in run if one.base_version != one.version - 1}
