"""What officers write down for somebody else: who stood before them, and whose words it is."""

from typing import Protocol

from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.permit import acts_as
from dandang.lifecycle.states import Behalf
from dandang.lifecycle.verbs import Who
from dandang.terms import Actor, ActorKind, Code, Refusal

LETTER, PHONE = "letter", "phone"


class TakenIn(Protocol):
    """What is said of how a request was taken in."""

    @property
    def channel(self) -> str: ...
    @property
    def on_behalf(self) -> Behalf | None: ...
    @property
    def proxy_name(self) -> str: ...
    @property
    def proxy_relation(self) -> str: ...
    @property
    def read_back(self) -> bool: ...


def check_behalf(taken: TakenIn, *, name: str, by: Actor) -> None:
    """Refuse what cannot be said of how a request was taken in; `name` is its sender's.

    Only officers take in (`value_invalid` of `on_behalf`). A proxy names the sender and the
    relation (`field_required`), nobody else does; whoever stays anonymous gives no name, and a
    letter cannot be read back (`value_invalid`).
    """
    who = taken.on_behalf
    if who is not None and by.kind is not ActorKind.OFFICER:
        raise Refusal(Code.VALUE_INVALID, field="on_behalf")
    _check_proxy(taken, name)
    if who is Behalf.ANONYMOUS and name:
        raise Refusal(Code.VALUE_INVALID, field="name")
    if taken.read_back and (who is None or taken.channel == LETTER):
        raise Refusal(Code.VALUE_INVALID, field="read_back")


def _check_proxy(taken: TakenIn, name: str) -> None:
    if taken.on_behalf is Behalf.PROXY:
        given, wrong = {"name": name, "proxy_relation": taken.proxy_relation}, Code.FIELD_REQUIRED
        found = [field for field, value in given.items() if not value]
    else:
        given = {"proxy_name": taken.proxy_name, "proxy_relation": taken.proxy_relation}
        wrong = Code.VALUE_INVALID
        found = [field for field, value in given.items() if value]
    if found:
        raise Refusal(wrong, field=found[0])


def gets_code(taken: TakenIn) -> bool:
    """Say whether there is anybody to hand an access code to: a nameless letter has no such one."""
    return taken.on_behalf is not Behalf.ANONYMOUS or taken.channel != LETTER


def is_collected(facts: Facts, request: int | None, channel: str) -> bool:
    """Say whether an officer writes down what a requester said, not something of their own.

    Whoever works on the case may write notes of their own; a request or a channel says it is the
    requester's. Others only collect.
    """
    if facts.request_number is not None:
        return False
    works = acts_as(facts, Who.HOLDER) or acts_as(facts, Who.ASSISTANT)
    return not works or request is not None or bool(channel)


def whose(facts: Facts, request: int | None) -> int:
    """Return the number of the request whose sender said it; the only one there is if not named.

    Refuses `call_back_by_holder` to officers of the holder's own unit, who would answer themselves,
    `unknown_request`, and `field_required` where several are open and none was named.
    """
    if not acts_as(facts, Who.COLLECTOR):
        raise Refusal(Code.CALL_BACK_BY_HOLDER)
    active = [one.number for one in facts.case.active]
    if request is None and len(active) > 1:
        raise Refusal(Code.FIELD_REQUIRED, field="request")
    number = active[0] if request is None and active else request
    if number not in active:
        raise Refusal(Code.UNKNOWN_REQUEST, request=number or 0)
    return number
