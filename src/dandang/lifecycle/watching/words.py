"""What findings of the watch say, in the language of the body."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import MappingProxyType
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override, pgettext_lazy

from dandang.lifecycle.watching.rules import Group, Hole
from dandang.organization.directory import Directory
from dandang.policy import Policy

_CHANNELS: Mapping[str, str | Promise] = MappingProxyType(
    {
        "web": pgettext_lazy("channel", "web"),
        "phone": pgettext_lazy("channel", "phone"),
        "counter": pgettext_lazy("channel", "counter"),
        "letter": pgettext_lazy("channel", "letter"),
        "api": pgettext_lazy("channel", "another system"),
        "import": pgettext_lazy("channel", "imported"),
    }
)


class Named(Protocol):
    """An entry with a name in both languages."""

    @property
    def name_zh(self) -> str: ...

    @property
    def name_en(self) -> str: ...


@contextmanager
def in_the_language_of_the_body() -> Iterator[None]:
    """Let words be in the language this installation speaks."""
    with override(settings.LANGUAGE_CODE):
        yield


def of_group(group: Group, directory: Directory, policy: Policy) -> tuple[str, str]:
    """Return title and text of a finding about cases that wait too long."""
    values = {
        "case_class": _name(policy.classes.get(group.case_class), group.case_class),
        "area": _name(directory.areas.get(group.area or ""), gettext("no area")),
        "channel": str(_CHANNELS.get(group.channel, group.channel)),
        "cases": group.cases,
        "percent": group.percent,
    }
    title = gettext("Waiting too long: %(case_class)s, %(area)s, %(channel)s") % values
    text = gettext(
        "%(cases)s cases of this class, area and channel are open. The slowest of them have used "
        "%(percent)s %% of the time that was promised (95th percentile)."
    )
    return title, text % values


def of_hole(hole: Hole, directory: Directory) -> tuple[str, str]:
    """Return title and text of a finding about an hour in which nobody holds a post."""
    post = directory.post(hole.post)
    zone = ZoneInfo(directory.body.time_zone)
    values = {
        "unit": _name(directory.unit(post.unit), post.unit),
        "post": _name(post, post.code),
        "since": _moment(hole.since, zone),
        "until": _moment(hole.until, zone),
    }
    title = gettext("Nobody holds a post: %(unit)s, %(post)s, from %(since)s") % values
    text = gettext(
        "From %(since)s to %(until)s nobody is on the roster or appointed: %(unit)s, %(post)s. "
        "Cases and calls that go there would reach nobody."
    )
    return title, text % values


def _name(entry: Named | None, otherwise: str) -> str:
    if entry is None:
        return otherwise
    return entry.name_zh if (get_language() or "").startswith("zh") else entry.name_en


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
