"""Settings: one flat file, read from top to bottom.

Everything that differs between two installations comes from the environment:

LANYARD_DATA     folder of the database, pictures and secret key (default: the person's own data directory)
LANYARD_URL      where people reach the site, e.g. https://lanyard.example.org; everything about hosts, https and
                 cookies follows from it. Unset: only this machine is answered.
LANYARD_DEMO     on/off: may a visitor look around in a demo journal? (default: on only where LANYARD_URL is unset)
LANYARD_SIGNUP   open/closed: may anybody make an account, or only whoever is invited? (default: closed)
LANYARD_MAIL     the mail server: smtp://host, smtp+tls://user:password@host:587 or smtps://… (default: no mail is sent)
LANYARD_MAIL_FROM  whom mails come from, e.g. Lanyard <lanyard@example.org>
LANYARD_DEBUG    on/off: Django's debug mode, which `./lanyard dev` switches on
LANYARD_SECRET_KEY   the secret key itself, where it should not lie in the data folder
LANYARD_MEDIA    s3://bucket/prefix?endpoint=https://… instead of pictures in LANYARD_DATA; the keys stand in
                 AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
LANYARD_X_ACCEL  /protected/: the proxy serves pictures itself, from this internal address, after the access check
LANYARD_LOG      plain/json: how a line of the log looks (default: plain)
DATABASE_URL     postgres://… instead of the SQLite file in LANYARD_DATA
"""

import os
import re
from pathlib import Path
from urllib.parse import quote

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from config import logs, media
from config.environment import data_folder, kept_secret, mail_sender, mail_server, on_or_off, one_of, site_address

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


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
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked from inside, past the proxy; it says a word and takes no cookie
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
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "csp",
    "django.forms",  # its templates, which our form renderer overrides
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.logs.RequestLog",
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
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "journal.middleware.DesignedMethodNotAllowed",
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

CACHES = {
    # What all workers must agree on: the counts behind rate limits. In the database, which every worker has.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "lanyard_cache",
        # Above this Django throws a third of it away, counts included: an attacker with many names must not reach it.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}

# Pictures: private, without an address of their own. Every byte goes through journal's access check.
_bucket = os.environ.get("LANYARD_MEDIA", "").strip()
X_ACCEL_PREFIX = media.x_accel_prefix(
    os.environ.get("LANYARD_X_ACCEL", "").strip(), behind_proxy=bool(SITE_HOST), local=not _bucket
)
STORAGES = {
    "default": media.in_bucket(_bucket, dict(os.environ))
    if _bucket
    else media.in_folder(DATA_DIR / "media", for_proxy=bool(X_ACCEL_PREFIX)),
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
SIGNUP_IS_OPEN = one_of("LANYARD_SIGNUP", "closed", "open") == "open"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "journal.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {
    # Ours, beside allauth's own: tries of the setup code, accounts made, demo journals made ("key": the whole server).
    "setup_code": "10/h/key",
    "make_account": "30/h/ip",
    "look_around": "10/h/ip,60/h/key",
    "passkey_options": "60/m/ip",
}
ACCOUNT_CHANGE_EMAIL = True  # one address a person: a new one takes the old one's place once it is confirmed
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# https comes from a proxy, and the last address in X-Forwarded-For is the one that it added. Over plain http there may
# be no proxy, and whoever asks could write that header: then the address of the connection counts.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SITE_SCHEME == "https" else 0
MFA_ADAPTER = "journal.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up by mail here, and many servers have no mail at all
MFA_TOTP_ISSUER = "Lanyard"
MFA_FORMS = {
    "add_webauthn": "journal.forms.accounts.AddPasskeyForm",
    "edit_webauthn": "journal.forms.accounts.RenamePasskeyForm",
    "authenticate_webauthn": "journal.forms.accounts.SecondStepForm",
    "login_webauthn": "journal.forms.accounts.LoginByPasskeyForm",
    "reauthenticate_webauthn": "journal.forms.accounts.ReauthenticateByPasskeyForm",
}
ACCOUNT_FORMS = {
    "add_email": "journal.forms.accounts.AddressForm",
    "reset_password": "journal.forms.accounts.ResetPasswordForm",
}


# Mail

mail = mail_server("LANYARD_MAIL")
SENDS_MAIL = bool(mail.host)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = mail_sender("LANYARD_MAIL_FROM")
if bool(DEFAULT_FROM_EMAIL) != SENDS_MAIL:
    raise ImproperlyConfigured("LANYARD_MAIL and LANYARD_MAIL_FROM: set both, or neither.")
if SENDS_MAIL and not SITE_HOST:
    raise ImproperlyConfigured("LANYARD_MAIL needs LANYARD_URL: the links in mails have to lead somewhere.")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SENDS_MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS, EMAIL_USE_SSL = mail
EMAIL_TIMEOUT = 10  # seconds: somebody waits for the page
ACCOUNT_EMAIL_NOTIFICATIONS = SENDS_MAIL


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

# What happened, without a word of anybody's: config/logs.py says what a line holds.
LOGGING = logs.configuration(one_of("LANYARD_LOG", "plain", "json"), debug=DEBUG)
