"""What every page's frame shows: the body's name, where the language switch leads, the demo bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise

from dandang.interfaces.shared import clock
from dandang.interfaces.shared.words.names import name
from dandang.interfaces.shared.words.times import moment
from dandang.organization.directory import Body
from dandang.organization.queries import directory
from dandang.terms import Refusal


@dataclass(frozen=True)
class Frame:
    """The frame of one page. What needs the database is asked for only when it is shown.

    `next_path` is where the language switch leads back to.
    """

    next_path: str

    @cached_property
    def _body(self) -> Body | None:
        try:
            return directory().body
        except Refusal:
            return None

    @property
    def body_name(self) -> str:
        """The name of the public body; "" before the set-up."""
        return name(self._body) if self._body else ""

    @property
    def country(self) -> str:
        """The country of the public body (ISO 3166, two letters); "" before the set-up."""
        return self._body.country if self._body else ""

    @property
    def is_demo(self) -> bool:
        """Whether this is a demonstration."""
        return bool(settings.DEMO)

    @property
    def demo_links(self) -> Sequence[tuple[str, str | Promise]]:
        """Address and words of each link in the demo bar."""
        links: Sequence[tuple[str, str | Promise]] = settings.DEMO_LINKS
        return links

    @property
    def demo_advance(self) -> str:
        """Where the button for the next working day of a demonstration leads."""
        return str(settings.DEMO_ADVANCE)

    @cached_property
    def demo_now(self) -> datetime:
        """The time of a demonstration."""
        return clock.now()

    @property
    def demo_clock(self) -> str:
        """The time of a demonstration, in words."""
        return moment(self.demo_now, self.demo_now)


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Give templates the variable `frame`."""
    can_be_shown_again = request.method in {"GET", "HEAD"}
    return {"frame": Frame(next_path=request.get_full_path() if can_be_shown_again else "/")}
