"""Which documents a page offers an officer: links to those that they may have."""

from dataclasses import dataclass

from dandang.interfaces.desk.access import Officer, OpenCase
from dandang.interfaces.desk.documents.making import TITLES
from dandang.interfaces.desk.documents.permission import issuing_post, may_have_sheet
from dandang.interfaces.shared.words.names import Names
from dandang.organization.directory import PostKind


@dataclass(frozen=True, slots=True)
class Offered:
    """Kind and title of each document on a case; `sheet_of` is a post with a sheet, or ""."""

    kinds: tuple[tuple[str, str], ...]
    sheet_of: str


def documents_of(officer: Officer, opened: OpenCase) -> Offered:
    """Return what is offered on the page of a case."""
    case = opened.view.state
    left_out = set() if case.is_open and issuing_post(opened.facts) else {"notice"}
    has_sheet = case.is_open and may_have_sheet(officer, case.holder)
    return Offered(
        kinds=tuple((kind, str(title)) for kind, title in TITLES.items() if kind not in left_out),
        sheet_of=case.holder if has_sheet else "",
    )


def sheets_of(officer: Officer, names: Names) -> tuple[tuple[str, str], ...]:
    """Return code and name of the posts whose sheets are at hand: one's own, those one heads."""
    directory = officer.directory
    heads = {post.unit for post in officer.posts if PostKind.HEAD in post.kinds}
    headed = (
        post
        for code in directory.units
        if any(directory.in_subtree(code, unit) for unit in heads)
        for post in directory.posts_in(code)
    )
    codes = dict.fromkeys(post.code for post in (*officer.posts, *headed))
    return tuple((code, names.post_with_unit(code)) for code in codes)
