"""Filling in the steps of a report in a real browser."""

from tests.browser.conftest import Visitor


def writes(visitor: Visitor, text: str) -> Visitor:
    """Fill in a report as far as its check; only the text is given."""
    visitor.goes("/new/").submits("next")
    visitor.fills("text", text).submits("next")
    return visitor.submits("next")


def sends(visitor: Visitor, text: str) -> Visitor:
    """Fill in a report and send it."""
    return writes(visitor, text).submits("send")
