"""Checks that every figure of a policy says where it comes from."""

from collections.abc import Iterator, Mapping

from dandang.policy.report import Report
from dandang.policy.schema import Source
from dandang.terms.toml_positions import Path

FIGURES = (
    ("clocks", "*"),
    ("classes", "*", "clocks", "*"),
    ("limits", "*"),
    ("watch", "*"),
    ("look_back", "*"),
    ("evaluation", "*"),
    ("legal_routes", "*", "limit"),
    ("legal_routes", "*", "extension"),
    ("categories", "*", "confirm_after"),
    ("ladders", "*", "steps"),
)
"""The places of a policy file where figures stand, with `*` for any key."""


def check_origins(
    content: Mapping[str, object], sources: tuple[Source, ...], report: Report
) -> None:
    """Note sources that back nothing there is (`unknown_path`) and figures that none backs.

    A source may back a whole table: `limits` backs every key of it. A figure without any source
    is noted as `figure_without_source`.
    """
    backed = set(_backed(content, sources, report))
    for shape in FIGURES:
        for path in _places(content, shape):
            if not any(path[:length] in backed for length in range(1, len(path) + 1)):
                report.add("figure_without_source", path, key=".".join(path))


def _backed(
    content: Mapping[str, object], sources: tuple[Source, ...], report: Report
) -> Iterator[tuple[str, ...]]:
    for source in sources:
        for index, dotted in enumerate(source.backs):
            path = tuple(dotted.split("."))
            if _exists(content, path):
                yield path
            else:
                where: Path = ("sources", source.code, "backs", index)
                report.add("unknown_path", where, source_code=source.code, value=dotted[:60])


def _exists(content: object, path: tuple[str, ...]) -> bool:
    for key in path:
        if not isinstance(content, dict) or key not in content:
            return False
        content = content[key]
    return True


def _places(
    content: object, shape: tuple[str, ...], above: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    if not shape:
        yield above
        return
    if not isinstance(content, dict):
        return
    first, *rest = shape
    for key in content if first == "*" else content.keys() & {first}:
        yield from _places(content[key], tuple(rest), (*above, key))
