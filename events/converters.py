"""Parts of addresses: a year of four digits, a date in ISO form."""

from __future__ import annotations

from datetime import date

from django.urls import register_converter


class YearConverter:
    """2022, never 22 or 20221."""

    regex = r"(?:19|20|21)\d\d"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)


class DateConverter:
    """2022-11-08; a day that no calendar has does not resolve."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return value if isinstance(value, str) else value.isoformat()


def register() -> None:
    """Makes `<year:…>` and `<date:…>` known; called once, from the world's urls."""
    register_converter(YearConverter, "year")
    register_converter(DateConverter, "date")


register()
