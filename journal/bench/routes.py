"""Every route that the resolver knows, with the names of the arguments that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Route(NamedTuple):
    """A named address: `wants` are the names of its arguments."""

    name: str
    wants: frozenset[str]


def routes() -> list[Route]:
    """Every named route once, in the order of the addresses."""
    found = {route.name: route for route in _walk(get_resolver().url_patterns, "", frozenset())}
    return list(found.values())


def _walk(patterns: list[Any], namespace: str, outer: frozenset[str]) -> Iterator[Route]:
    for pattern in patterns:
        wants = outer | _arguments(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, wants)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield Route(f"{namespace}{pattern.name}", wants)


def _arguments(pattern: Any) -> frozenset[str]:
    """Of a path its converters, of a regular expression its named groups."""
    return frozenset(getattr(pattern, "converters", {})) | frozenset(pattern.regex.groupindex)
