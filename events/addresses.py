"""Addresses of things of the world. A page of hundreds of them asks for the same few again and again."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=10_000)
def address_of(route: str, *args: object) -> str:
    """Django's `reverse`, remembered; NoReverseMatch where nothing fits."""
    return reverse(route, args=args)
