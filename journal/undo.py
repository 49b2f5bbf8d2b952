"""What a one-tap verb changed, sealed into the address of its undo: only its own person can post it back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core import signing
from django.http import Http404


def seal(verb: str, person: User, kept: dict[str, Any]) -> str:
    """`kept` is plain JSON and comes out of `unseal` as it went in."""
    return signing.dumps(kept, salt=_salt(verb, person), compress=True)


def unseal(verb: str, person: User, sealed: str) -> dict[str, Any]:
    """What was sealed for this verb and person; Http404 for anything else."""
    try:
        kept: dict[str, Any] = signing.loads(sealed, salt=_salt(verb, person))
    except signing.BadSignature:
        raise Http404 from None
    return kept


def _salt(verb: str, person: User) -> str:
    return f"lanyard.undo.{verb}.{person.pk}"
