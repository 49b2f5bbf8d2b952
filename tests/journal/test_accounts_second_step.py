"""Authenticator app, recovery codes and passkeys: on, used, used up, off, and what an attacker makes of them."""

from __future__ import annotations

import json
import re
import time
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.soft_passkey import PRESENT, SoftPasskey

PASSWORD = "alice-has-a-word"
SECOND_STEP = "/accounts/second-step/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def alices(person: User) -> Client:
    """Alice's, at the address where passkeys work, who has just proved that she is Alice."""
    client = at_localhost()
    log_in(client)
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client


def at_localhost() -> Client:
    return Client(SERVER_NAME="localhost")


def log_in(client: Client) -> Any:
    return client.post("/accounts/login/", {"login": "alice", "password": PASSWORD})


def code_now(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def wait_for_a_fresh_code() -> None:
    """Not in the last two seconds of one: the next would be asked for before it is typed."""
    left = 30 - time.time() % 30
    if left < 2:
        time.sleep(left)


def switch_app_on(client: Client) -> str:
    """The secret."""
    wait_for_a_fresh_code()
    client.get("/accounts/app/on/")
    secret = client.session["mfa.totp.secret"]
    answer = client.post("/accounts/app/on/", {"code": code_now(secret)})
    assert answer.headers["Location"] == "/accounts/recovery-codes/"
    return secret


def options_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="passkey-data" type="application/json">(.*?)</script>', page)
    assert found
    return json.loads(unescape(found[1]))


def add_passkey(client: Client, passkey: SoftPasskey | None = None) -> SoftPasskey:
    passkey = passkey or SoftPasskey()
    options = options_of(client.get("/accounts/passkeys/add/").content.decode())
    typed = {"name": "Phone", "credential": json.dumps(passkey.create(options))}
    assert client.post("/accounts/passkeys/add/", typed).status_code == 302
    return passkey


def log_in_by(client: Client, passkey: SoftPasskey, **more: str) -> Any:
    options = client.get("/accounts/passkeys/login/", headers={"accept": "application/json"}).json()["request_options"]
    return client.post("/accounts/passkeys/login/", {"credential": json.dumps(passkey.get(options)), **more})


def is_in(client: Client) -> bool:
    return client.get("/preferences/").status_code == 200


# Authenticator app


def test_app_is_asked_for_after_the_password(alices: Client) -> None:
    secret = switch_app_on(alices)
    another = at_localhost()
    answer = log_in(another)
    assert (answer.status_code, answer.headers["Location"]) == (302, SECOND_STEP)
    assert not is_in(another)
    assert another.get(SECOND_STEP).status_code == 200
    assert another.post(SECOND_STEP, {"code": code_now(secret)}).headers["Location"] == "/"
    assert is_in(another)


def test_code_of_the_app_works_once(alices: Client) -> None:
    secret = switch_app_on(alices)
    wait_for_a_fresh_code()
    code = code_now(secret)
    first, second = at_localhost(), at_localhost()
    log_in(first)
    log_in(second)
    assert first.post(SECOND_STEP, {"code": code}).status_code == 302
    assert second.post(SECOND_STEP, {"code": code}).status_code == 422
    assert not is_in(second)


def test_codes_cannot_be_guessed(alices: Client) -> None:
    """After five wrong ones in five minutes the right one is no use either, whatever session or address asks."""
    secret = switch_app_on(alices)
    for attempt in range(5):
        guesser = at_localhost()
        log_in(guesser)
        answer = guesser.post(SECOND_STEP, {"code": f"{attempt:06}"}, REMOTE_ADDR=f"127.0.0.{attempt + 2}")
        assert answer.status_code == 422
    last = at_localhost()
    log_in(last)
    answer = last.post(SECOND_STEP, {"code": code_now(secret)}, REMOTE_ADDR="127.0.0.9")
    assert (answer.status_code, is_in(last)) == (422, False)


def test_session_key_changes_at_the_password_and_at_the_second_step(alices: Client) -> None:
    secret = switch_app_on(alices)
    client = at_localhost()
    client.get("/accounts/passkeys/login/", headers={"accept": "application/json"})
    keys = [client.session.session_key]
    log_in(client)
    keys.append(client.session.session_key)
    client.post(SECOND_STEP, {"code": code_now(secret)})
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    planted = Client(SERVER_NAME="localhost")
    planted.cookies["sessionid"] = keys[1]
    assert planted.get(SECOND_STEP).status_code == 302


def test_second_step_is_not_entered_without_the_password(visitor: Client, alices: Client) -> None:
    secret = switch_app_on(alices)
    assert visitor.get(SECOND_STEP).headers["Location"] == "/accounts/login/"
    visitor.post(SECOND_STEP, {"code": code_now(secret)})
    assert not is_in(visitor)


def test_second_step_can_be_left(alices: Client) -> None:
    switch_app_on(alices)
    client = at_localhost()
    log_in(client)
    client.post("/accounts/logout/")
    assert client.get(SECOND_STEP).status_code == 302
    assert client.get("/accounts/login/").status_code == 200


def test_app_page_draws_without_anything_inline(alices: Client) -> None:
    page = alices.get("/accounts/app/on/")
    shown = page.content.decode()
    assert '<svg class="qr"' in shown
    assert "data:" not in shown
    assert alices.session["mfa.totp.secret"] in shown.replace(" ", "")
    assert "no-store" in page.headers["Cache-Control"]


def test_wrong_code_of_a_new_app_keeps_the_key(alices: Client) -> None:
    alices.get("/accounts/app/on/")
    secret = alices.session["mfa.totp.secret"]
    assert alices.post("/accounts/app/on/", {"code": "000000"}).status_code == 422
    assert alices.session["mfa.totp.secret"] == secret


def test_app_is_switched_off_with_its_codes(alices: Client, person: User) -> None:
    switch_app_on(alices)
    assert alices.get("/accounts/app/off/").status_code == 200
    assert alices.post("/accounts/app/off/").headers["Location"] == "/accounts/security/"
    assert not Authenticator.objects.filter(user=person).exists()


@pytest.mark.parametrize("there", ["/accounts/app/on/", "/accounts/passkeys/add/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_changes_ask_who_is_there(person: User, there: str, method: str) -> None:
    client = at_localhost()
    client.force_login(person)
    answer = getattr(client, method)(there)
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=")


# Recovery codes


def recovery_codes(client: Client) -> list[str]:
    return re.findall(r"<code>(\d+)</code>", client.get("/accounts/recovery-codes/").content.decode())


def test_recovery_code_works_once(alices: Client) -> None:
    switch_app_on(alices)
    codes = recovery_codes(alices)
    assert len(set(codes)) == 10
    first, second = at_localhost(), at_localhost()
    log_in(first)
    log_in(second)
    assert first.post(SECOND_STEP, {"code": codes[0]}).status_code == 302
    assert second.post(SECOND_STEP, {"code": codes[0]}).status_code == 422
    assert codes[0] not in recovery_codes(alices)
    file = alices.get("/accounts/recovery-codes/file/")
    assert "attachment" in file.headers["Content-Disposition"]
    assert codes[1] in file.content.decode()


def test_new_recovery_codes_void_the_old(alices: Client) -> None:
    switch_app_on(alices)
    old = recovery_codes(alices)
    assert alices.get("/accounts/recovery-codes/new/").status_code == 200
    assert alices.post("/accounts/recovery-codes/new/").status_code == 302
    assert not set(old) & set(recovery_codes(alices))
    client = at_localhost()
    log_in(client)
    assert client.post(SECOND_STEP, {"code": old[0]}).status_code == 422


def test_recovery_codes_are_shown_only_to_who_proves_it(alices: Client, person: User) -> None:
    switch_app_on(alices)
    later = at_localhost()
    later.force_login(person)
    for there in ("/accounts/recovery-codes/", "/accounts/recovery-codes/file/"):
        assert later.get(there).headers["Location"].startswith("/accounts/reauthenticate/")


# Passkeys


def test_passkey_logs_in_by_itself(alices: Client) -> None:
    passkey = add_passkey(alices)
    client = at_localhost()
    before = client.session.session_key
    assert log_in_by(client, passkey).headers["Location"] == "/"
    assert is_in(client)
    assert client.session.session_key != before


def test_passkey_login_leads_on_but_never_elsewhere(alices: Client) -> None:
    passkey = add_passkey(alices)
    assert log_in_by(at_localhost(), passkey, next="/preferences/").headers["Location"] == "/preferences/"
    assert log_in_by(at_localhost(), passkey, next="https://evil.example/").headers["Location"] == "/"


def test_passkey_is_the_second_step_after_a_password(alices: Client) -> None:
    passkey = add_passkey(alices)
    client = at_localhost()
    assert log_in(client).headers["Location"] == SECOND_STEP
    options = options_of(client.get(SECOND_STEP).content.decode())
    assert client.post(SECOND_STEP, {"credential": json.dumps(passkey.get(options))}).headers["Location"] == "/"
    assert is_in(client)


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://127.0.0.1"},
        {"host": "evil.example"},
        {"flags": PRESENT},
        {"id": b"another-one-here"},
    ],
    ids=["other site", "other name", "other party", "nobody verified", "unknown key"],
)
def test_answer_that_is_not_the_passkeys_lets_nobody_in(alices: Client, changed: dict[str, Any]) -> None:
    passkey = add_passkey(alices)
    for name, value in changed.items():
        setattr(passkey, name, value)
    client = at_localhost()
    assert log_in_by(client, passkey).headers["Location"] == "/accounts/login/"
    assert not is_in(client)


def test_passkey_of_another_person_is_not_hers(alices: Client, stranger: User) -> None:
    """Bob's key with Alice's handle, and Alice's answer a second time."""
    passkey = add_passkey(alices)
    client = at_localhost()
    options = client.get("/accounts/passkeys/login/", headers={"accept": "application/json"}).json()["request_options"]
    forged = SoftPasskey(user_handle=passkey.user_handle)
    client.post("/accounts/passkeys/login/", {"credential": json.dumps(forged.get(options))})
    assert not is_in(client)
    options = client.get("/accounts/passkeys/login/", headers={"accept": "application/json"}).json()["request_options"]
    answer = {"credential": json.dumps(passkey.get(options))}
    assert client.post("/accounts/passkeys/login/", answer).headers["Location"] == "/"
    again = at_localhost()
    again.get("/accounts/passkeys/login/", headers={"accept": "application/json"})
    assert again.post("/accounts/passkeys/login/", answer).headers["Location"] == "/accounts/login/"


@pytest.mark.parametrize(
    "nonsense",
    ["", "x", "{}", "[]", "1", '{"id": 1}', '{"rawId": "AA", "id": "AA", "response": {}}', '{"response": []}', "null"],
)
def test_nonsense_for_a_passkey_is_refused_in_words(alices: Client, nonsense: str) -> None:
    alices.get("/accounts/passkeys/add/")
    assert alices.post("/accounts/passkeys/add/", {"credential": nonsense}).status_code == 422
    visitor = at_localhost()
    visitor.get("/accounts/passkeys/login/", headers={"accept": "application/json"})
    assert visitor.post("/accounts/passkeys/login/", {"credential": nonsense}).status_code == 302


def test_passkey_without_a_verified_person_is_not_taken(alices: Client) -> None:
    options = options_of(alices.get("/accounts/passkeys/add/").content.decode())
    answer = SoftPasskey(flags=PRESENT).create(options)
    assert alices.post("/accounts/passkeys/add/", {"credential": json.dumps(answer)}).status_code == 422
    assert not Authenticator.objects.exists()


def test_passkey_is_renamed_and_removed(alices: Client, person: User, strangers_browser: Client) -> None:
    add_passkey(alices)
    key = Authenticator.objects.get(user=person, type="webauthn").pk
    for verb, typed in (("name", {"name": "My laptop"}), ("remove", {})):
        assert strangers_browser.post(f"/accounts/passkeys/{key}/{verb}/", typed).status_code == 404
        assert alices.get(f"/accounts/passkeys/{key}/{verb}/").status_code == 200
        assert alices.post(f"/accounts/passkeys/{key}/{verb}/", typed).headers["Location"] == "/accounts/security/"
        if verb == "name":
            assert "My laptop" in alices.get("/accounts/security/").content.decode()
    assert not Authenticator.objects.exists()


def test_passkeys_at_an_address_of_numbers_are_sent_to_localhost(person: User) -> None:
    client = Client(headers={"host": "127.0.0.1:8314"})
    log_in(client)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for there in ("/accounts/security/", "/accounts/passkeys/add/"):
        assert f"http://localhost:8314{there}" in client.get(there).content.decode()
    assert "data-passkey" not in Client(SERVER_NAME="127.0.0.1").get("/accounts/login/").content.decode()
    assert "data-passkey" in at_localhost().get("/accounts/login/").content.decode()


def test_passkeys_belong_to_the_site_that_is_set(alices: Client, settings: Any) -> None:
    settings.SITE_SCHEME, settings.SITE_HOST = "https", "lanyard.example.org:8443"
    settings.ALLOWED_HOSTS = ["lanyard.example.org"]
    client = Client(SERVER_NAME="lanyard.example.org")
    options = client.get("/accounts/passkeys/login/", headers={"accept": "application/json"}, secure=True).json()
    assert options["request_options"]["publicKey"]["rpId"] == "lanyard.example.org"
    assert "data-passkey" not in client.get("/accounts/login/").content.decode()
    assert "data-passkey" in client.get("/accounts/login/", secure=True).content.decode()


def test_passkey_options_are_counted(person: User) -> None:
    client = at_localhost()
    answers = [
        client.get("/accounts/passkeys/login/", headers={"accept": "application/json"}).status_code
        for _each in range(61)
    ]
    assert (answers[59], answers[60]) == (200, 429)


# The page, and the way out


def test_security_page_pays_few_queries_and_no_more_for_more(
    alices: Client, django_assert_max_num_queries: Any
) -> None:
    switch_app_on(alices)
    for _each in range(3):
        add_passkey(alices)
        log_in_by(at_localhost(), add_passkey(alices))
    with django_assert_max_num_queries(10):
        assert alices.get(reverse("mfa_index")).status_code == 200
    with django_assert_max_num_queries(6):
        assert alices.get(reverse("usersessions_list")).status_code == 200


def test_switch_off_mfa_lets_the_password_alone_in_again(alices: Client, capsys: pytest.CaptureFixture[str]) -> None:
    switch_app_on(alices)
    add_passkey(alices)
    call_command("switch_off_mfa", "alice")
    assert "alice logs in with the password alone now." in capsys.readouterr().out
    assert not is_in(alices)
    client = at_localhost()
    assert log_in(client).headers["Location"] == "/"
    with pytest.raises(CommandError, match="no account called nobody"):
        call_command("switch_off_mfa", "nobody")
