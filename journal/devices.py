"""Which device wrote a version: "Chrome, Android" is enough to know one's phone from one's laptop."""

from __future__ import annotations

from django.http import HttpRequest

# The first that stands in the User-Agent names it: browsers claim to be their elders, so the youngest come first.
_BROWSERS = (
    ("SamsungBrowser", "Samsung Internet"),
    ("NAVER(", "Naver"),
    ("Whale/", "Whale"),
    ("KAKAOTALK", "KakaoTalk"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_of(request: HttpRequest) -> str:
    """Browser and system of the request, as far as they are known; empty where neither is."""
    return device_named(request.headers.get("User-Agent", ""))


def device_named(agent: str) -> str:
    """Browser and system that a User-Agent names, as far as they are known; empty where neither is."""
    names = (next((name for sign, name in signs if sign in agent), "") for signs in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, names))
