"""Pictures in S3-compatible storage, for those who set LANYARD_MEDIA. Imported only then: boto3 is an extra.

No address of a bucket ever reaches a browser, not even a signed one that ends: bytes come and go through
`journal.serving`, after the access check. Nothing is said of an access list, so that an object gets the bucket's own:
private, unless its owner made the bucket public.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any, NoReturn

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

# Seconds. A picture of 40 MB may take long as a whole, but never this long without a byte.
CONNECT_TIMEOUT = 5
READ_TIMEOUT = 20
ATTEMPTS = 2
# Bytes of one picture that are held in memory; an original that is larger goes through a temporary file.
IN_MEMORY = 4 * 1024 * 1024

_first_use = threading.Lock()


class StorageSilent(OSError):
    """The storage refused, or did not answer in time."""


class PrivateBucket(S3Storage):
    """One bucket, read and written by this server alone."""

    def __init__(self, **options: Any) -> None:
        """`bucket_name`, `location` (a prefix), `endpoint_url`, `region_name`."""
        super().__init__(
            **options,
            client_config=_client(own_endpoint=bool(options.get("endpoint_url"))),
            transfer_config=TransferConfig(use_threads=False),
            file_overwrite=False,
        )
        self._shared: Any = None

    @property
    def connection(self) -> Any:
        """One client for all threads of the process, which is safe; one each would hold the service's model each."""
        with _first_use:
            if self._shared is None:
                self._shared = super().connection
        return self._shared

    def url(self, name: str | None, *_arguments: object, **_options: object) -> NoReturn:
        """Refused, like that of a folder without an address."""
        raise ValueError("This file is not accessible via a URL.")

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        """One request, read to its end before anything is served: what breaks off is noticed here."""
        if mode != "rb":
            raise ValueError("Pictures are written whole, by save().")
        key = self._normalize_name(name)
        spool = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 -- handed to the caller, who closes it
        with _in_words():
            found = self.connection.meta.client.get_object(Bucket=self.bucket_name, Key=key)
            with found["Body"] as body:
                copyfileobj(body, spool)
        spool.seek(0)
        return File(spool, name)

    def _save(self, name: str, content: Any) -> str:
        with _in_words():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        """Nothing happens where there is no such object."""
        with _in_words():
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Costs a request."""
        with _in_words():
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Folders and files directly below `path`."""
        with _in_words():
            return super().listdir(path)

    def size(self, name: str) -> int:
        """Bytes."""
        with _in_words():
            return super().size(name)


def _client(*, own_endpoint: bool) -> Config:
    """Storages that are not Amazon's know buckets by path and, many of them, no newer checksums."""
    return Config(
        connect_timeout=CONNECT_TIMEOUT,
        read_timeout=READ_TIMEOUT,
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        signature_version="s3v4",
        s3={"addressing_style": "path" if own_endpoint else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


@contextmanager
def _in_words() -> Iterator[None]:
    """boto3's errors as those of a file system; without its messages, which name keys and addresses."""
    try:
        yield
    except ClientError as error:
        answer = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        if answer == 404:
            raise FileNotFoundError("No such picture in the storage.") from None
        raise StorageSilent(f"The storage answered {answer}.") from None
    except (BotoCoreError, Boto3Error) as error:
        raise StorageSilent(f"The storage did not answer ({type(error).__name__}).") from None
