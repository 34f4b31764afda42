"""Public matters that may be the one somebody is about to report."""

from dandang.lifecycle.intake.drafts import Draft


def cards(draft: Draft) -> list[object]:
    return []


def has_similar(draft: Draft) -> bool:
    return bool(cards(draft))


def unshown(draft: Draft) -> str:
    return ""
