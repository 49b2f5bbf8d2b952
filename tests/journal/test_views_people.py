"""The doors: welcome, looking around, login, language, preferences, and what stays shut for a demo visitor."""

from __future__ import annotations

import pytest
from django.conf import settings as site
from django.contrib.auth.models import User
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from journal import people
from journal.models import Preferences

WORDS = "a-word-for-the-forum"
FIRST = {"username": "alice", "password1": WORDS, "password2": WORDS}


@pytest.fixture(autouse=True)
def _no_attempts_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def visiting(db: None) -> Client:
    """A browser of a demo visitor, without the demo's many rows."""
    visitor = User.objects.create_user("demo-1")
    Preferences.objects.create(person=visitor, demo=True, display_name="두재")
    client = Client()
    client.force_login(visitor)
    return client


# The first account


@pytest.mark.django_db
def test_welcome_of_an_empty_database_makes_the_owner_and_signs_in(visitor: Client) -> None:
    assert visitor.get("/accounts/login/").headers["Location"] == "/welcome/"
    assert visitor.get("/welcome/").status_code == 200
    response = visitor.post("/welcome/", FIRST)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    owner = User.objects.get()
    assert (owner.username, owner.is_superuser, owner.is_staff) == ("alice", True, True)
    assert visitor.session["_auth_user_id"] == str(owner.pk)


@pytest.mark.usefixtures("person")
def test_welcome_where_somebody_lives_leads_to_the_login(visitor: Client) -> None:
    assert visitor.get("/welcome/").headers["Location"] == "/accounts/login/"
    assert visitor.post("/welcome/", FIRST).headers["Location"] == "/accounts/login/"
    assert User.objects.count() == 1
    assert visitor.get("/accounts/login/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password2": "another-word-entirely"}, "not the same"),
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"username": "two words"}, "valid username"),
        ({"username": ""}, "required"),
    ],
)
def test_welcome_with_a_mistake_keeps_the_name(visitor: Client, typed: dict[str, str], sentence: str) -> None:
    response = visitor.post("/welcome/", {**FIRST, **typed})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert f'value="{typed.get("username", "alice")}"' in response.content.decode() or typed.get("username") == ""
    assert WORDS not in response.content.decode()
    assert not User.objects.exists()


# Looking around


@pytest.mark.django_db
def test_look_around_makes_a_visitor_for_a_day(visitor: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert visitor.post("/welcome/look-around/").headers["Location"] == "/"
    person = User.objects.get()
    assert person.username.startswith("demo-")
    assert (person.is_staff, person.is_superuser, person.has_usable_password()) == (False, False, False)
    assert person.preferences.demo
    assert visitor.session["is_demo"] is True
    assert visitor.session.get_expiry_age() <= 24 * 3600
    assert visitor.post("/welcome/look-around/").status_code == 302
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_look_around_where_it_is_switched_off_is_404(visitor: Client, settings: Settings) -> None:
    settings.DEMO = False
    assert visitor.post("/welcome/look-around/").status_code == 404
    assert not User.objects.exists()


def test_look_around_leaves_a_person_who_they_are(persons_browser: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert persons_browser.post("/welcome/look-around/").status_code == 302
    assert list(User.objects.values_list("username", flat=True)) == ["alice"]


def test_demo_visitor_reaches_neither_admin_nor_password(visiting: Client) -> None:
    for address in ("/admin/", "/admin/auth/user/", "/admin/login/", "/accounts/password/change/"):
        assert visiting.get(address).status_code == 404, address
    assert visiting.post("/accounts/password/change/", {"password1": WORDS, "password2": WORDS}).status_code == 404
    assert not User.objects.get(username="demo-1").has_usable_password()


def test_demo_visitor_shares_nothing(visiting: Client) -> None:
    assert visiting.post("/2022/samsung-ai-forum/share/").status_code == 404


@pytest.mark.django_db
def test_demo_visitor_of_an_empty_database_may_still_move_in(visiting: Client) -> None:
    assert visiting.get("/welcome/").status_code == 200
    assert visiting.post("/welcome/", FIRST).status_code == 302
    assert visiting.session["is_demo"] is False


# Login


@pytest.mark.usefixtures("person")
def test_login_and_logout_by_the_page(visitor: Client) -> None:
    page = visitor.get("/accounts/login/?next=/preferences/")
    assert 'name="next"' in page.content.decode()
    answer = visitor.post(
        "/accounts/login/", {"login": "alice", "password": "alice-has-a-word", "next": "/preferences/"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/preferences/")
    assert visitor.get("/preferences/").status_code == 200
    assert visitor.get("/accounts/logout/").status_code == 200
    assert visitor.post("/accounts/logout/").headers["Location"] == "/accounts/login/"
    assert visitor.get("/preferences/").status_code == 302


@pytest.mark.usefixtures("person")
def test_login_with_a_wrong_password_keeps_the_name_and_is_held_back_in_the_end(visitor: Client) -> None:
    answers = [visitor.post("/accounts/login/", {"login": "alice", "password": "no"}) for _attempt in range(7)]
    assert 'value="alice"' in answers[0].content.decode()
    right = visitor.post("/accounts/login/", {"login": "alice", "password": "alice-has-a-word"})
    assert right.status_code != 302


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("is_open", [True, False])
def test_login_offers_to_look_around_where_that_is_open(visitor: Client, settings: Settings, is_open: bool) -> None:
    settings.DEMO = is_open
    assert ("/welcome/look-around/" in visitor.get("/accounts/login/").content.decode()) is is_open


@pytest.mark.usefixtures("person")
def test_login_never_leads_elsewhere(visitor: Client) -> None:
    typed = {"login": "alice", "password": "alice-has-a-word", "next": "https://evil.example/"}
    assert visitor.post("/accounts/login/", typed).headers["Location"] == "/"


def test_password_change_by_the_page(persons_browser: Client, visitor: Client) -> None:
    assert persons_browser.get("/accounts/password/change/").status_code == 200
    typed = {"oldpassword": "alice-has-a-word", "password1": WORDS, "password2": WORDS}
    assert persons_browser.post("/accounts/password/change/", typed).status_code == 302
    assert User.objects.get(username="alice").check_password(WORDS)
    assert visitor.post("/accounts/password/change/", typed).status_code == 302


def test_login_by_whatever_door_puts_the_person_into_the_session(person: User) -> None:
    people.save_preferences(person=person, display_name="두재", language="ko", zone="Asia/Seoul")
    client = Client()
    client.force_login(person)
    kept = {name: client.session[name] for name in ("language", "pen_name", "zone", "is_demo")}
    assert kept == {"language": "ko", "pen_name": "두재", "zone": "Asia/Seoul", "is_demo": False}


# Language and preferences


def test_set_language_of_a_person_is_remembered(persons_browser: Client, person: User) -> None:
    response = persons_browser.post("/language/", {"language": "ko", "next": "/preferences/"})
    assert response.headers["Location"] == "/preferences/"
    assert person.preferences.language == "ko"
    assert 'lang="ko"' in persons_browser.get("/preferences/").content.decode()


@pytest.mark.django_db
def test_set_language_of_a_visitor_is_a_cookie(visitor: Client) -> None:
    response = visitor.post("/language/", {"language": "ko", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/"
    assert visitor.cookies["django_language"].value == "ko"
    assert visitor.get("/language/").status_code == 405


def test_set_language_to_one_that_is_not_spoken_here_changes_nothing(persons_browser: Client, person: User) -> None:
    assert persons_browser.post("/language/", {"language": "xx"}).status_code == 302
    assert not Preferences.objects.filter(person=person).exists()


def test_preferences_are_saved_and_shown_at_once(persons_browser: Client, person: User) -> None:
    typed = {"display_name": "두재", "language": "ko", "zone": "Asia/Seoul", "keep_originals": ""}
    assert persons_browser.post("/preferences/", typed).status_code == 302
    stored = Preferences.objects.get(person=person)
    assert (stored.display_name, stored.language, stored.zone, stored.keep_originals) == (
        "두재",
        "ko",
        "Asia/Seoul",
        False,
    )
    page = persons_browser.get("/preferences/").content.decode()
    assert 'lang="ko"' in page
    assert "두재" in page


def test_preferences_with_a_mistake_keep_what_was_typed(persons_browser: Client, person: User) -> None:
    typed = {"display_name": "두재", "language": "ko", "zone": "Mars/Olympus"}
    response = persons_browser.post("/preferences/", typed)
    assert response.status_code == 422
    assert "두재" in response.content.decode()
    assert not Preferences.objects.filter(person=person).exists()


def test_preferences_are_asked_of_a_visitor_to_sign_in(visitor: Client, person: User) -> None:
    assert visitor.get("/preferences/").status_code == 302
    assert visitor.post("/preferences/", {"display_name": "x"}).status_code == 302
    assert not Preferences.objects.exists()


def test_preferences_lead_to_what_is_a_persons_own(persons_browser: Client, visiting: Client) -> None:
    security, download = 'href="/accounts/security/"', 'href="/preferences/journal.zip"'
    page, of_demo = (browser.get("/preferences/").content.decode() for browser in (persons_browser, visiting))
    assert (security in page, download in page) == (True, True)
    assert (security in of_demo, download in of_demo) == (False, True)


def test_preferences_pay_a_fixed_number_of_queries(
    persons_browser: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        persons_browser.get("/preferences/")


# Answers to what went wrong


def test_csrf_failure_is_a_page_with_a_sentence(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    response = client.post("/preferences/", {"display_name": "x"})
    assert response.status_code == 403
    assert "too old" in response.content.decode()
    script = client.post("/preferences/", {}, headers={"Accept": "application/json"})
    assert "too old" in script.json()["error"]


def test_wrong_method_has_a_page(persons_browser: Client, settings: Settings) -> None:
    settings.MIDDLEWARE = _with_designed_405(list(site.MIDDLEWARE))
    response = Client().get("/language/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "for a button" in response.content.decode()
    assert persons_browser.get("/language/", headers={"Accept": "application/json"}).content == b""


def test_500_page_needs_neither_context_nor_database() -> None:
    assert "Something broke here" in render_to_string("500.html")


def _with_designed_405(middleware: list[str]) -> list[str]:
    ours = "journal.middleware.DesignedMethodNotAllowed"
    return middleware if ours in middleware else [*middleware, ours]
