"""Turns the text of a policy file into a policy, or into the list of all its problems."""

from dandang.policy.categories import grow_tree
from dandang.policy.checks import check_parts
from dandang.policy.fingerprint import fingerprint
from dandang.policy.origins import check_origins
from dandang.policy.policy import Policy
from dandang.policy.reading import read_parts
from dandang.policy.report import Report
from dandang.policy.table import Table
from dandang.terms.toml import read_toml


def parse_policy(text: str, source: str) -> Policy:
    """Return the policy. `source` names the file in problems.

    Raises InputError with every problem found; `docs/reference/policy.md` lists their codes.
    """
    content, lines = read_toml(text, source)
    report = Report(source, lines)
    parts = read_parts(Table(content, (), report))
    categories = grow_tree(parts.drafts, report)
    check_parts(parts, report)
    check_origins(content, parts.sources, report)
    report.check()
    return Policy(
        name=parts.name,
        version=parts.version,
        title_zh=parts.title_zh,
        title_en=parts.title_en,
        hash=fingerprint(content),
        default_class=parts.default_class,
        limits=parts.limits,
        watch=parts.watch,
        look_back=parts.look_back,
        evaluation=parts.evaluation,
        sources=parts.sources,
        classes=parts.classes,
        categories=categories,
        reasons=parts.reasons,
        ends=parts.ends,
        ladders=parts.ladders,
        missed=parts.missed,
        legal_routes=parts.legal_routes,
        text=text,
    )
