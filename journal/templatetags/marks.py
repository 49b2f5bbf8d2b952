"""The buttons of a talk's mark, and the form of its stars and verdict."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from events.models import Talk
from journal.forms.presence import MarkForm
from journal.models import Mark

register = template.Library()

_ICONS = {
    Mark.State.WANT: "plus",
    Mark.State.GOING: "star",
    Mark.State.ATTENDED: "check",
    Mark.State.LEFT_EARLY: "door-out",
    Mark.State.MISSED: "close",
    Mark.State.WATCHED_LATER: "clock",
}


@dataclass(frozen=True)
class MarkButton:
    """`sends` is the state, or empty where the button is pressed already: pressing it again takes the mark away."""

    state: str
    label: str
    icon: str
    pressed: bool

    @property
    def sends(self) -> str:
        return "" if self.pressed else self.state


@register.filter
def mark_buttons(mark: Mark | None) -> list[MarkButton]:
    """One for each state."""
    now = mark.state if mark else ""
    return [MarkButton(state.value, str(state.label), _ICONS[state], state.value == now) for state in Mark.State]


@register.simple_tag
def mark_form_of(talk: Talk, mark: Mark | None, bound: MarkForm | str | None = None) -> MarkForm:
    """The form that was refused, where there is one, else a fresh one."""
    return bound if isinstance(bound, MarkForm) else MarkForm(talk=talk, mark=mark)
