"""Doing any ready verb by its name: the door that desk, command line and REST share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from dandang.lifecycle.archive.actions import ERASE, erase_case
from dandang.lifecycle.archive.rules import Erase, evolve
from dandang.lifecycle.casework.actions.act import Act, Done, Imagined, act, imagine
from dandang.lifecycle.casework.actions.publishing import publish_what_is_clean
from dandang.lifecycle.casework.files.prepared import PreparedFile
from dandang.lifecycle.casework.rules.unfold import Change
from dandang.lifecycle.contact.actions import act_on_contact, keep_contact, replace_code
from dandang.lifecycle.contact.rules import ChangeContact, EraseContact, ReplaceCode
from dandang.lifecycle.intake.actions import Receipt, Sending, attach_request
from dandang.lifecycle.intake.rules import Attach
from dandang.lifecycle.rulebook import RULES, happens
from dandang.lifecycle.verbs import READY
from dandang.lifecycle.verbs.values import parse
from dandang.terms import Actor, Code, Refusal


@dataclass(frozen=True, slots=True)
class Performed:
    """What an act did; `receipt` is there when it attached a request or replaced a code."""

    done: Done
    receipt: Receipt | None = None


def perform(  # noqa: PLR0913 the one door for every verb
    verb: str,
    reference: str,
    values: Mapping[str, object],
    *,
    by: Actor,
    now: datetime,
    seen_seq: int | None = None,
    sending: Sending | None = None,
    files: Sequence[PreparedFile] = (),
) -> Performed:
    """Do a verb with the values of its fields, as typed or already of the right type.

    Empty values of optional fields may be left out. `sending` names the form that attaches a
    request, so that it does so once. `files` are kept with the event of the act. Refuses
    `unknown_verb`, `field_unknown` (a verb that takes no files), the codes of `verbs.values.parse`
    and those of `casework.actions.act`.
    """
    wish = _wish(verb, values)
    if files:
        wish = _with_files(verb, wish, files)
    if isinstance(wish, Attach):
        done, receipt = attach_request(
            reference, wish, by=by, now=now, seen_seq=seen_seq, sending=sending
        )
        return Performed(done, receipt)
    if isinstance(wish, Erase):
        return Performed(erase_case(reference, wish, by=by, now=now, seen_seq=seen_seq))
    if isinstance(wish, ChangeContact | EraseContact):
        return Performed(keep_contact(reference, wish, by=by, now=now, seen_seq=seen_seq))
    if isinstance(wish, ReplaceCode):
        done, receipt = replace_code(reference, wish, by=by, now=now, seen_seq=seen_seq)
        return Performed(done, receipt)
    done = act(_act_of(verb), reference, wish, by=by, now=now, seen_seq=seen_seq)
    return Performed(done)


def foresee(
    verb: str, reference: str, values: Mapping[str, object], *, by: Actor, now: datetime
) -> Change:
    """Return what `perform` would make of the case, its events in order, and do nothing.

    Refuses whatever `perform` would refuse now.
    """
    return foresee_all(verb, reference, values, by=by, now=now).change


def foresee_all(
    verb: str, reference: str, values: Mapping[str, object], *, by: Actor, now: datetime
) -> Imagined:
    """Return what `foresee` does, with what would become of other cases and which would open."""
    wish = _wish(verb, values)
    if isinstance(wish, ChangeContact | EraseContact | ReplaceCode):
        return imagine(act_on_contact(reference, wish), reference, wish, by=by, now=now)
    return imagine(_act_of(verb), reference, wish, by=by, now=now)


def _wish(verb: str, values: Mapping[str, object]) -> object:
    if verb not in READY:
        raise Refusal(Code.UNKNOWN_VERB, verb=verb)
    return RULES[verb].wish(**parse(READY[verb], values))


def _with_files(verb: str, wish: Any, files: Sequence[PreparedFile]) -> object:  # noqa: ANN401 any wish
    if not hasattr(wish, "files"):
        raise Refusal(Code.FIELD_UNKNOWN, verb=verb, field="files")
    return replace(wish, files=tuple(files))


def _act_of(verb: str) -> Act:
    if verb == "publish-text":
        return Act(READY[verb], publish_what_is_clean, evolve)
    return ERASE if verb == "erase" else Act(READY[verb], partial(happens, verb), evolve)
