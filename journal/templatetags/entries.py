"""An entry in words: what its card shows beside the text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.translation import gettext as _

from events.moments import clock, money, roughly
from journal import gallery
from journal.forms.entries import name_of_person
from journal.models import Encounter, Entry, Meal, Photo, Swag
from journal.templatetags.zones import zone_note, zone_of_entry

register = template.Library()

_NOBODY = UUID(int=0)
_ICONS = {Entry.Kind.NOTE: "pen", Entry.Kind.MEAL: "bowl", Entry.Kind.SWAG: "bag", Entry.Kind.ENCOUNTER: "person"}


@register.simple_tag
def entry_url(name: str, entry: Entry) -> str:
    """The address of one of an entry's pages. Two hundred cards ask for five each, so each route is resolved once."""
    return _address(name).replace(str(_NOBODY), str(entry.uid))


@cache
def _address(name: str) -> str:
    return reverse(f"journal:{name}", args=[_NOBODY])


@register.filter
def kind_icon(kind: str) -> str:
    """The drawing of a kind."""
    return _ICONS[Entry.Kind(kind)]


@register.filter
def heading(entry: Entry) -> str:
    """What it is called: its title; else the thing, the occasion or the person; empty for a plain note."""
    if entry.title:
        return entry.title
    details = entry.details
    if isinstance(details, Meal):
        return details.get_occasion_display()
    if isinstance(details, Swag):
        return details.item
    return name_of_person(entry) if isinstance(details, Encounter) else ""


@register.filter
def spoken_name(entry: Entry) -> str:
    """For a sentence about it: its heading, else its kind."""
    return heading(entry) or entry.get_kind_display()


@register.simple_tag(takes_context=True)
def entry_clock(context: Context, entry: Entry) -> str:
    """09:30, “about 09:30”, or the part of the day; nothing where only the sequence is known.

    A page that does not name the `zone` of all its times has it named here, where it differs from the reader's.
    """
    if entry.at is None:
        return str(entry.get_part_display())
    shown = clock(entry.at, zone_of_entry(context, entry))
    shown = roughly(shown) if entry.about else shown
    note = None if "zone" in context else zone_note(context, entry.conference)
    return f"{shown} · {note.name}" if note else shown


@register.filter
def dishes_of(entry: Entry) -> list[str]:
    """The dishes of a meal, one by one."""
    details = entry.details
    return [dish.strip() for dish in details.dishes.split(",") if dish.strip()] if isinstance(details, Meal) else []


@register.filter
def facts_of(entry: Entry) -> list[tuple[str, str]]:
    """(label, value) of everything else that the details say."""
    details = entry.details
    if isinstance(details, Meal):
        found = _of_meal(details, entry)
    elif isinstance(details, Swag):
        found = _of_swag(details, entry)
    elif isinstance(details, Encounter):
        found = _of_encounter(details, entry)
    else:
        found = []
    return [(str(label), str(value)) for label, value in found if value]


@register.filter
def not_in_text(photos: Iterable[Photo] | None, entry: Entry) -> list[Photo]:
    """The pictures that stand beside the text, not in it."""
    return gallery.beside(entry, photos or [])


@register.filter
def thumbnail(photo: Photo) -> str:
    """The address of its smallest file."""
    return gallery.url_of(photo, 1)


@register.filter
def alt_of(photo: Photo) -> str:
    """What it shows, in words."""
    return gallery.alt_of(photo)


def _of_meal(meal: Meal, entry: Entry) -> list[tuple[str, str]]:
    return [
        (_("Occasion"), meal.get_occasion_display() if entry.title else ""),
        (_("Provided by"), meal.provider),
        (_("Place"), meal.place),
        (_("With whom"), meal.companions),
        (_("Price"), price_of(meal)),
    ]


def price_of(meal: Meal) -> str:
    """A meal of the fee that cost nothing more says so once, not also as a price of 0."""
    if meal.included and not meal.price:
        return _("Free · included in the fee")
    price = money(meal.price, meal.currency) if meal.price is not None else ""
    return " · ".join(filter(None, [_("Included in the fee") if meal.included else "", price]))


def _of_swag(swag: Swag, entry: Entry) -> list[tuple[str, str]]:
    return [
        (_("What it is"), swag.item if entry.title else ""),
        (_("How many"), str(swag.quantity) if swag.quantity != 1 else ""),
        (_("Colour or size"), swag.variant),
        (_("From whom"), swag.from_whom),
        (_("How it was won"), swag.get_won_display()),
        (_("Got it from someone I met"), name_of_person(swag.encounter) if swag.encounter else ""),
        (_("What became of it"), swag.get_state_display()),
    ]


def _of_encounter(met: Encounter, entry: Entry) -> list[tuple[str, str]]:
    return [
        (_("Who"), met.person if entry.title else ""),
        (_("Affiliation"), met.affiliation),
        (_("Where"), met.where),
        (_("Contact"), met.contact),
    ]
