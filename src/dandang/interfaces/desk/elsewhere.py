"""What an act does to other cases than its own, in sentences, as far as the officer may know."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dandang.interfaces.desk.access import OpenCase
from dandang.interfaces.desk.foreseeing import sentences_of
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.actions.act import Imagined
from dandang.lifecycle.casework.rules.permit import may_read
from dandang.lifecycle.casework.rules.unfold import Born, Change
from dandang.lifecycle.foreseen import foreseen
from dandang.lifecycle.verbs import Kind, Verb


def touches_another(verb: Verb) -> bool:
    """Say whether a verb is about two cases."""
    return verb.undoes_a_merge or any(one.kind is Kind.CASE for one in verb.fields)


def said_before(verb: Verb) -> str:
    """Return what is said of the other case while nobody knows which one it is."""
    if verb.undoes_a_merge:
        return _(
            "The requesters that came from this case leave the other one and come back to this "
            "one. The preview shows what becomes of both cases."
        )
    return _(
        "All requesters of this case go on in the one you choose. The preview shows what becomes "
        "of both cases."
    )


def elsewhere(opened: OpenCase, imagined: Imagined) -> tuple[str, ...]:
    """Return what would become of other cases, and which would open."""
    return (
        *(
            sentence
            for reference, change in imagined.others
            for sentence in _of_other(opened, reference, change)
        ),
        *(_of_born(opened, one) for one in imagined.born),
    )


def _of_other(opened: OpenCase, reference: str, change: Change) -> Iterator[str]:
    facts = replace(
        opened.facts, case=change.before, kin_units=frozenset({opened.facts.case.holder_unit})
    )
    if not may_read(facts):
        yield _("Another case that you may not open changes with it.")
        return
    told = [*_requesters(change)]
    told += sentences_of(replace(opened, facts=facts), foreseen(change), change.after)
    for sentence in told:
        yield _("%(reference)s: %(sentence)s") % {"reference": reference, "sentence": sentence}


def _requesters(change: Change) -> Iterator[str]:
    more = len(change.after.active) - len(change.before.active)
    if more > 0:
        yield (
            ngettext(
                "%(n)s requester more, with everybody's reference as it was.",
                "%(n)s requesters more, with everybody's reference as it was.",
                more,
            )
            % {"n": more}
        )
    if more < 0:
        yield (
            ngettext("%(n)s requester leaves it.", "%(n)s requesters leave it.", -more)
            % {"n": -more}
        )


def _of_born(opened: OpenCase, born: Born) -> str:
    facts, case = opened.facts, born.state
    names = Names(facts.directory, facts.policy, case.case_class)
    words = {"post": names.post_with_unit(case.holder)}
    total = case.total
    if total is None or total.at is None:
        return _("A part goes on as a case of its own, which %(post)s holds.") % words
    words["when"] = moment(total.at, facts.now)
    return _("A part goes on as a case of its own, which %(post)s holds, until %(when)s.") % words
