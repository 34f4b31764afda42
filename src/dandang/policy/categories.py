"""The tree of categories: reading it, checking it, handing down what parents say."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dandang.policy.report import Report
from dandang.policy.schema import Category
from dandang.policy.spans import Span
from dandang.policy.table import Table
from dandang.policy.vocabulary import FORBIDDABLE_ENDS, EndName


@dataclass(frozen=True, slots=True)
class Draft:
    """A category as its own lines in the file say it; its parents may add to that."""

    code: str
    name_zh: str
    name_en: str
    parent: str | None
    case_class: str | None
    hint_zh: str | None
    hint_en: str | None
    confirm_after: Span | None
    legal_route: str | None
    ends_forbidden: frozenset[EndName]


def read_draft(code: str, table: Table) -> Draft:
    """Read one category."""
    hint_zh, hint_en = table.text_pair("hint")
    return Draft(
        code=code,
        name_zh=table.name("name_zh"),
        name_en=table.name("name_en"),
        parent=table.code_or_none("parent"),
        case_class=table.code_or_none("class"),
        hint_zh=hint_zh,
        hint_en=hint_en,
        confirm_after=table.span_or_none("confirm_after"),
        legal_route=table.code_or_none("legal_route"),
        ends_forbidden=_ends_forbidden(table),
    )


def _ends_forbidden(table: Table) -> frozenset[EndName]:
    if not table.has("ends_forbidden"):
        return frozenset()
    ends = frozenset(table.many_of("ends_forbidden", EndName))
    for end in sorted(ends - FORBIDDABLE_ENDS):
        table.report.add("end_cannot_be_forbidden", (*table.path, "ends_forbidden"), end=end.value)
    return ends


def grow_tree(drafts: Mapping[str, Draft], report: Report) -> Mapping[str, Category]:
    """Return the categories with what they have from their parents, in the order of the file.

    Notes `unknown_parent`, `category_loop` (once for each loop) and `category_without_class`
    (at roots only: a child has its class from above). Categories that never reach a root are
    left out.
    """
    grown: dict[str, Category] = {}
    lost: set[str] = set()
    for draft in drafts.values():
        branch: dict[str, Draft] = {}
        here: Draft | None = draft
        while here and here.code not in branch and here.code not in grown and here.code not in lost:
            branch[here.code] = here
            here = _parent(here, drafts, report)
        if here and here.code in branch:
            report.add("category_loop", ("categories", here.code, "parent"), category=here.code)
        if here and here.code not in grown:
            lost.update(branch)
            continue
        for one in reversed(branch.values()):
            grown[one.code] = _grow(one, grown.get(one.parent or ""), report)
    return MappingProxyType({code: grown[code] for code in drafts if code in grown})


def _parent(draft: Draft, drafts: Mapping[str, Draft], report: Report) -> Draft | None:
    if not draft.parent:
        return None
    if draft.parent not in drafts:
        path = ("categories", draft.code, "parent")
        report.add("unknown_parent", path, category=draft.code, parent=draft.parent)
    return drafts.get(draft.parent)


def _grow(draft: Draft, parent: Category | None, report: Report) -> Category:
    path = ("categories", draft.code)
    case_class = draft.case_class or (parent.case_class if parent else "")
    if not case_class and parent is None and report.is_clean(path):
        report.add("category_without_class", path, category=draft.code)
    allowed = parent.ends_allowed if parent else frozenset(EndName)
    return Category(
        code=draft.code,
        name_zh=draft.name_zh,
        name_en=draft.name_en,
        parent=draft.parent,
        case_class=case_class,
        hint_zh=draft.hint_zh,
        hint_en=draft.hint_en,
        confirm_after=draft.confirm_after or (parent.confirm_after if parent else None),
        legal_route=draft.legal_route or (parent.legal_route if parent else None),
        ends_allowed=allowed - draft.ends_forbidden,
    )
