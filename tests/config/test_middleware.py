"""The three middlewares of config, over a site of four addresses."""

import gzip
from io import BytesIO

import pytest
from django.conf import LazySettings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import Client
from django.urls import path

from config.middleware import LARGE, PUBLIC

LONG = "words " * 500


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse(LONG)


def missing(request: HttpRequest) -> HttpResponse:
    raise Http404


def of_kind(request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "json":
        return JsonResponse({"text": LONG})
    if kind == "encoded":
        return HttpResponse(gzip.compress(LONG.encode()) * 9, headers={"Content-Encoding": "gzip"})
    if kind == "large":
        return HttpResponse(LONG.encode() * (LARGE // len(LONG) + 1), headers={"ETag": '"one"'})
    if kind == "stream":
        return StreamingHttpResponse(iter([LONG]), content_type="text/html")
    if kind == "file":
        return FileResponse(BytesIO(LONG.encode()), content_type="text/html")
    return HttpResponse(LONG.encode(), content_type={"picture": "image/webp", "css": "text/css"}.get(kind, "text/html"))


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("nothing here", status=404)


urlpatterns = [
    path("", private, name="today"),
    path("login/", lambda request: HttpResponse("login"), name="account_login"),
    path("private/", private, name="private"),
    path("gone/", missing, name="gone"),
    path("kinds/<kind>/", of_kind, name="kinds"),
]


@pytest.fixture(autouse=True)
def _little_site(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = __name__
    settings.STATIC_URL = "/static/"


@pytest.fixture
def shut(settings: LazySettings) -> None:
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "config.middleware.LoginRequired",
        "django.middleware.csrf.CsrfViewMiddleware",
    ]


@pytest.fixture
def squeezed(settings: LazySettings) -> None:
    settings.MIDDLEWARE = ["config.middleware.GzipText"]


# RefuseForwarding


@pytest.mark.parametrize(
    "header",
    ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "X-Forwarded-Anything"],
)
def test_forwarding_is_refused_without_an_address(settings: LazySettings, header: str) -> None:
    settings.MIDDLEWARE = ["config.middleware.RefuseForwarding"]
    response = Client(headers={header: "1.2.3.4"}).get("/")
    assert response.status_code == 400
    assert "LANYARD_URL" in response.content.decode()
    assert Client().get("/").status_code == 200


def test_forwarding_is_welcome_with_an_address(settings: LazySettings) -> None:
    settings.MIDDLEWARE = ["config.middleware.RefuseForwarding"]
    settings.SITE_HOST = "lanyard.example.org"
    assert Client(headers={"X-Forwarded-For": "1.2.3.4"}).get("/").status_code == 200


# GzipText


@pytest.mark.parametrize(
    ("kind", "packed"),
    [
        ("html", True),
        ("large", True),
        ("css", True),
        ("json", True),
        ("picture", False),
        ("stream", False),
        ("file", False),
    ],
)
@pytest.mark.usefixtures("squeezed")
def test_gzip_packs_dynamic_text_only(kind: str, *, packed: bool) -> None:
    response = Client(headers={"Accept-Encoding": "gzip"}).get(f"/kinds/{kind}/")
    assert ("Content-Encoding" in response.headers) is packed
    if packed:
        assert LONG in gzip.decompress(response.content).decode()
        assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.usefixtures("squeezed")
def test_gzip_leaves_what_is_encoded_already() -> None:
    response = Client(headers={"Accept-Encoding": "gzip"}).get("/kinds/encoded/")
    assert gzip.decompress(response.content) == LONG.encode() * 9


@pytest.mark.usefixtures("squeezed")
def test_gzip_needs_a_browser_that_asks() -> None:
    assert "Content-Encoding" not in Client().get("/kinds/html/").headers


@pytest.mark.usefixtures("squeezed")
def test_gzip_lengths_of_one_page_differ() -> None:
    """Padding of random length, so that the size of an answer says nothing about a secret in it."""
    client = Client(headers={"Accept-Encoding": "gzip"})
    for kind in ("html", "large"):
        assert len({len(client.get(f"/kinds/{kind}/").content) for _ in range(20)}) > 1


@pytest.mark.usefixtures("squeezed")
def test_gzip_tells_the_length_and_weakens_the_tag_of_a_large_page() -> None:
    response = Client(headers={"Accept-Encoding": "gzip"}).get("/kinds/large/")
    assert response.headers["Content-Length"] == str(len(response.content))
    assert response.headers["ETag"] == 'W/"one"'
    assert "Content-Encoding" not in Client().get("/kinds/large/").headers


# LoginRequired


@pytest.mark.parametrize("address", ["/private/", "/gone/", "/nowhere/", "/nowhere", "/private"])
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
@pytest.mark.usefixtures("shut")
def test_visitor_is_sent_to_log_in_whether_the_thing_exists_or_not(address: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert response.status_code == 302
    back = address if method in {"get", "head"} else "/"
    assert response.headers["Location"] == f"/login/?next={back}"


@pytest.mark.usefixtures("shut")
def test_visitor_without_login_may_open_the_login_page() -> None:
    assert Client().get("/login/").content == b"login"
    assert "account_login" in PUBLIC


@pytest.mark.usefixtures("shut")
def test_static_file_that_is_missing_stays_missing() -> None:
    assert Client().get("/static/no.css").status_code == 404


@pytest.mark.parametrize("address", ["/private/", "/nowhere/"])
@pytest.mark.parametrize(
    "headers",
    [{"Accept": "application/json"}, {"X-Requested-With": "fetch"}, {"Sec-Fetch-Dest": "empty", "Accept": "*/*"}],
)
@pytest.mark.usefixtures("shut")
def test_script_of_a_visitor_gets_401_as_json(address: str, headers: dict[str, str]) -> None:
    response = Client(headers={**headers, "Referer": "http://testserver/2022/"}).post(address)
    assert response.status_code == 401
    assert response.json()["login"] == "/login/?next=http%3A//testserver/2022/"
    assert response.json()["error"]


@pytest.mark.usefixtures("shut")
def test_browser_that_accepts_anything_is_no_script() -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert Client(headers={"Accept": accept, "Sec-Fetch-Dest": "document"}).get("/private/").status_code == 302
    assert Client(headers={"Accept": "*/*"}).get("/private/").status_code == 302


@pytest.mark.parametrize("address", ["/private/", "/nowhere/"])
@pytest.mark.usefixtures("shut")
def test_htmx_of_a_visitor_is_led_to_the_login_page_and_back(address: str) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/2022/", "Sec-Fetch-Dest": "empty"}
    response = Client(headers=headers).post(address)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["HX-Redirect"] == "/login/?next=http%3A//testserver/2022/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
@pytest.mark.usefixtures("shut")
def test_login_never_leads_on_to_another_site(elsewhere: str) -> None:
    assert Client(headers={"Referer": elsewhere}).post("/private/").headers["Location"] == "/login/?next=/"
    headers = {"HX-Request": "true", "HX-Current-URL": elsewhere}
    assert Client(headers=headers).get("/private/").headers["HX-Redirect"] == "/login/?next=/"
    assert Client().get("//evil.example/").headers["Location"] == "/login/?next=/"


@pytest.mark.django_db
@pytest.mark.usefixtures("shut")
def test_person_who_is_logged_in_sees_pages_and_honest_404s(django_user_model: type) -> None:
    client = Client()
    client.force_login(django_user_model.objects.create_user("ann"))
    assert client.get("/private/").status_code == 200
    assert client.get("/gone/").status_code == 404
    assert client.get("/nowhere/").status_code == 404


@pytest.mark.django_db
def test_pages_are_for_no_cache_on_the_way(django_user_model: type) -> None:
    client = Client()
    assert client.get("/accounts/login/", follow=True).headers["Cache-Control"]
    client.force_login(django_user_model.objects.create_user("alice"))  # type: ignore[attr-defined]
    assert client.get("/years/").headers["Cache-Control"] == "private"
