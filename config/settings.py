"""Settings: one flat file, read from top to bottom.

Everything that differs between two installations comes from the environment:

LANYARD_DATA     folder of the database, pictures and secret key (default: the person's own data directory)
LANYARD_URL      where people reach the site, e.g. https://lanyard.example.org; everything about hosts, https and
                 cookies follows from it. Unset: only this machine is answered.
LANYARD_DEMO     on/off: may a visitor look around in a demo journal? (default: on only where LANYARD_URL is unset)
LANYARD_DEBUG    on/off: Django's debug mode, which `./lanyard dev` switches on
LANYARD_SECRET_KEY   the secret key itself, where it should not lie in the data folder
DATABASE_URL     postgres://… instead of the SQLite file in LANYARD_DATA
"""

import fcntl
import os
import re
import secrets
from pathlib import Path
from urllib.parse import quote, urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


# Helpers that refuse nonsense


def on_or_off(name: str, *, default: bool) -> bool:
    """The switch `name` of the environment; anything but on/off, true/false, 1/0 is refused."""
    value = os.environ.get(name, "").strip().lower()
    if value == "":
        return default
    if value in {"on", "true", "1", "yes"}:
        return True
    if value in {"off", "false", "0", "no"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}: write on or off.")


def site_address(name: str) -> tuple[str, str]:
    """(scheme, host with port as browsers send it) of the address in `name`; two empty strings where it is unset."""
    value = os.environ.get(name, "").strip()
    if not value:
        return "", ""
    nonsense = ImproperlyConfigured(
        f"{name} is {value!r}: write scheme and host only, such as https://lanyard.example.org"
    )
    try:
        parts = urlsplit(value)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise nonsense from None
    if parts.scheme not in {"http", "https"} or not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise nonsense
    host = f"[{host}]" if ":" in host else host
    return parts.scheme, f"{host}:{port}" if port else host


def data_folder() -> Path:
    """LANYARD_DATA, else `lanyard` in the XDG data directory; made with access for its owner only."""
    given = os.environ.get("LANYARD_DATA", "").strip()
    xdg = os.environ.get("XDG_DATA_HOME", "").strip()
    folder = Path(given).expanduser() if given else Path(xdg or Path.home() / ".local" / "share") / "lanyard"
    folder = folder.resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def kept_secret(path: Path) -> str:
    """The secret in `path`, generated at the first call. Two first starts at once agree: the lock lets one write."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        secret = file.read().strip()
        if not secret:
            secret = secrets.token_urlsafe(64)
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
    if len(secret) < 50:
        raise ImproperlyConfigured(f"{path.name} in the data folder is too short to be a secret key.")
    return secret


# Where things are

DATA_DIR = data_folder()
SECRET_KEY = os.environ.get("LANYARD_SECRET_KEY") or kept_secret(DATA_DIR / "secret-key")
DEBUG = on_or_off("LANYARD_DEBUG", default=False)

SITE_SCHEME, SITE_HOST = site_address("LANYARD_URL")
DEMO = on_or_off("LANYARD_DEMO", default=not SITE_HOST)

ALLOWED_HOSTS = [re.sub(":[0-9]+$", "", SITE_HOST)] if SITE_HOST else ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{SITE_SCHEME}://{SITE_HOST}"] if SITE_HOST else []
if SITE_SCHEME == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

INSTALLED_APPS = [
    "journal",
    "events",
    "markdownx",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
    "django.forms",  # its templates, which our form renderer overrides
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.RefuseForwarding",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.GzipText",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "journal.middleware.PersonMiddleware",
    "config.middleware.LoginRequired",
    # After the login: a visitor's POST gets the same answer whether its address leads anywhere or not.
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "journal.middleware.DesignedMethodNotAllowed",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "events.middleware.MovedAddress",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "journal.context.site",
            ],
            "builtins": ["events.templatetags.words"],
        },
    },
]
FORM_RENDERER = "config.forms.Renderer"


# Data

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{quote(str(DATA_DIR / 'lanyard.sqlite3'))}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers read while one writes; FULL keeps an acknowledged save through a power cut; IMMEDIATE takes the
    # write lock at the start of a transaction, so that a second writer waits (20 s) instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
    # A file, not memory: threads of a test share it as the threads of the server do.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    raise ImproperlyConfigured("DATABASE_URL: Lanyard keeps its data in SQLite or PostgreSQL.")

STORAGES = {
    # Pictures: private, without an address of their own. Every byte goes through journal's access check.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "media",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "journal.uploads.CappedUpload",  # stops reading just above the largest picture that is taken
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]


# Words and time

LANGUAGE_CODE = "en"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"


# People

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "journal.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"


# What a browser is allowed to do

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "journal.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"


# The editor: django-markdownx with our own preview and upload views

MARKDOWNX_MARKDOWNIFY_FUNCTION = "journal.markdown.render_preview"
MARKDOWNX_URLS_PATH = reverse_lazy("journal:markdown-preview")
MARKDOWNX_UPLOAD_URLS_PATH = reverse_lazy("journal:markdown-upload")
MARKDOWNX_SERVER_CALL_LATENCY = 700
MARKDOWNX_EDITOR_RESIZABLE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
