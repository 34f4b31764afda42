"""The people one can be in the demonstration with one click. Only there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Role:
    """A role with the staff code of the officer who plays it."""

    officer: str
    words: str | Promise


ROLES: Mapping[str, Role] = {
    "officer": Role("W-017", _("Officer, water bureau")),
    "street": Role("C-017", _("Officer, urban management")),
    "dispatcher": Role("R-003", _("Dispatcher")),
    "call-back": Role("R-008", _("Call-back officer")),
    "supervision": Role("S-001", _("Supervision office")),
    "leader": Role("G-001", _("Leader")),
    "auditor": Role("K-001", _("Auditor")),
    "administrator": Role("A-001", _("Administrator")),
}


ADVANCE = "/demo/advance/"
"""Where the button leads that lets the next working day happen."""


def links() -> list[tuple[str, str | Promise]]:
    """Return address and words of each role, for the bar of the demonstration."""
    return [(f"/demo/as/{code}/", role.words) for code, role in ROLES.items()]
