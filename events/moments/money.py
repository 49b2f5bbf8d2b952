"""Amounts of money."""

from decimal import Decimal

from events.names import reads_korean

_SIGNS = {"EUR": "€", "GBP": "£", "KRW": "₩", "USD": "$"}
_WITHOUT_CENTS = frozenset({"CLP", "HUF", "IDR", "ISK", "JPY", "KRW", "TWD", "VND"})


def money(amount: Decimal, currency: str) -> str:
    """15,000원 in Korean and ₩15,000 in English; €12.50; 12.50 CHF. `currency` is an ISO 4217 code.

    A fraction is never dropped: 0.5 won are odd, but they are what somebody wrote down.
    """
    code = currency.upper()
    whole = code in _WITHOUT_CENTS and amount == amount.to_integral_value()
    number = f"{abs(amount):,.{0 if whole else 2}f}"
    minus = "−" if amount < 0 else ""
    if code == "KRW" and reads_korean():
        return f"{minus}{number}원"
    if code in _SIGNS:
        return f"{minus}{_SIGNS[code]}{number}"
    return f"{minus}{number} {code}".strip()
