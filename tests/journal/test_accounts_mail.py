"""Forgotten passwords and e-mail addresses, with a mail server and without."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client

from journal import security
from journal.models import Preferences

PASSWORD = "alice-has-a-word"
NEW = "a-word-for-the-forum"
SITE = "https://lanyard.example.org"
HER = "alice@example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def with_mail(settings: Any) -> None:
    """As LANYARD_MAIL and LANYARD_URL set it, the redirect to https apart."""
    settings.SENDS_MAIL = settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    settings.SITE_SCHEME, settings.SITE_HOST = "https", "lanyard.example.org"
    settings.DEFAULT_FROM_EMAIL = "Lanyard <lanyard@example.org>"


@pytest.fixture
def her(person: User) -> User:
    """Alice with an address."""
    security.keep_address(person, HER)
    return person


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client


def ask_for_link(email: str = HER, **more: Any) -> Any:
    return Client().post("/accounts/password/reset/", {"email": email}, **more)


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(rf"{SITE}(/\S+/)\n", f"{message.body}\n".replace(f"{SITE}/\n", ""))
    assert found, message.body
    return found[1]


# Without a mail server


@pytest.mark.parametrize("method", ["get", "post"])
def test_reset_without_mail_says_so_and_names_the_command(her: User, method: str) -> None:
    answer = getattr(Client(), method)("/accounts/password/reset/", {"email": HER})
    assert "./lanyard manage changepassword" in answer.content.decode()
    assert "no mail" in answer.content.decode()
    assert not mail.outbox


def test_address_without_mail_counts_as_confirmed(person: User) -> None:
    client = signed_in(person)
    assert client.post("/accounts/email/", {"action_add": "", "email": "Alice@Example.org"}).status_code == 302
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(HER, True, True)]
    client.post("/accounts/email/", {"action_add": "", "email": "other@example.org"})
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["other@example.org"]
    person.refresh_from_db()
    assert person.email == "other@example.org"
    assert not mail.outbox
    client.post("/accounts/email/", {"action_remove": "", "email": "other@example.org"})
    assert not EmailAddress.objects.exists()


def test_address_of_another_person_is_refused_without_mail(her: User, stranger: User) -> None:
    client = Client()
    client.force_login(stranger)
    client.post("/accounts/reauthenticate/", {"password": "bob-has-a-word"})
    assert client.post("/accounts/email/", {"action_add": "", "email": HER}).status_code == 422
    assert not EmailAddress.objects.filter(user=stranger).exists()


def test_address_is_changed_only_by_who_proves_it(her: User) -> None:
    client = Client()
    client.force_login(her)
    for typed in ({"action_add": "", "email": "x@example.org"}, {"action_remove": "", "email": HER}):
        answer = client.post("/accounts/email/", typed)
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert EmailAddress.objects.get().email == HER
    answer = client.post("/accounts/reauthenticate/?next=/accounts/email/", {"password": PASSWORD})
    assert answer.status_code == 302
    assert not EmailAddress.objects.exists(), "what was asked for is done once it is known who asks"


def test_second_steps_are_open_without_a_confirmed_address(person: User) -> None:
    person.email = HER
    person.save()
    client = signed_in(person)
    assert client.get("/accounts/app/on/").status_code == 200


# With one


@pytest.mark.usefixtures("with_mail")
def test_reset_by_link_sets_the_password_once_and_logs_out_everywhere(her: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(her)
    assert ask_for_link().headers["Location"] == "/accounts/password/reset/sent/"
    [message] = mail.outbox
    assert (message.to, message.from_email) == ([HER], "Lanyard <lanyard@example.org>")
    there = link_in(message)
    client = Client()
    form = client.get(there).headers["Location"]
    assert form.endswith("-set-password/")
    assert client.get(form).status_code == 200
    assert client.post(form, {"password1": NEW, "password2": "another-one-here"}).status_code == 422
    assert client.post(form, {"password1": NEW, "password2": NEW}).headers["Location"].endswith("/done/")
    her.refresh_from_db()
    assert her.check_password(NEW)
    assert elsewhere.get("/preferences/").status_code == 302
    assert client.get("/preferences/").status_code == 302, "a link in a mail signs nobody in"
    assert [said.subject for said in mail.outbox[1:]] == ["Lanyard: something changed in your account"]
    assert Client().get(there).status_code == 404
    assert client.post(form, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 404


@pytest.mark.usefixtures("with_mail")
def test_reset_link_ends_with_a_new_password_and_with_a_new_address(her: User) -> None:
    ask_for_link()
    security.keep_address(her, "other@example.org")
    assert Client().get(link_in(mail.outbox[0])).status_code == 404
    ask_for_link("other@example.org")
    her.set_password(NEW)
    her.save()
    assert Client().get(link_in(mail.outbox[1])).status_code == 404


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize(
    "forged", [{"host": "localhost:666"}, {"x-forwarded-host": "evil.example"}, {"host": "127.0.0.1"}]
)
def test_link_leads_to_the_site_whatever_the_host_header_says(her: User, forged: dict[str, str], settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "RefuseForwarding" not in name]
    ask_for_link(headers=forged)
    addresses = re.findall(r"https?://\S+", mail.outbox[0].body)
    assert addresses
    assert all(address.startswith(f"{SITE}/") for address in addresses)


@pytest.mark.usefixtures("with_mail")
def test_reset_answers_the_same_for_a_known_and_an_unknown_address(her: User) -> None:
    known, unknown = ask_for_link(), ask_for_link("nobody@example.org")
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    first, second = mail.outbox
    assert link_in(first)
    assert "/accounts/" not in second.body
    assert first.subject == second.subject


@pytest.mark.usefixtures("with_mail")
def test_reset_is_for_people_with_a_password_and_a_confirmed_address(person: User, stranger: User) -> None:
    EmailAddress.objects.create(user=person, email="slip@example.org", verified=False)
    visitor = User.objects.create_user("demo-1", email="demo@example.org")
    Preferences.objects.create(person=visitor, demo=True)
    stranger.email = "bob@example.org"  # as staff enter it
    stranger.save()
    stranger.is_active = True
    for email in ("slip@example.org", "demo@example.org"):
        ask_for_link(email)
    assert not [message for message in mail.outbox if "/accounts/" in message.body]
    ask_for_link("bob@example.org")
    assert link_in(mail.outbox[-1])


@pytest.mark.usefixtures("with_mail")
def test_mails_to_one_address_are_counted(her: User) -> None:
    statuses = [ask_for_link(REMOTE_ADDR=f"127.0.0.{n + 2}").status_code for n in range(6)]
    assert statuses == [302] * 5 + [429]


@pytest.mark.usefixtures("with_mail")
def test_new_address_takes_the_old_ones_place_when_it_is_confirmed(her: User) -> None:
    client = signed_in(her)
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    [message] = mail.outbox
    assert (message.to, message.subject) == (["new@example.org"], "Lanyard: is this your address?")
    her.refresh_from_db()
    assert her.email == HER
    there = link_in(message)
    assert client.get(there).status_code == 200
    assert EmailAddress.objects.get(email="new@example.org").verified is False, "opening a link confirms nothing"
    client.post(there)
    her.refresh_from_db()
    assert her.email == "new@example.org"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("new@example.org", True)]
    assert mail.outbox[1].to == [HER], "the former address is told"
    assert client.get(there).status_code == 404


@pytest.mark.usefixtures("with_mail")
def test_confirmation_link_of_another_signs_nobody_out(her: User, strangers_browser: Client) -> None:
    signed_in(her).post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    there = link_in(mail.outbox[0])
    strangers_browser.get(there)
    assert strangers_browser.get("/preferences/").status_code == 200


@pytest.mark.usefixtures("with_mail")
def test_taken_address_is_told_to_nobody_and_cannot_be_confirmed(her: User, stranger: User) -> None:
    client = Client()
    client.force_login(stranger)
    client.post("/accounts/reauthenticate/", {"password": "bob-has-a-word"})
    free = client.post("/accounts/email/", {"action_add": "", "email": "free@example.org"})
    cache.clear()
    taken = client.post("/accounts/email/", {"action_add": "", "email": HER})
    assert (free.status_code, free.headers["Location"]) == (taken.status_code, taken.headers["Location"])
    Client().post(link_in(mail.outbox[-1]))
    assert EmailAddress.objects.get(email=HER, verified=True).user == her


@pytest.mark.usefixtures("with_mail")
def test_mail_server_that_is_gone_is_said_and_loses_nothing(her: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for email in (HER, "nobody@example.org"):
        client = Client()
        answer = client.post("/accounts/password/reset/", {"email": email}, follow=True)
        assert "could not be sent" in answer.content.decode()
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert signed_in(her).post("/accounts/password/change/", typed).status_code == 302


@pytest.mark.usefixtures("with_mail")
@pytest.mark.parametrize("language", ["en", "ko"])
def test_mails_are_plain_text_in_the_readers_language(her: User, language: str) -> None:
    Client(headers={"accept-language": language}).post("/accounts/password/reset/", {"email": HER})
    [message] = mail.outbox
    assert not message.alternatives
    assert message.subject.startswith("Lanyard")
    assert "&" not in message.body
    assert "alice" in message.body
