"""Numbers and shares as people of each language write them."""

from django.utils.translation import pgettext

from dandang.interfaces.shared.words.names import speaks_chinese

_CHINESE = ((100_000_000, "亿"), (10_000, "万"))
_ENGLISH = ((1_000_000_000, "bn"), (1_000_000, "m"), (10_000, "k"))
_THOUSAND = 1000


def count(value: int) -> str:
    """Return an exact number: `1,204,500`."""
    return f"{value:,}"


def short(value: float) -> str:
    """Return a number for a chart: `120.5万` in Chinese, `1.2m` in English; small ones exactly."""
    units = _CHINESE if speaks_chinese() else _ENGLISH
    for size, sign in units:
        if abs(value) >= size:
            amount = value / (_THOUSAND if sign == "k" else size)
            return f"{_plain(amount)}{sign}"
    return _plain(value)


def _plain(value: float) -> str:
    rounded = round(value, 1)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,}"


def share(part: int, whole: int) -> str:
    """Return a share in percent with one digit: `83.3%`; two dashes of nothing.

    `100%` and `0%` stand only for all and for none: rounding never hides a single case.
    """
    if whole == 0:
        return "--"
    if part in (0, whole):
        return "100%" if part else "0%"
    tenths = min(max(round(1000 * part / whole), 1), 999)
    return f"{tenths / 10:.1f}%"


def listed(names: list[str]) -> str:
    """Return names in a row, with the comma of the language."""
    return pgettext("between the names of a list", ", ").join(names)
