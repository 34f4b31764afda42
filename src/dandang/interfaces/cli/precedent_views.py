"""Decided disputes as the command line shows them: as JSON with stable keys, and in words."""

from collections.abc import Iterable, Iterator, Mapping

from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.tables import shorten
from dandang.interfaces.shared.words.names import Names
from dandang.interfaces.shared.words.times import stamp
from dandang.lifecycle.casework.precedent_search import (
    Found,
    Sought,
    precedents,
    reasons_in_words,
)
from dandang.organization.queries import current_policy, directory

PAGE = 500
_WIDTH = 40

Pages = Iterable[list[Found]]


def pages(sought: Sought, limit: int) -> Iterator[list[Found]]:
    """Yield at most so many decisions, page by page."""
    units, policy = directory(), current_policy()
    after = None
    while page := precedents(sought, units, policy, limit=min(PAGE, limit), after=after):
        yield page
        limit -= len(page)
        if not limit:
            return
        after = page[-1].place


def records(found: Pages, *, reveal: bool) -> Iterator[dict[str, object]]:
    """Yield each decision as JSON; its reasons in words only where they may be shown."""
    for page in found:
        texts = reasons_in_words(page) if reveal else {}
        for one in page:
            decision = one.decision
            record: dict[str, object] = {
                "reference": one.reference,
                "decided_at": decision.decided_at,
                "category": decision.category,
                "area": decision.area,
                "reason": decision.reason or None,
                "ground": decision.ground or None,
                "from_unit": decision.from_unit,
                "wanted_unit": decision.wanted_unit or None,
                "to_unit": decision.to_unit,
                "to_post": decision.to_post,
                "basis": decision.basis,
            }
            yield {**record, "text": texts.get(decision.event_id)} if reveal else record


def header(*, reveal: bool) -> list[str]:
    """Return the heads of the columns of a list."""
    heads = [
        _("Decided"),
        _("Reference"),
        _("Category"),
        _("Area"),
        _("Reason"),
        _("Held by"),
        _("Named"),
        _("Holder"),
        _("Basis"),
    ]
    return [*heads, _("Reasons in words")] if reveal else heads


def rows(found: Pages, known: Names, *, reveal: bool) -> Iterator[list[str]]:
    """Yield each decision in words."""
    for page in found:
        texts = reasons_in_words(page) if reveal else {}
        for one in page:
            row = _row(one, known)
            yield [*row, _text(one, texts)] if reveal else row


def _row(one: Found, known: Names) -> list[str]:
    decision = one.decision
    return [
        stamp(decision.decided_at),
        one.reference,
        known.category(decision.category),
        known.area(decision.area) or "--",
        known.reason(decision.reason) or "--",
        known.unit(decision.from_unit),
        known.unit(decision.wanted_unit) or "--",
        f"{known.unit(decision.to_unit)} · {known.post(decision.to_post)}",
        shorten(decision.basis, _WIDTH),
    ]


def _text(one: Found, texts: Mapping[int, str]) -> str:
    return shorten(texts.get(one.decision.event_id) or _("(erased)"), _WIDTH)
