"""What there is to choose from in the form of a verb: posts, reasons, categories, people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dandang.interfaces.desk.register import register_line
from dandang.interfaces.desk.samples import outcome_of, reasons_for
from dandang.interfaces.desk.timeline import Line
from dandang.interfaces.shared.words.cases import CALL_ANSWERS, OUTCOMES, STATES, VERDICTS, word
from dandang.interfaces.shared.words.fields import choice
from dandang.interfaces.shared.words.names import Names, name
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.times import moment
from dandang.lifecycle.casework.queries import ListedCase
from dandang.lifecycle.casework.rules.called import BY_THE_VERB, own_calls
from dandang.lifecycle.casework.rules.discretion import keeps_verdict
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import may_lead
from dandang.lifecycle.casework.rules.state import RequestState
from dandang.lifecycle.deadlines.rules import end_of
from dandang.lifecycle.states import Outcome
from dandang.lifecycle.verbs import Verb
from dandang.organization.directory import Post, PostKind
from dandang.policy import Category, Reason
from dandang.terms import Refusal

Choices = list[tuple[str, Any]]

_INDENT = "\u3000"
_ALONE, _ALONE_UP_TO_HERE = "\u2068", "\u2069"
"""So that nothing in a title turns round what is written behind it."""

_RECEIVING = frozenset({PostKind.DUTY, PostKind.DISPATCH})
_MAY_STAY = frozenset({"assign", "decide-dispute", "split", "act-on-call"})
_ANSWERING = frozenset({PostKind.HEAD, PostKind.SUPERVISION, PostKind.LEADER})
_NOT_TO_LEAD = frozenset({"request-assist", "object", "act-on-call", "name-sponsor"})
_ANY_MAY_BE_NAMED = frozenset({"assign", "dispute", "split"}) | _NOT_TO_LEAD
_ABOUT_CONTACT = frozenset(
    {"change-contact", "replace-code", "unmask", "ask-unmask", "see-earlier"}
)
ASKED_OF_PEOPLE = frozenset({"was_contacted", "was_pressed"})
"""What people are asked in these words; no answer is an answer, too."""


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts to choose from, by unit; `closed` ones cannot be chosen."""

    choices: Choices = field(default_factory=list)
    closed: frozenset[str] = frozenset()


def posts(verb: Verb, facts: Facts) -> Posts:
    """Return the posts that receive cases, that of the register of duties first.

    The present holder is not among them, except where it may be confirmed. Units that only assist
    in such matters stand there closed, with the reason.
    """
    names = Names(facts.directory, facts.policy)
    found = [post for post in _offered(verb, facts) if _can_go_to(post, verb, facts)]
    closed = {post.code: why for post in found if (why := _closed(post, verb, facts))}
    groups: Choices = []
    lead = "" if verb.name in _NOT_TO_LEAD else register_line(facts, facts.case.category).post
    if lead in {post.code for post in found} and lead not in closed:
        groups.append((_("By the register of duties"), [(lead, names.post_with_unit(lead))]))
    by_unit: dict[str, list[tuple[str, str]]] = {}
    for post in found:
        words = names.post_with_unit(post.code)
        label = f"{words} ({closed[post.code]})" if post.code in closed else words
        by_unit.setdefault(post.unit, []).append((post.code, label))
    groups += [(names.unit(unit), options) for unit, options in by_unit.items()]
    return Posts(groups, frozenset(closed))


def _offered(verb: Verb, facts: Facts) -> Iterable[Post]:
    if verb.name == "object":
        return (post for post in facts.directory.posts.values() if post.works_on_cases)
    if verb.name == "name-sponsor":
        posts = facts.directory.posts.values()
        return (post for post in posts if post.kinds & _ANSWERING and post.ended is None)
    return _receiving(facts)


def _receiving(facts: Facts) -> Iterable[Post]:
    """Yield each unit's posts for receiving cases: for duty or dispatch, else its plain posts."""
    for unit in facts.directory.units.values():
        own = facts.directory.posts_in(unit.code)
        yield from (
            [post for post in own if post.kinds & _RECEIVING]
            or [post for post in own if not post.kinds or PostKind.HEAD in post.kinds]
        )


def _can_go_to(post: Post, verb: Verb, facts: Facts) -> bool:
    if verb.name == "object":
        return post not in facts.posts
    return verb.name in _MAY_STAY or post.code != facts.case.holder


def _closed(post: Post, verb: Verb, facts: Facts) -> str:
    """Return why the register keeps a post from leading; "" where it does not.

    A dispatcher may correct the category in the same act, whoever disputes only says who, and
    nobody leads by assisting or by answering an objection.
    """
    if verb.name in _ANY_MAY_BE_NAMED:
        return ""
    try:
        may_lead(facts, post, facts.category_path)
    except Refusal as refused:
        return refusal(refused)
    return ""


def units(facts: Facts) -> Choices:
    """Return the units of the body, each under the one above it."""
    return list(_below(None, facts, 0))


def _below(above: str | None, facts: Facts, depth: int) -> Iterator[tuple[str, str]]:
    for unit in facts.directory.units.values():
        if unit.parent == above:
            yield unit.code, _INDENT * depth + name(unit)
            yield from _below(unit.code, facts, depth + 1)


def entries(lines: Iterable[Line]) -> tuple[tuple[str, str], ...]:
    """Return the entries of a timeline, by their numbers."""
    return tuple(
        (str(line.number), f"#{line.number} · {line.when} · {line.what}") for line in lines
    )


def similar(found: Iterable[ListedCase], facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return cases to join this one to: what they are about, where they stand, who holds them.

    Those that ended too long ago to come back are left out.
    """
    names = Names(facts.directory, facts.policy)
    return tuple(
        (
            one.reference,
            " · ".join(
                (
                    one.reference,
                    f"{_ALONE}{one.title or _('(erased)')}{_ALONE_UP_TO_HERE}",
                    word(STATES, one.state),
                    names.unit(one.holder_unit),
                    moment(one.sent_at, facts.now),
                )
            ),
        )
        for one in found
        if one.ended_at is None or _can_come_back(one.ended_at, facts)
    )


def _can_come_back(ended_at: datetime, facts: Facts) -> bool:
    return facts.now <= end_of(facts.policy.limits.recurrence_window, ended_at, facts.calendar).at


def categories(facts: Facts) -> Choices:
    """Return the categories of the case's policy, by the topmost one, each with who leads there."""
    names = Names(facts.directory, facts.policy)
    groups: dict[str, Choices] = {}
    for category in facts.policy.categories.values():
        top = facts.policy.category(facts.policy.category_path(category.code)[0])
        groups.setdefault(name(top), []).append((category.code, _category(category, facts, names)))
    return list(groups.items())


def reasons(verb: Verb, facts: Facts) -> Choices:
    """Return the reasons this officer may give; those of a proposal stand under its outcome."""
    found = reasons_for(verb, facts)
    if verb.name != "propose":
        return [(one.code, _reason(one)) for one in found]
    groups: dict[Outcome, Choices] = {}
    for one in found:
        groups.setdefault(outcome_of(one), []).append((one.code, _reason(one)))
    return [(word(OUTCOMES, outcome), options) for outcome, options in groups.items()]


def outcomes(verb: Verb, facts: Facts) -> Choices:
    """Return what may be proposed for a case of this category."""
    allowed = {Outcome.RESOLVED, *(outcome_of(one) for one in reasons_for(verb, facts))}
    return [(one.value, word(OUTCOMES, one)) for one in Outcome if one in allowed]


def readers(facts: Facts) -> Choices:
    """Return who qualifies as second reader: other officers, outside the holder's unit."""
    directory = facts.directory
    return [
        (officer.code, f"{name(officer)} ({officer.code})")
        for officer in directory.officers.values()
        if officer.code != facts.by.code
        and any(
            post.works_on_cases and not directory.in_subtree(post.unit, facts.case.holder_unit)
            for post in directory.posts_of(officer.code, facts.now)
        )
    ]


def answers(facts: Facts) -> Choices:
    """Return the acts that answer a call upon the officer."""
    calls = own_calls(facts)
    return [
        (act.value, word(CALL_ANSWERS, act))
        for act in BY_THE_VERB
        if any(one.answered_by(act) for one in calls)
    ]


def requests(facts: Facts, verb: Verb) -> Choices:
    """Return the requests that can be judged; those withdrawn, too, where it is about contacts."""
    withdrawn_too = verb.name in _ABOUT_CONTACT
    return [
        (str(one.number), _request(one, facts))
        for one in facts.case.requests
        if one.is_active or (withdrawn_too and not one.moved)
    ]


def unmaskings(facts: Facts) -> Choices:
    """Return who asked to look at a requester, and why; never what the officer asked."""
    names = Names(facts.directory, facts.policy)
    return [
        (
            str(one.seq),
            _("%(officer)s · request %(number)s · %(purpose)s · %(when)s")
            % {
                "officer": names.officer(one.by),
                "number": one.request,
                "purpose": choice("purpose", one.purpose),
                "when": moment(one.asked_at, facts.now),
            },
        )
        for one in facts.case.unmaskings
        if one.waits and one.by != facts.by.code
    ]


def _request(one: RequestState, facts: Facts) -> str:
    words = _("Request %(number)s, sent %(when)s") % {
        "number": one.number,
        "when": moment(one.sent_at, facts.now),
    }
    if not one.verdict or keeps_verdict(facts, one):
        return words
    return f"{words} · {word(VERDICTS, one.verdict)}"


def _category(category: Category, facts: Facts, names: Names) -> str:
    lead = register_line(facts, category.code).post
    if not lead:
        return name(category)
    return f"{name(category)} → {names.unit(facts.directory.post(lead).unit)}"


def _reason(one: Reason) -> str:
    return _("%(reason)s (basis needed)") % {"reason": name(one)} if one.needs_basis else name(one)
