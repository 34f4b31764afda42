"""Telling a matter to its end: the tutorial's city, its people, its clock, the one door.

The city is the ready organization `jiangcheng`. Officers have the codes of `tests.town`, and more.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from dandang.lifecycle.casework.models import Case
from dandang.lifecycle.casework.queries import CaseView, find, history
from dandang.lifecycle.casework.rules.state import CaseState
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.importing.maps import ready_organization
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import Performed, perform
from dandang.lifecycle.replay import replay
from dandang.lifecycle.work import fire_until
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.load import load_organization
from dandang.organization.folder import load_folder
from dandang.policy import ready_policy
from dandang.terms import Actor, Code, Refusal

LI_NA, SUN_TAO, WANG_QIANG, HE_JUN, CAO_LEI = "W-017", "W-004", "H-009", "H-011", "C-001"
LUO_JING, XIONG_JIAN, LU_MENG, ZHOU_HAI = "L-001", "N-001", "J-001", "Q-002"
ZHAO_MIN, CHEN_HUI, GAO_YUAN, GU_QING = "D-003", "S-001", "S-002", "G-001"

ZONE = ZoneInfo("Asia/Shanghai")
_CITY_FROM = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """Return an instant by the city's clocks: `2026-10-14 23:10`."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


class Tale:
    """One matter as it goes on: `now` is what the city's clocks show, and only goes forward."""

    def __init__(self, begins: str) -> None:
        load_organization(
            load_folder(ready_organization("jiangcheng")), by=Actor.system(), now=_CITY_FROM
        )
        adopt_policy(ready_policy("cn-county"), by=Actor.system(), now=_CITY_FROM)
        self.now = at(begins)

    def goes_on(self, when: str) -> None:
        """Let time pass until then, with all that comes due; a mere time is one of the same day."""
        day = "" if len(when) > len("00:00") else f"{self.now.astimezone(ZONE):%Y-%m-%d} "
        self.goes_on_to(at(day + when))

    def goes_on_to(self, then: datetime) -> None:
        """Let time pass until this instant, with all that comes due."""
        assert then >= self.now
        assert fire_until(then, begins=self.now).aside == 0
        self.now = then

    def opens(self, *, by: str = "", access_code: str | None = None, **more: object) -> str:
        """Return the reference of a case that an officer takes down, or a resident sends."""
        wish = Open(**{"channel": "phone" if by else "web", "can_follow": True, **more})
        actor = Actor.officer(by) if by else Actor.requester(1)
        return open_request(wish, by=actor, now=self.now, access_code=access_code).reference

    def does(self, officer: str, verb: str, reference: str, **values: object) -> Performed:
        """Let an officer do a verb."""
        return self._perform(verb, reference, values, Actor.officer(officer))

    def says(self, verb: str, reference: str, **values: object) -> Performed:
        """Let the requester of this reference do a verb."""
        return self._perform(verb, reference, values, _requester(reference))

    def judges(self, reference: str, verdict: str, **values: object) -> Performed:
        """Let the requester of this reference judge the result."""
        return self.says("judge", reference, verdict=verdict, **values)

    def judges_as(self, officer: str, reference: str, verdict: str, **values: object) -> Performed:
        """Let the officer who set a case judge its result."""
        return self.does(officer, "judge", reference, verdict=verdict, **values)

    def refused(
        self, code: Code, officer: str, verb: str, reference: str, **values: object
    ) -> None:
        """Let an officer (or "", the requester) try a verb, be refused so, and change nothing."""
        before = rows()
        by = Actor.officer(officer) if officer else _requester(reference)
        with pytest.raises(Refusal) as caught:
            self._perform(verb, reference, values, by)
        assert caught.value.code is code
        assert rows() == before

    def _perform(
        self, verb: str, reference: str, values: Mapping[str, object], by: Actor
    ) -> Performed:
        return perform(verb, reference, values, by=by, now=self.now)


def _requester(reference: str) -> Actor:
    return Actor.requester(find(reference).request_number)


def rows() -> list[dict[str, object]]:
    """Return the rows of all cases."""
    return list(Case.objects.order_by("id").values())


def state(reference: str, *, follow: bool = True) -> CaseState:
    """Return the case of this reference as it stands; without `follow`, where it came in."""
    return find(reference, follow=follow).state


def calls(reference: str) -> list[tuple[str, str]]:
    """Return the open calls about a case: what about, and upon which post."""
    return [(one.step, one.post) for one in state(reference).calls]


def due(reference: str, clock: str) -> datetime:
    """Return when a running clock of the case is due."""
    instant = state(reference).clocks[clock].at
    assert instant is not None
    return instant


def events(view: CaseView | str) -> list[str]:
    """Return the names of what happened to a case, oldest first."""
    stream = (find(view) if isinstance(view, str) else view).stream
    return [event.type for event, _ in history(stream)]


def holders(reference: str) -> list[str]:
    """Return the posts that held a case, in order: there was never an instant without one."""
    told = [event.fields for event, _ in history(find(reference).stream)]
    named = [str(fields["to_post"]) for fields in told if fields.get("to_post")]
    return [post for number, post in enumerate(named) if number == 0 or named[number - 1] != post]


def nothing_differs(cases: int) -> None:
    """Rebuild every case from its events alone: not one value may differ from the rows."""
    result = replay()
    assert result.differences == ()
    assert result.cases == Case.objects.count() == cases


def called(name: str, phone: str = "13900000000") -> Contact:
    """Return how to reach somebody who called."""
    return Contact(name=name, phone=phone)


def in_order(names: Sequence[str], wanted: Sequence[str]) -> bool:
    """Say whether the wanted events happened in this order, whatever came between."""
    rest = iter(names)
    return all(any(name == one for name in rest) for one in wanted)
