"""Numbers that belong to a person: where they stand in a text, and the text without them.

Found whatever separates their digits and in either width. Check digits follow GB 11643 (identity
cards), GB 32100 (organisations) and ISO/IEC 7812 (bank cards), by python-stdnum.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from stdnum import luhn
from stdnum.cn import ric, uscc

from dandang.lifecycle.redaction.plain import plain

MASK = "***"
_BETWEEN = r"[ \t\u00a0\u00ad\u2000-\u200f\u2060\ufeff\u2010-\u2015\u00b7\u30fb\-._/()]{0,2}"
_ID_CARD, _OLD_ID_CARD = 18, 15


class NumberKind(StrEnum):
    """What kind of number it is."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    ID_CARD = "id_card"
    ORGANIZATION = "organization"
    BANK_CARD = "bank_card"
    PLATE = "plate"
    EMAIL = "email"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Number:
    """A number found, from `start` to before `end`."""

    kind: NumberKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a number looks; `fits` tells by its letters, without what separates them."""

    kind: NumberKind
    pattern: re.Pattern[str]
    fits: Callable[[str], bool] = bool


def numbers_in(text: str) -> list[Number]:
    """Return the numbers in a text, by place; of two that overlap, the one that begins first."""
    looked = plain(text).upper()
    if len(looked) != len(text):  # a letter whose capital is two letters moves every place
        looked = plain(text)
    found = sorted(
        (number for shape in _SHAPES for number in _of_shape(shape, looked)),
        key=lambda one: (one.start, -one.end),
    )
    numbers: list[Number] = []
    for one in found:
        if not numbers or one.start >= numbers[-1].end:
            numbers.append(one)
    return numbers


def without_numbers(text: str) -> str:
    """Return the text with a mask in place of every number; nothing else of it is changed."""
    while numbers := numbers_in(text):
        for one in reversed(numbers):
            text = text[: one.start] + MASK + text[one.end :]
    return text


def _of_shape(shape: _Shape, looked: str) -> Iterator[Number]:
    for match in shape.pattern.finditer(looked):
        start, end = match.span(1)
        letters = re.sub(r"[^0-9A-Z]", "", looked[start:end])
        if shape.fits(letters):
            yield Number(shape.kind, start, end)


def _digits(fewest: int, most: int | None = None) -> str:
    """Return a pattern for so many digits, whatever stands between them, tried at every place."""
    more = f"{{{fewest - 1},{(most or fewest) - 1}}}"
    return rf"(?<![0-9])(?=([0-9](?:{_BETWEEN}[0-9]){more})(?![0-9A-Z]))"


def _is_id_card(letters: str) -> bool:
    """Say whether it is an identity number, or would be one but for a slip of the pen."""
    return ric.calc_check_digit(letters) == letters[-1] or _is_born(letters[6:14])


def _is_born(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2100  # noqa: PLR2004 years in which people with cards are born


def _is_old_id_card(letters: str) -> bool:
    return _is_born("19" + letters[6:12])


def _is_bank_card(letters: str) -> bool:
    return bool(luhn.is_valid(letters))


def _is_organization(letters: str) -> bool:
    return bool(uscc.is_valid(letters))


def _has_digit(letters: str) -> bool:
    return any(letter in "0123456789" for letter in letters)


_BANK_CARDS = range(13, 20)
_SHAPES: Sequence[_Shape] = (
    _Shape(
        NumberKind.ID_CARD,
        re.compile(
            rf"(?<![0-9A-Z])(?=([0-9](?:{_BETWEEN}[0-9]){{16}}{_BETWEEN}[0-9X])(?![0-9A-Z]))"
        ),
        _is_id_card,
    ),
    _Shape(NumberKind.ID_CARD, re.compile(_digits(_OLD_ID_CARD)), _is_old_id_card),
    _Shape(
        NumberKind.ORGANIZATION,
        re.compile(rf"(?<![0-9A-Z])(?=([0-9A-Y](?:{_BETWEEN}[0-9A-Y]){{17}})(?![0-9A-Z]))"),
        _is_organization,
    ),
    *(
        _Shape(NumberKind.BANK_CARD, re.compile(_digits(length)), _is_bank_card)
        for length in _BANK_CARDS
    ),
    _Shape(  # said to be one, whatever its check digit: a slip of the pen hides nobody
        NumberKind.BANK_CARD,
        re.compile(
            r"(?:银行卡|卡号|账号|帐号|账户|CARD(?: NO\.?| NUMBER)?)[^0-9\n]{0,6}"
            rf"([0-9](?:{_BETWEEN}[0-9]){{11,18}})(?![0-9])"
        ),
    ),
    _Shape(
        NumberKind.MOBILE,
        re.compile(
            rf"(?<![0-9])((?:\+?(?:00)?86{_BETWEEN}|0)?1{_BETWEEN}[3-9](?:{_BETWEEN}[0-9]){{9}})"
            r"(?![0-9])"
        ),
    ),
    _Shape(
        NumberKind.LANDLINE,
        re.compile(
            r"(?<![0-9])(\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[ \-\u2010-\u2015]{0,2}"
            r"[2-9][0-9]{2,3}[ \-]?[0-9]{4}(?:(?:[ \-]|转|EXT\.?)[0-9]{1,6})?)(?![0-9])"
        ),
    ),
    _Shape(
        NumberKind.LANDLINE,
        re.compile(
            r"(?:电话|座机|固话|热线|TEL|PHONE)[^0-9\n]{0,4}"
            r"([2-9][0-9]{2,3}[ \-]?[0-9]{4})(?![0-9])"
        ),
    ),
    _Shape(
        NumberKind.LANDLINE,
        re.compile(r"(?<![0-9])(\(?[2-9][0-9]{2}\)?[ .\-][2-9][0-9]{2}[ .\-][0-9]{4})(?![0-9])"),
    ),
    _Shape(
        NumberKind.LANDLINE,
        re.compile(rf"(?<![0-9])(\+[1-9](?:{_BETWEEN}[0-9]){{7,14}})(?![0-9])"),
    ),
    _Shape(
        NumberKind.PLATE,
        re.compile(
            r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
            r"[A-Z][ \u00b7\u2022\u30fb.\-]{0,2}[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳])"
            r"(?![A-Z0-9])"
        ),
        _has_digit,
    ),
    _Shape(
        NumberKind.EMAIL,
        re.compile(r"([A-Z0-9_][A-Z0-9._%+\-]* ?@ ?[A-Z0-9][A-Z0-9\-]*(?:\.[A-Z0-9\-]+)+)"),
    ),
    _Shape(
        NumberKind.ACCOUNT,
        re.compile(
            r"(?:微信|微 信|WECHAT|WEIXIN|(?<![A-Z])[VW]X|QQ|扣扣)(?:号码|账号|号| ?ID| ?NO\.?)?"
            r"[ \t]*(?:[:=是为]|IS)[ \t]*([A-Z0-9][A-Z0-9_\-]{4,29})"
        ),
    ),
    _Shape(
        NumberKind.ACCOUNT,
        re.compile(
            r"(?:微信|微 信|WECHAT|WEIXIN|(?<![A-Z])[VW]X|QQ|扣扣)(?:号码|账号|号| ?ID| ?NO\.?)?"
            r"[ \t]*([A-Z0-9][A-Z0-9_\-]{4,29})"
        ),
        _has_digit,
    ),
)
