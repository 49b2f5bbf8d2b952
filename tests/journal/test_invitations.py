"""Invitations: one link, one ordinary account; what opens nothing answers alike; sign-up is open only where said so."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from journal import invitations, people
from journal.models import Invitation, Preferences

WORDS = "a-word-for-the-forum"
ACCOUNT = {"username": "dora", "password1": WORDS, "password2": WORDS}
LIST = "/preferences/invitations/"


@pytest.fixture(autouse=True)
def _no_tries_counted(db: None) -> None:
    cache.clear()


def there(token: str) -> str:
    return reverse("invitation", args=[token])


@pytest.fixture
def token(staff: User) -> str:
    """Of a link that lets somebody in."""
    return invitations.invite(by=staff, note="박사과정 도라")[1]


# The link


def test_invitation_makes_one_ordinary_account_and_signs_in(token: str, staff: User, visitor: Client) -> None:
    page = visitor.get(there(token))
    assert page.status_code == 200
    assert "carol" in page.content.decode()
    assert "도라" not in page.content.decode()
    answer = visitor.post(there(token), ACCOUNT)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    dora = User.objects.get(username="dora")
    assert (dora.is_staff, dora.is_superuser, dora.has_usable_password()) == (False, False, True)
    assert visitor.session["_auth_user_id"] == str(dora.pk)
    assert Invitation.objects.get().used_by == dora
    again = Client().post(there(token), {**ACCOUNT, "username": "eve"})
    assert again.status_code == 404
    assert not User.objects.filter(username="eve").exists()


def test_invitation_is_not_used_up_by_opening_it(token: str) -> None:
    for browser in (Client(), Client(), Client()):
        assert browser.get(there(token)).status_code == 200
        assert browser.head(there(token)).status_code == 200
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize(
    "typed", [{"username": "two words"}, {"password2": "another"}, {"username": "carol"}, {"username": "CAROL"}, {}]
)
def test_invitation_is_not_used_up_by_a_mistake(token: str, visitor: Client, typed: dict[str, str]) -> None:
    answer = visitor.post(there(token), {**ACCOUNT, **typed} if typed else {})
    assert answer.status_code == 422
    assert WORDS not in answer.content.decode()
    assert Invitation.objects.get().used_at is None
    assert visitor.post(there(token), ACCOUNT).status_code == 302


def used(invitation: Invitation) -> None:
    invitation.used_at = timezone.now()


def taken_back(invitation: Invitation) -> None:
    invitation.revoked_at = timezone.now()


def ended(invitation: Invitation) -> None:
    invitation.ends_at = timezone.now() - timedelta(seconds=1)


def made_by_one_who_left(invitation: Invitation) -> None:
    invitation.made_by.is_staff = False
    invitation.made_by.save()


def made_by_one_switched_off(invitation: Invitation) -> None:
    invitation.made_by.is_active = False
    invitation.made_by.save()


@pytest.mark.parametrize("spoil", [used, taken_back, ended, made_by_one_who_left, made_by_one_switched_off])
@pytest.mark.parametrize("method", ["get", "post"])
def test_invitation_that_opens_nothing_answers_like_one_never_made(
    spoil: Callable[[Invitation], None], method: str, token: str
) -> None:
    invitation = Invitation.objects.get()
    spoil(invitation)
    invitation.save()
    made_up = "x" * len(token)
    answers = [getattr(Client(), method)(there(one), ACCOUNT) for one in (token, made_up)]
    pages = [
        re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode().replace(one, "…"))
        for answer, one in zip(answers, (token, made_up), strict=True)
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert pages[0] == pages[1]
    assert not User.objects.filter(username="dora").exists()


@pytest.mark.parametrize("made_up", ["%00", "가나다", "..", "a" * 3000, "%2e%2e%2fadmin", "' OR 1=1 --"])
def test_invitation_of_a_made_up_token_is_a_page(made_up: str, visitor: Client) -> None:
    assert visitor.get(f"/accounts/invitation/{made_up}/").status_code in {302, 404}


def test_invitation_keeps_no_token(token: str) -> None:
    row = Invitation.objects.values().get()
    assert token not in str(row)
    assert len(row["digest"]) == 64


def test_invitation_page_tells_its_address_to_nobody(token: str, visitor: Client) -> None:
    for answer in (visitor.get(there(token)), visitor.get(there("made-up")), visitor.post(there(token), {})):
        assert answer.headers["Referrer-Policy"] == "strict-origin"
        assert "no-store" in answer.headers["Cache-Control"]


def test_invitation_opened_by_somebody_who_is_signed_in_is_left_alone(token: str, persons_browser: Client) -> None:
    for answer in (persons_browser.get(there(token)), persons_browser.post(there(token), ACCOUNT)):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert Invitation.objects.get().used_at is None
    assert not User.objects.filter(username="dora").exists()


def test_invitation_of_a_demo_visitor_makes_a_person_in_a_fresh_session(token: str, visitor: Client) -> None:
    guest = User.objects.create_user("demo-1")
    Preferences.objects.create(person=guest, demo=True)
    visitor.force_login(guest)
    before = visitor.session.session_key
    assert visitor.post(there(token), ACCOUNT).status_code == 302
    assert visitor.session["is_demo"] is False
    assert visitor.session.session_key != before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("names", [["dora", "eve", "fay", "gil"], ["dora", "Dora", "DORA", "dOra"]])
def test_invitation_of_two_at_one_moment_makes_one_account(names: list[str], staff: User) -> None:
    _invitation, token = invitations.invite(by=staff)
    outcomes: list[str] = []
    start = threading.Barrier(len(names))

    def come_in(name: str) -> None:
        start.wait(timeout=60)
        try:
            invitations.accept(token=token, username=name, password=WORDS)
            outcomes.append("made")
        except invitations.InvitationGone:
            outcomes.append("gone")
        finally:
            connection.close()

    run_at_once(come_in, names)
    assert Counter(outcomes) == {"made": 1, "gone": 3}
    assert User.objects.exclude(pk=staff.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_name_in_two_cases_at_one_moment_is_one_account() -> None:
    outcomes: list[str] = []
    start = threading.Barrier(3)

    def come_in(name: str) -> None:
        start.wait(timeout=60)
        try:
            people.create_person(username=name, password=WORDS)
            outcomes.append("made")
        except ValidationError:
            outcomes.append("taken")
        finally:
            connection.close()

    run_at_once(come_in, ["dora", "Dora", "DORA"])
    assert Counter(outcomes) == {"made": 1, "taken": 2}


def run_at_once(work: Callable[[str], None], names: list[str]) -> None:
    threads = [threading.Thread(target=work, args=[name]) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


# What staff see


def test_invitations_page_makes_a_link_and_shows_it_once(staff_browser: Client, visitor: Client) -> None:
    page = staff_browser.post(LIST, {"note": "박사과정 도라"})
    link = re.search(r'value="(http://testserver/accounts/invitation/[^"]+)"', page.content.decode())
    assert link is not None
    assert "no-store" in page.headers["Cache-Control"]
    assert visitor.get(link[1]).status_code == 200
    later = staff_browser.get(LIST).content.decode()
    assert "박사과정 도라" in later
    assert "/accounts/invitation/" not in later


def test_invitations_link_goes_by_the_address_of_the_site(staff_browser: Client, settings: Settings) -> None:
    settings.SITE_HOST, settings.SITE_SCHEME = "lanyard.example.org", "https"
    assert "https://lanyard.example.org/accounts/invitation/" in staff_browser.post(LIST).content.decode()


def test_invitation_taken_back_opens_nothing(token: str, staff_browser: Client, visitor: Client) -> None:
    revoke = reverse("journal:invitation-revoke", args=[Invitation.objects.get().uid])
    assert staff_browser.get(revoke).status_code == 405
    assert staff_browser.post(revoke).headers["Location"] == LIST
    assert visitor.post(there(token), ACCOUNT).status_code == 404
    assert "도라" not in staff_browser.get(LIST).content.decode()
    before = Invitation.objects.get().revoked_at
    assert staff_browser.post(revoke).status_code == 302
    assert Invitation.objects.get().revoked_at == before


def test_invitations_are_for_staff(token: str, persons_browser: Client, visitor: Client, staff_browser: Client) -> None:
    revoke = reverse("journal:invitation-revoke", args=[Invitation.objects.get().uid])
    assert [persons_browser.get(LIST).status_code, persons_browser.post(LIST).status_code] == [404, 404]
    assert [persons_browser.post(revoke).status_code, visitor.post(revoke).status_code] == [404, 302]
    assert Invitation.objects.get().revoked_at is None
    for browser, offered in ((persons_browser, False), (staff_browser, True)):
        assert (LIST in browser.get("/preferences/").content.decode()) is offered


def test_invitations_page_pays_the_same_for_one_and_for_thirty(
    staff: User, staff_browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 29):
        for _number in range(count):
            invitations.invite(by=staff, note="somebody")
        with django_assert_max_num_queries(4):
            staff_browser.get(LIST)


# Sign-up


def test_sign_up_where_it_is_closed_says_so(visitor: Client, staff: User) -> None:
    page = visitor.get("/accounts/signup/")
    assert page.status_code == 200
    assert 'name="username"' not in page.content.decode()
    refused = visitor.post("/accounts/signup/", ACCOUNT)
    assert refused.status_code == 403
    assert refused.content.decode().count("<h1>") == 1
    assert not User.objects.filter(username="dora").exists()
    assert "/accounts/signup/" not in visitor.get("/accounts/login/").content.decode()


def test_sign_up_where_it_is_open_makes_an_ordinary_account(visitor: Client, staff: User, settings: Settings) -> None:
    settings.SIGNUP_IS_OPEN = True
    assert "/accounts/signup/" in visitor.get("/accounts/login/").content.decode()
    assert visitor.get("/accounts/signup/").status_code == 200
    assert visitor.post("/accounts/signup/", ACCOUNT).headers["Location"] == "/"
    dora = User.objects.get(username="dora")
    assert (dora.is_staff, dora.is_superuser) == (False, False)
    assert visitor.get("/accounts/signup/").headers["Location"] == "/"


def test_sign_up_of_an_empty_server_is_the_first_account(visitor: Client, settings: Settings) -> None:
    settings.SIGNUP_IS_OPEN = True
    for answer in (visitor.get("/accounts/signup/"), visitor.post("/accounts/signup/", ACCOUNT)):
        assert answer.headers["Location"] == "/welcome/"
    assert not User.objects.exists()


def test_sign_up_by_one_address_is_held_back_in_the_end(staff: User, settings: Settings) -> None:
    settings.SIGNUP_IS_OPEN = True
    settings.ACCOUNT_RATE_LIMITS = {"make_account": "2/h/ip"}
    answers = [Client().post("/accounts/signup/", {**ACCOUNT, "username": f"dora{n}"}).status_code for n in range(4)]
    assert answers == [302, 302, 429, 429]
    assert Client(REMOTE_ADDR="127.0.0.2").post("/accounts/signup/", ACCOUNT).status_code == 302
    _invitation, token = invitations.invite(by=staff)
    assert Client().post(there(token), ACCOUNT).status_code == 429
    assert Client().get(there(token)).status_code == 200


@pytest.mark.parametrize(("username", "kept"), [("ｄｏｒａ", "dora"), (" dora ", "dora"), ("도라", "도라")])
def test_create_person_takes_the_name_as_it_will_be_typed(username: str, kept: str) -> None:
    assert people.create_person(username=username, password=WORDS).username == kept


@pytest.mark.parametrize("username", ["dora", "DORA", "ｄｏｒａ", "dora\u200b"])
def test_create_person_refuses_a_name_that_reads_like_anothers(username: str) -> None:
    people.create_person(username="dora", password=WORDS)
    with pytest.raises(ValidationError, match="this name already"):
        people.create_person(username=username, password=WORDS)
