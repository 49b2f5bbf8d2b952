"""The people of the suite: Alice owns, Bob is a stranger, Carol is staff, and a visitor has not signed in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client


@pytest.fixture
def person(db: None) -> User:
    """Alice, whose book it is."""
    return User.objects.create_user("alice", password="alice-has-a-word")


@pytest.fixture
def stranger(db: None) -> User:
    """Bob, who has a book of his own."""
    return User.objects.create_user("bob", password="bob-has-a-word")


@pytest.fixture
def staff(db: None) -> User:
    """Carol, superuser: she keeps the world's data and is a stranger to everyone's book."""
    return User.objects.create_superuser("carol", password="carol-has-a-word")


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def visitor() -> Client:
    """A browser nobody signed in with."""
    return Client()


@pytest.fixture
def persons_browser(person: User) -> Client:
    """Alice's browser."""
    return _signed_in(person)


@pytest.fixture
def strangers_browser(stranger: User) -> Client:
    """Bob's browser."""
    return _signed_in(stranger)


@pytest.fixture
def staff_browser(staff: User) -> Client:
    """Carol's browser."""
    return _signed_in(staff)
