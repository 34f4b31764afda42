"""Naming a request that came without a title."""

_TITLE = 40


def title_of(text: str) -> str:
    """Return the beginning of a text as its title: its first line, cut at 40 characters or before.

    A cut falls between words where there are spaces; Chinese has none.
    """
    first = text.split("\n", 1)[0].strip()
    if len(first) <= _TITLE:
        return first
    start = first[: _TITLE - 1]
    return f"{start.rsplit(' ', 1)[0] if ' ' in start[_TITLE // 2 :] else start}…"
