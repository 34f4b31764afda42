"""Whose work needs a second factor at sign-in: it follows from the posts held at the moment."""

from collections.abc import Collection, Iterable

from dandang.organization.entries import Post, PostKind

_PLAIN = frozenset({PostKind.DUTY})

DEFAULT = frozenset(PostKind) - {PostKind.DUTY}
"""All kinds of post but plain duty posts."""


def needs_second_factor(posts: Iterable[Post], kinds: Collection[PostKind]) -> bool:
    """Say whether somebody in these posts has to show a second factor, if these kinds have to.

    A post of no kind works on cases as a plain one does.
    """
    return any((post.kinds or _PLAIN) & frozenset(kinds) for post in posts)


def kinds_of(text: str) -> frozenset[PostKind]:
    """Read a setting: kinds of post separated by commas, `all`, or `none`; empty is `DEFAULT`.

    Raises ValueError with the first word that is no kind of post.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        return DEFAULT
    if words == ["all"]:
        return frozenset(PostKind)
    if words == ["none"]:
        return frozenset()
    return frozenset(PostKind(word) for word in words)
