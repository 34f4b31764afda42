"""Who may come to which of the dispatcher's pages, and the tabs that lead to them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.desk.overviews.reach import oversees
from dandang.lifecycle.casework.queries import counts
from dandang.lifecycle.casework.wanted import Wanted
from dandang.lifecycle.states import State
from dandang.organization.directory import PostKind
from dandang.terms import Code, Refusal

NEW, DISPUTES, DUPLICATES, DUTIES = "new", "disputes", "duplicates", "duties"
_PLACING = frozenset({PostKind.DISPATCH, PostKind.INTAKE})
_READING_CASES = _PLACING | {PostKind.SUPERVISION, PostKind.LEADER}
_PROPOSING = frozenset({PostKind.DISPATCH, PostKind.SUPERVISION, PostKind.HEAD})
_DECIDING = frozenset({PostKind.ADMINISTRATION, PostKind.SUPERVISION})
_WORDS: dict[str, str | Promise] = {
    NEW: _("New requests"),
    DISPUTES: _("Disputes"),
    DUPLICATES: _("Perhaps the same"),
    DUTIES: _("Register of duties"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages; `count` is how many cases wait there, None where nothing is counted."""

    name: str
    words: str
    count: int | None
    is_current: bool

    @property
    def view(self) -> str:
        """The name of its address."""
        return f"dispatch:{self.name}"


def places(officer: Officer) -> bool:
    """Say whether requests wait for the officer to be placed."""
    return _is_in(officer, _PLACING)


def dispatches(officer: Officer) -> bool:
    """Say whether the officer is in a post that assigns cases."""
    return _is_in(officer, frozenset({PostKind.DISPATCH}))


def reads_cases(officer: Officer) -> bool:
    """Say whether every case is the work of one of the officer's posts, unless it is closed."""
    return _is_in(officer, _READING_CASES)


def may_propose(officer: Officer) -> bool:
    """Say whether the officer may propose to amend the register of duties."""
    return _is_in(officer, _PROPOSING)


def may_decide_proposals(officer: Officer) -> bool:
    """Say whether the officer may decide what another one proposed for the register."""
    return _is_in(officer, _DECIDING)


def need(is_so: bool) -> None:  # noqa: FBT001 the one thing it is about
    """Refuse `not_permitted` to whom a page is closed."""
    if not is_so:
        raise Refusal(Code.NOT_PERMITTED)


def tabs(officer: Officer, here: str) -> tuple[Tab, ...]:
    """Return the pages the officer may come to; one query at most."""
    wanted = {}
    if places(officer):
        wanted[NEW] = Wanted(states=(State.RECEIVED,), hidden_from=officer.kept_out)
    if oversees(officer):
        wanted[DISPUTES] = Wanted(states=(State.DISPUTED,), hidden_from=officer.kept_out)
    found: dict[str, int | None] = {**counts(wanted)}
    if dispatches(officer):
        found[DUPLICATES] = None
    found[DUTIES] = None
    return tuple(
        Tab(name, str(words), found[name], name == here)
        for name, words in _WORDS.items()
        if name in found
    )


def _is_in(officer: Officer, kinds: frozenset[PostKind]) -> bool:
    return any(post.kinds & kinds for post in officer.posts)
