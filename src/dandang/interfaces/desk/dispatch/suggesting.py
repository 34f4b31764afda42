"""Who should hold a new request, and every reason for it in words, as the dispatcher reads them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dandang.interfaces.desk.access import Officer
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import date_stamp
from dandang.lifecycle.casework.by_kind import Kind
from dandang.lifecycle.casework.going import Course, courses
from dandang.lifecycle.casework.queries import facts_for_all
from dandang.lifecycle.casework.received import Received
from dandang.lifecycle.casework.rules.facts import Facts
from dandang.lifecycle.casework.rules.holding import may_lead
from dandang.lifecycle.casework.rules.state import CaseState, units_of
from dandang.lifecycle.routing.confidence import (
    Confidence,
    Evidence,
    Suggestion,
    Told,
    suggest,
)
from dandang.lifecycle.routing.suggesting import stands_out, suggest_category
from dandang.organization.directory import Duty
from dandang.terms import Refusal

CONFIDENCE: dict[str, str | Promise] = {
    Confidence.CLEAR: gettext_lazy("clear"),
    Confidence.LIKELY: gettext_lazy("likely"),
    Confidence.OPEN: gettext_lazy("open: please choose"),
}
_STYLE = {Confidence.CLEAR: "ok", Confidence.LIKELY: "", Confidence.OPEN: "soon"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A post that comes into question."""

    post: str
    words: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """Who should hold a case, in words.

    `category` is the code of the one that goes with it ("" where there is none); `is_new` says that
    it is suggested, too. `post` is "" where none stands out. `why` are the reasons, `decisions` the
    query string of the file of precedents where disputes about such a matter there were decided.
    """

    category: str
    category_words: str
    is_new: bool
    post: str
    post_words: str
    confidence: str
    style: str
    is_clear: bool
    why: tuple[str, ...]
    others: tuple[Choice, ...]
    decisions: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A new request with what the rules know of it and what is suggested."""

    one: Received
    facts: Facts
    suggested: Suggested


def weigh(found: Sequence[Received], officer: Officer) -> list[Weighed]:
    """Return new requests with who should hold each of them. Four queries, whatever the number."""
    known = facts_for_all([one.state for one in found], by=officer.actor, now=officer.now)
    both = [(one, facts, *_category(one, facts)) for one, facts in zip(found, known, strict=True)]
    kinds = {(category or None, facts.case.area) for _one, facts, category, _told in both}
    gone = courses(kinds, hidden_from=officer.kept_out)
    return [
        Weighed(one, facts, _Scale(facts, category, told, gone).suggested())
        for one, facts, category, told in both
    ]


def _category(one: Received, facts: Facts) -> tuple[str, Told]:
    """Return the category of a case, or the one that its words point to, and how it is known."""
    given, policy = facts.case.category, facts.policy
    if given in policy.categories:
        return str(given), Told.GIVEN
    words = f"{one.title}\n{one.text}"
    found = suggest_category(policy, words)
    if not found:
        return "", Told.NOT
    return found, Told.PLAIN if stands_out(policy, words, found) else Told.GUESSED


class _Scale:
    """Weighs what is known of one case."""

    def __init__(self, facts: Facts, category: str, told: Told, gone: dict[Kind, Course]) -> None:
        self._facts = facts
        self._names = Names(facts.directory, facts.policy)
        self._category = category
        self._told = told
        self._path = facts.policy.category_path(category) if category else ()
        self._course = gone[category or None, facts.case.area]
        today = facts.directory.local_day(facts.now)
        area = facts.case.area
        self._duties = facts.directory.duties_for(self._path, area, today) if self._path else ()
        self._gave_back = _gave_back(facts.case)

    def suggested(self) -> Suggested:
        found = self._weighed()
        names, case = self._names, self._facts.case
        asked = {"category": self._category, "area": case.area or ""}
        return Suggested(
            category=self._category,
            category_words=names.category(self._category) if self._category else "",
            is_new=self._category != (case.category or ""),
            post=found.post,
            post_words=names.post_with_unit(found.post) if found.post else "",
            confidence=str(CONFIDENCE[found.confidence]),
            style=_STYLE[found.confidence],
            is_clear=found.confidence is Confidence.CLEAR,
            why=tuple(self._why()),
            others=tuple(Choice(post, names.post_with_unit(post)) for post in found.others),
            decisions=urlencode(asked) if self._course.decided else "",
        )

    def _weighed(self) -> Suggestion:
        leads = dict.fromkeys(duty.post for duty in self._duties)
        known = Evidence(
            told=self._told,
            leads=tuple(self._fitting(leads)),
            gone=tuple(one for one in self._course.gone if self._may_lead(one.post)),
            decided=tuple(self._fitting(one.post for one in self._course.decided)),
            refused=self._refused(),
        )
        found = suggest(known)
        if self._duties or not self._path or found.post:
            return found
        # Nobody leads such matters and nothing shows who should: what nobody holds goes here.
        fallback = self._facts.directory.fallback_post().code
        others = tuple(dict.fromkeys((fallback, *found.others)))
        return Suggestion("", Confidence.OPEN, others)

    def _fitting(self, posts: Iterable[str]) -> Iterator[str]:
        return (post for post in posts if self._may_lead(post))

    def _may_lead(self, post: str) -> bool:
        """Say whether the case could be assigned to a post at all."""
        target = self._facts.directory.posts.get(post)
        if target is None or post == self._facts.case.holder:
            return False
        try:
            may_lead(self._facts, target, self._path)
        except Refusal:
            return False
        return True

    def _refused(self) -> frozenset[str]:
        """Return the posts of the units that gave the case back: it does not go there by itself."""
        posts = self._facts.directory.posts.values() if self._gave_back else ()
        return frozenset(post.code for post in posts if post.unit in self._gave_back)

    def _why(self) -> Iterator[str]:
        yield from self._why_category()
        if self._path:
            yield from self._why_register()
        yield from self._why_course()
        for unit in self._gave_back:
            yield _("%(unit)s gave it back.") % {"unit": self._names.unit(unit)}

    def _why_category(self) -> Iterator[str]:
        words = {"category": self._names.category(self._category)}
        if self._told is Told.PLAIN:
            yield _("No category was chosen; the words say: %(category)s.") % words
        elif self._told is Told.GUESSED:
            yield _("No category was chosen; the words may mean: %(category)s.") % words
        elif self._told is Told.NOT:
            yield _("No category was chosen, and the words point to none.")

    def _why_register(self) -> Iterator[str]:
        posts = dict.fromkeys(duty.post for duty in self._duties)
        if not posts:
            fallback = self._facts.directory.fallback_post().code
            words = {"post": self._names.post_with_unit(fallback)}
            yield _("No line of the register matches; what nobody holds goes to %(post)s.") % words
        elif len(posts) > 1:
            words = {"posts": "; ".join(self._names.post_with_unit(post) for post in posts)}
            yield _("Several lines of the register compete: %(posts)s.") % words
        for duty in self._duties:
            yield duty_words(duty, self._names)

    def _why_course(self) -> Iterator[str]:
        total = sum(one.cases for one in self._course.gone)
        if total:
            most = self._course.gone[0]
            back = sum(one.came_back for one in self._course.gone)
            words = {"n": total, "own": most.cases, "post": self._names.post_with_unit(most.post)}
            yield (
                ngettext(
                    "The last %(n)s case alike in this area went to %(post)s.",
                    "Of the last %(n)s alike in this area, %(own)s went to %(post)s.",
                    total,
                )
                % words
            )
            if back:
                yield (
                    ngettext("%(n)s of them came back.", "%(n)s of them came back.", back)
                    % {"n": back}
                )
        for one in self._course.decided[:1]:
            words = {"unit": self._names.unit(one.unit), "day": date_stamp(one.decided_at)}
            yield (
                _("A dispute about such a matter here was decided for %(unit)s (%(day)s).") % words
            )


def _gave_back(case: CaseState) -> tuple[str, ...]:
    """Return the units that returned a case to whoever places it."""
    units = {unit for pair in case.returns for unit in units_of(pair)}
    return tuple(sorted(units - {case.holder_unit}))


def duty_words(duty: Duty, names: Names) -> str:
    """Return a line of the register with its basis: `Duty list no. 3: water supply, whole city`."""
    what = names.category(duty.category) if duty.category else _("all matters")
    words = {
        "basis": duty.basis or _("Register of duties, without a basis"),
        "what": what,
        "where": names.area(duty.area) or _("the whole body"),
    }
    return _("%(basis)s: %(what)s, %(where)s") % words
