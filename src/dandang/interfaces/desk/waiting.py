"""How many cases wait for an officer, beside the links that lead to them."""

from collections.abc import Sequence
from functools import cached_property

from django.http import HttpRequest

from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.queries import counts
from dandang.lifecycle.casework.rules.agreement import Publishing
from dandang.lifecycle.casework.rules.permit import taking_in
from dandang.lifecycle.casework.wanted import Wanted
from dandang.notifications.queries import unread
from dandang.organization.directory import DECIDING, Post

_CALLS, _TO_DECIDE, _TO_PUBLISH = "calls", "to-decide", "to-publish"


class Waiting:
    """What waits for an officer in these posts, counted in one query when a page first asks."""

    def __init__(self, posts: Sequence[Post], kept_out: KeptOut) -> None:
        self._posts = tuple(post.code for post in posts)
        self._kept_out = kept_out
        self.takes_in = bool(taking_in(posts))
        self.oversees = any(post.kinds & frozenset(DECIDING) for post in posts)

    @property
    def calls(self) -> int:
        """How many cases the officer is called to act on."""
        return self._counts.get(_CALLS, 0)

    @property
    def to_decide(self) -> int:
        """How many cases wait for a decision of an office like the officer's."""
        return self._counts.get(_TO_DECIDE, 0)

    @property
    def to_publish(self) -> int:
        """How many matters wait to be read before the public may see them."""
        return self._counts.get(_TO_PUBLISH, 0)

    @cached_property
    def messages(self) -> int:
        """How many messages the officer has not read."""
        return unread(self._kept_out.officer, hidden_from=self._kept_out)

    @cached_property
    def _counts(self) -> dict[str, int]:
        wanted = {}
        if self._posts:
            wanted[_CALLS] = Wanted(called=self._posts, hidden_from=self._kept_out)
        if self.oversees:
            wanted[_TO_DECIDE] = Wanted(undecided=True, hidden_from=self._kept_out)
            wanted[_TO_PUBLISH] = Wanted(
                publishing=Publishing.TO_DECIDE.value, hidden_from=self._kept_out
            )
        return counts(wanted)


class DeskRequest(HttpRequest):
    """A request to the desk by an officer, as templates see it."""

    desk: Waiting
