"""What stands in the navigation of the desk for an officer, and how many cases wait there."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from dandang.interfaces.desk.deciding import decided_by
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.rules.agreement import Publishing
from dandang.lifecycle.casework.rules.permit import taking_in
from dandang.lifecycle.casework.statements import NOW
from dandang.lifecycle.casework.tallies import MOST_COUNTED, tallies
from dandang.lifecycle.casework.wanted import Wanted
from dandang.notifications.queries import unread
from dandang.organization.directory import DECIDING, Directory, Post, PostKind
from dandang.organization.queries import look_of

_CALLS, _TO_DECIDE, _TO_PUBLISH = "calls", "to-decide", "to-publish"
_SUPERVISING = frozenset({PostKind.SUPERVISION, PostKind.LEADER, PostKind.HEAD})


class Waiting:
    """What waits for an officer in these posts, counted in one query when a page first asks.

    `account` is the primary key of the account of the request, whose look the desk has.
    """

    def __init__(
        self, posts: Sequence[Post], directory: Directory, kept_out: KeptOut, account: int = 0
    ) -> None:
        self._directory = directory
        self._held = tuple(posts)
        self._posts = tuple(post.code for post in posts)
        self._kinds = frozenset(kind for post in posts for kind in post.kinds)
        self._kept_out = kept_out
        self._account = account
        self._takes_in = bool(taking_in(posts))
        self._works = any(post.works_on_cases for post in posts) or not posts

    @property
    def takes_in(self) -> bool:
        """Whether requests are taken in by one of the posts."""
        return self._takes_in

    @property
    def oversees(self) -> bool:
        """Whether every case is the work of one of the posts."""
        return bool(self._kinds & frozenset(DECIDING))

    @property
    def works_on_cases(self) -> bool:
        """Whether cases can wait for one of the posts, or there is none."""
        return self._works

    @property
    def has_worklist(self) -> bool:
        """Whether there is a list of cases for one of the posts, or there is no post."""
        return self._works or self.audits

    @property
    def dispatches(self) -> bool:
        """Whether one of the posts gives cases to those that answer for them."""
        return bool(self._kinds & {PostKind.DISPATCH, PostKind.INTAKE}) and _is_there("/dispatch/")

    @property
    def supervises(self) -> bool:
        """Whether one of the posts answers for the work of others."""
        return bool(self._kinds & _SUPERVISING) and _is_there("/supervision/")

    @property
    def audits(self) -> bool:
        """Whether one of the posts reads every case and acts on none."""
        return PostKind.AUDIT in self._kinds

    @property
    def administers(self) -> bool:
        """Whether one of the posts keeps the register, the calendars, the policy, the accounts."""
        return PostKind.ADMINISTRATION in self._kinds and _is_there("/setup/")

    @property
    def searches(self) -> bool:
        """Whether there is a page that finds cases by their words."""
        return self.has_worklist and _is_there("/search/")

    @property
    def calls(self) -> int:
        """How many cases the officer is called to act on."""
        return self._counts.get(_CALLS, 0)

    @property
    def to_decide(self) -> int:
        """How many cases wait for a decision of the officer, or of an office like the officer's."""
        return self._counts.get(_TO_DECIDE, 0)

    @property
    def to_publish(self) -> int:
        """How many matters wait to be read before the public may see them."""
        return self._counts.get(_TO_PUBLISH, 0)

    @cached_property
    def messages(self) -> int:
        """How many messages the officer has not read."""
        return unread(self._kept_out.officer, hidden_from=self._kept_out)

    @property
    def numbers(self) -> dict[str, int]:
        """What stands beside the links that the officer has, by the name of each."""
        found = {"messages": self.messages}
        if self.works_on_cases:
            found |= {_CALLS: self.calls, _TO_DECIDE: self.to_decide}
        if self.works_on_cases and self.oversees:
            found[_TO_PUBLISH] = self.to_publish
        return found

    @property
    def seen(self) -> str:
        """The numbers in one word, by which a page that was loaded earlier is compared."""
        return signature(self.numbers)

    @property
    def is_compact(self) -> bool:
        """Whether lists are to be narrow."""
        return self._look[0]

    @property
    def uses_keys(self) -> bool:
        """Whether single keys act on the page."""
        return self._look[1]

    @cached_property
    def _look(self) -> tuple[bool, bool]:
        return look_of(self._account)

    @cached_property
    def _counts(self) -> dict[str, int]:
        wanted = {}
        # Who is called may read the case, and whoever oversees all of them; but for a conflict.
        hidden = replace(self._kept_out, reads_all=True)
        if self._posts:
            wanted[_CALLS] = Wanted(called=self._posts, hidden_from=hidden)
        undecided = decided_by(self._held, self._directory, hidden)
        if undecided is not None:
            wanted[_TO_DECIDE] = undecided
        if self.oversees:
            wanted[_TO_PUBLISH] = Wanted(publishing=Publishing.TO_DECIDE.value, hidden_from=hidden)
        return tallies(wanted, NOW)  # none of them asks for the present


class DeskRequest(HttpRequest):
    """A request to the desk by an officer, as templates see it."""

    desk: Waiting


def signature(numbers: dict[str, int]) -> str:
    """Return numbers in one word; those that are too many to count look the same."""
    return "-".join(str(min(one, MOST_COUNTED)) for one in numbers.values())


@cache
def _is_there(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
