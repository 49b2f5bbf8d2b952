"""Where the pictures lie: in the data folder, or in S3-compatible storage. Read by the settings."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.core.exceptions import ImproperlyConfigured

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*/?")
REGION = re.compile(r"[a-z0-9-]+")
ADDRESS = re.compile(r"/[a-z0-9_-]+/")
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")


def in_folder(folder: Path, *, for_proxy: bool) -> dict[str, Any]:
    """Files below `folder`, for their owner alone; a proxy that serves them itself reads them through the group."""
    options = {
        "location": folder,
        "base_url": None,
        "file_permissions_mode": 0o640 if for_proxy else 0o600,
        "directory_permissions_mode": 0o750 if for_proxy else 0o700,
    }
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


def in_bucket(value: str, environment: dict[str, str]) -> dict[str, Any]:
    """The storage that LANYARD_MEDIA names: s3://bucket/prefix?endpoint=https://…&region=…

    The keys stay in AWS's own variables, both or (where the machine has a role) none of them.
    """
    try:
        parts = urlsplit(value)
        asked = dict(parse_qsl(parts.query, strict_parsing=True) if parts.query else [])
    except ValueError:
        raise _nonsense() from None
    if parts.scheme != "s3" or not BUCKET.fullmatch(parts.netloc) or not PREFIX.fullmatch(parts.path) or parts.fragment:
        raise _nonsense()
    if set(asked) - {"endpoint", "region"} or ("region" in asked and not REGION.fullmatch(asked["region"])):
        raise _nonsense()
    if len([name for name in KEYS if environment.get(name)]) == 1:
        raise ImproperlyConfigured(f"LANYARD_MEDIA needs both {KEYS[0]} and {KEYS[1]}.")
    options = {
        "bucket_name": parts.netloc,
        "location": parts.path.strip("/"),
        "endpoint_url": _endpoint(asked["endpoint"]) if "endpoint" in asked else None,
        "region_name": asked.get("region"),
    }
    return {"BACKEND": "journal.storage_s3.PrivateBucket", "OPTIONS": options}


def x_accel_prefix(value: str, *, behind_proxy: bool, local: bool) -> str:
    """LANYARD_X_ACCEL: the proxy's internal address of the folder of pictures, such as /protected/; "" where unset."""
    if not value:
        return ""
    if not ADDRESS.fullmatch(value):
        raise ImproperlyConfigured(f"LANYARD_X_ACCEL is {value!r}: write one word between slashes, such as /protected/")
    if not (behind_proxy and local):
        raise ImproperlyConfigured(
            "LANYARD_X_ACCEL is for pictures in the data folder behind a proxy: set LANYARD_URL, and not LANYARD_MEDIA."
        )
    return value


def _endpoint(value: str) -> str:
    try:
        parts = urlsplit(value)
        _checked = parts.port
    except ValueError:
        raise _nonsense() from None
    strange = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in {"http", "https"} or not parts.hostname or strange:
        raise _nonsense()
    return f"{parts.scheme}://{parts.netloc}"


def _nonsense() -> ImproperlyConfigured:
    """Without the value, in which somebody may have written a key."""
    return ImproperlyConfigured(
        "LANYARD_MEDIA is not understood: write s3://bucket/prefix?endpoint=https://storage.example.org&region=name "
        "(prefix, endpoint and region may be left out), and the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
    )
