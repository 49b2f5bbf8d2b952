"""Who appears in a talk. A long journal names hundreds, so this is printed here and not by a template for each."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.models import Appearance, Talk

register = template.Library()


@register.simple_tag
def people_of(talk: Talk) -> SafeString:
    """Everybody in their order, as what they were then; the talk comes with its appearances."""
    return format_html_join(" ", "{}", ((_person(appearance),) for appearance in talk.appearances.all()))


def _person(appearance: Appearance) -> SafeString:
    speaker = appearance.speaker
    if speaker is None:
        return format_html('<span class="person"><b>{}</b></span>', appearance.organisation)
    then = ", ".join(filter(None, [appearance.job_title, appearance.affiliation]))
    return format_html(
        '<span class="person"><b><a href="{}">{}</a></b>{}{}</span>',
        speaker.get_absolute_url(),
        speaker.own_name(),
        "" if appearance.role == Appearance.Role.SPEAKER else _aside("small", appearance.get_role_display()),
        _aside("span", then) if then else "",
    )


def _aside(tag: str, words: str) -> SafeString:
    return format_html(" <{}>{}</{}>", SafeString(tag), words, SafeString(tag))
