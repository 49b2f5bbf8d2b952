"""Persons: one owner of a new server, demo visitors that come and go, preferences."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from journal import people
from journal.models import Preferences


@pytest.mark.django_db(transaction=True)
def test_create_owner_of_two_at_one_moment_one_wins() -> None:
    start = threading.Barrier(4)
    outcomes: list[str] = []

    def sign_up(name: str) -> None:
        start.wait()
        try:
            people.create_owner(username=name, password="a-word-for-the-forum")
            outcomes.append("made")
        except people.OwnerExists:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=sign_up, args=[f"first{number}"]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["made", "refused", "refused", "refused"]
    assert User.objects.filter(is_superuser=True).count() == 1


@pytest.mark.django_db
def test_create_owner_beside_demo_visitors_is_superuser() -> None:
    visitor = User.objects.create_user("demo-1")
    Preferences.objects.create(person=visitor, demo=True)
    owner = people.create_owner(username="alice", password="a-word-for-the-forum")
    assert (owner.is_superuser, owner.is_staff) == (True, True)


@pytest.mark.django_db
@pytest.mark.parametrize(("username", "password"), [("a b", "a-word-for-the-forum"), ("alice", "short")])
def test_create_owner_with_a_bad_name_or_password_makes_nobody(username: str, password: str) -> None:
    with pytest.raises(ValidationError):
        people.create_owner(username=username, password=password)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_remove_old_demos_keeps_the_youngest_and_every_account(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = people.create_owner(username="alice", password="a-word-for-the-forum")
    User.objects.filter(pk=owner.pk).update(date_joined=timezone.now() - timedelta(days=400))
    old = _a_visitor("old", timedelta(hours=25))
    young = [_a_visitor(f"young{number}", timedelta(hours=number)) for number in range(3)]
    monkeypatch.setattr(people, "DEMOS_KEPT", 3)
    people.remove_old_demos()
    left = set(User.objects.values_list("username", flat=True))
    assert left == {"alice", young[0].username, young[1].username}
    assert old.username not in left


@pytest.mark.django_db
def test_save_preferences_refuses_an_unknown_zone(person: User) -> None:
    with pytest.raises(ValidationError):
        people.save_preferences(person=person, zone="Mars/Olympus")
    assert not Preferences.objects.filter(person=person).exclude(zone="").exists()


def _a_visitor(name: str, age: timedelta) -> User:
    visitor = User.objects.create_user(f"demo-{name}", date_joined=timezone.now() - age)
    Preferences.objects.create(person=visitor, demo=True)
    return visitor


@pytest.mark.parametrize("sign", [{"is_superuser": True}, {"is_staff": True}, {"last_login": timezone.now()}])
def test_a_person_without_a_password_is_not_followed_by_a_new_owner(db: None, sign: dict[str, object]) -> None:
    """They may have a passkey, or somebody took the password away in the admin."""
    User.objects.create_user("alice", **sign)
    assert people.somebody_lives_here()
    with pytest.raises(people.OwnerExists):
        people.create_owner(username="mallory", password="a-word-for-the-forum")


def test_an_account_nobody_can_sign_in_to_does_not_shut_out_the_owner(db: None) -> None:
    """`./lanyard manage demo` on a new server makes an account without a password."""
    User.objects.create_user("demo")
    assert not people.somebody_lives_here()
    User.objects.create_user("alice", password="alice-has-a-word")
    assert people.somebody_lives_here()
