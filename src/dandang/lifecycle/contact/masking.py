"""How little of a name, a phone number and an e-mail address is shown before anybody unmasks it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from unicodedata import category, name, normalize

HIDDEN = "***"
"""What stands for a value, or a part of one, of which nothing is shown, whatever its length."""

_CHINA = "86"
_KEPT_DIGITS = ((11, 3, 4), (8, 2, 2), (6, 0, 2))
"""From how many digits on how many stay at the beginning and at the end; at least four go."""
_WITHOUT_SPACES = ("CJK UNIFIED", "CJK COMPATIBILITY", "HANGUL", "HIRAGANA", "KATAKANA")
_SHORT = 2


def mask_name(given: str) -> str:
    """Return a name with its first and last character, or the first letters of its words.

    `王小明` is `王*明`, `王明` is `王*`, `欧阳小明` is `欧**明`; `Mrs Liu` is `M*** L***`.
    At most two characters of it survive, and never a whole name.
    """
    words = normalize("NFC", given).split()
    if not words:
        return ""
    if len(words) == 1 and all(_is_of_a_script_without_spaces(char) for char in words[0]):
        return _mask_characters(words[0])
    ends = words if len(words) <= _SHORT else [words[0], words[-1]]
    return " ".join(_first(word) + HIDDEN for word in ends)


def mask_phone(given: str) -> str:
    """Return a number with its first three and last four digits: `186****1402`.

    Shorter ones keep less, and those below six digits nothing; at least four digits never survive.
    The prefix of China is left out.
    """
    digits = "".join(char for char in normalize("NFKC", given) if char in "0123456789")
    if given.strip().startswith(("+" + _CHINA, "00" + _CHINA)):
        digits = digits.lstrip("0").removeprefix(_CHINA)
    for least, front, back in _KEPT_DIGITS:
        if len(digits) >= least:
            return digits[:front] + "****" + digits[-back:]
    return HIDDEN if given.strip() else ""


def mask_email(given: str) -> str:
    """Return an address with the first letter of its name and its domain: `w***@example.org`."""
    text = given.strip()
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        return HIDDEN if text else ""
    return f"{_first(local)}{HIDDEN}@{domain}"


def mask_whole(given: str) -> str:
    """Return nothing of a value but that it is there."""
    return HIDDEN if given.strip() else ""


MASKS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "name": mask_name,
        "phone": mask_phone,
        "email": mask_email,
        "proxy_name": mask_name,
        "proxy_relation": mask_whole,
        "checked": mask_whole,
    }
)
"""How each value that tells who somebody is, or how to reach them, is masked; by field name."""


def masked(values: Mapping[str, object]) -> dict[str, object]:
    """Return the personal values of an event with those masked that tell who somebody is."""
    return {
        field: MASKS[field](str(value)) if field in MASKS and value else value
        for field, value in values.items()
    }


def _mask_characters(word: str) -> str:
    if len(word) <= _SHORT:
        return word[: len(word) - 1] + "*"
    return word[0] + "*" * (len(word) - 2) + word[-1]


def _first(word: str) -> str:
    """Return the first letter of a word; nothing of a single one, nor of what is none."""
    letters = [char for char in word if category(char)[0] in "LN"]
    return letters[0] if len(letters) > 1 else ""


def _is_of_a_script_without_spaces(char: str) -> bool:
    return name(char, "").startswith(_WITHOUT_SPACES)
