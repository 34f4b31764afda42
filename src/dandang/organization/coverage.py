"""Where in the tree of areas a category has no lead duty, told at the highest area possible."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dandang.organization.directory import Directory

WHOLE_BODY = ""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Areas without a lead duty; an empty string stands for the whole body.

    `whole`: nobody leads in the area or anywhere below it, and this is not so for the area above.
    `unplaced`: nobody leads for cases placed in the area no more exactly, though somebody leads
    below; only the topmost such area is named.
    """

    whole: tuple[str, ...]
    unplaced: tuple[str, ...]


def gaps(
    directory: Directory, category_path: Sequence[str], changing: Collection[str], on: date
) -> Gaps:
    """Return where nobody leads this category.

    `changing` names the areas that have duties for the category or one above it. Everywhere else
    the answer is that of the area above, so only these areas and those above them are asked.
    """
    asked = _with_areas_above(directory, changing)
    led = {area: bool(directory.duties_for(category_path, area or None, on)) for area in asked}
    whole: dict[str, bool] = {}
    for area in reversed(asked):
        whole[area] = not led[area] and all(
            whole.get(child, True) for child in directory.children_of(area or None)
        )
    return Gaps(
        whole=tuple(_topmost_whole(directory, asked, led, whole)),
        unplaced=tuple(_topmost_unplaced(directory, asked, led, whole)),
    )


def _with_areas_above(directory: Directory, changing: Iterable[str]) -> list[str]:
    paths = {directory.area_path(area) for area in changing}
    closure = {path[: depth + 1] for path in paths for depth in range(len(path))}
    return [WHOLE_BODY, *(path[-1] for path in sorted(closure, key=len))]


def _topmost_whole(
    directory: Directory, asked: Iterable[str], led: Mapping[str, bool], whole: Mapping[str, bool]
) -> Iterator[str]:
    if whole[WHOLE_BODY]:
        yield WHOLE_BODY
    for area in asked:
        if not whole[area]:
            children = directory.children_of(area or None)
            # A child that was not asked has the answer of the area itself.
            yield from (child for child in children if whole.get(child, not led[area]))


def _topmost_unplaced(
    directory: Directory, asked: Iterable[str], led: Mapping[str, bool], whole: Mapping[str, bool]
) -> Iterator[str]:
    unplaced = {area for area in asked if not led[area] and not whole[area]}
    for area in sorted(unplaced):
        above = directory.areas[area].parent or WHOLE_BODY if area else None
        if above not in unplaced:
            yield area
