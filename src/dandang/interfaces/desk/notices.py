"""What an officer is told before an act: where it leads, which limits are near."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.translation import gettext as _

from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import span
from dandang.lifecycle.casework.rules.behalf import is_collected
from dandang.lifecycle.casework.rules.custody import hand_over_is_disputed, return_is_disputed
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.state import pair_of
from dandang.policy import ClockName


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence. `is_warning` marks what makes the act end differently than it is called."""

    words: str
    is_warning: bool = False


def notices_for(verb: str, facts: Facts) -> tuple[Notice, ...]:
    """Return what to say above the form of a verb."""
    maker = _MAKERS.get(verb)
    return tuple(maker(facts)) if maker else ()


def _hand_over(facts: Facts) -> Iterator[Notice]:
    limit = facts.policy.limits.dispute_at_hand_over
    if hand_over_is_disputed(facts):
        yield Notice(
            _(
                "The limit of %(limit)s hand-overs is reached: this one goes to the deciding "
                "office. You keep the case until it is decided."
            )
            % {"limit": limit},
            is_warning=True,
        )
        return
    yield from _receiving(facts)
    after = replace(facts, case=replace(facts.case, hand_overs=facts.case.hand_overs + 1))
    if hand_over_is_disputed(after):
        yield Notice(
            _(
                "This is hand-over no. %(number)s of the case: the next one goes to the deciding "
                "office."
            )
            % {"number": facts.case.hand_overs + 1},
            is_warning=True,
        )


def _return(facts: Facts) -> Iterator[Notice]:
    if return_is_disputed(facts):
        yield Notice(
            _(
                "The case went back and forth between these two units before: this return goes to "
                "the deciding office. You keep the case until it is decided."
            ),
            is_warning=True,
        )
        return
    names = Names(facts.directory, facts.policy)
    yield Notice(
        _("It goes back to: %(post)s") % {"post": names.post_with_unit(facts.case.came_from)}
    )
    back = facts.directory.post(facts.case.came_from).unit
    pair = pair_of(facts.case.holder_unit, back)
    returns = {**facts.case.returns, pair: facts.case.returns.get(pair, 0) + 1}
    if return_is_disputed(replace(facts, case=replace(facts.case, returns=returns))):
        yield Notice(
            _("The next return between these two units goes to the deciding office."),
            is_warning=True,
        )


def _ask(facts: Facts) -> Iterator[Notice]:
    limits = facts.policy.limits
    yield Notice(
        _("Question %(number)s of at most %(most)s; together they may wait %(time)s.")
        % {
            "number": facts.case.questions + 1,
            "most": limits.max_questions,
            "time": span(limits.question_time),
        }
    )


def _note(facts: Facts) -> Iterator[Notice]:
    if is_collected(facts, None, ""):
        yield Notice(
            _(
                "What you write here stands as the requester's own words, given to you: the "
                "requester and those who work on the case read it."
            )
        )


def _receiving(facts: Facts) -> Iterator[Notice]:
    """Say how long the post that gets the case has to accept or to return it."""
    accept = facts.case_class.clocks.get(ClockName.ACCEPT)
    back = facts.case_class.clocks.get(ClockName.RETURN_WINDOW)
    if accept and back:
        yield Notice(
            _("The receiving post has %(accept)s to accept and %(back)s to return it.")
            % {"accept": span(accept), "back": span(back)}
        )


_MAKERS: Mapping[str, Callable[[Facts], Iterator[Notice]]] = MappingProxyType(
    {
        "assign": _receiving,
        "hand-over": _hand_over,
        "return": _return,
        "decide-dispute": _receiving,
        "ask": _ask,
        "note": _note,
    }
)
