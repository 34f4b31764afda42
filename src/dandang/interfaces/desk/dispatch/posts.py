"""The posts that cases are assigned to, by unit, for a list that is about no single case."""

from dandang.interfaces.shared.words.names import Names
from dandang.organization.directory import Directory, Post, PostKind
from dandang.policy import Policy

_RECEIVING = frozenset({PostKind.DUTY})
_HEADING = frozenset({PostKind.HEAD})
Groups = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def receiving(directory: Directory, policy: Policy) -> Groups:
    """Return each unit with its posts for receiving cases, code and words."""
    names = Names(directory, policy)
    return tuple(
        (names.unit(code), tuple((post.code, names.post_with_unit(post.code)) for post in posts))
        for code in directory.units
        if (posts := _of_unit(directory.posts_in(code)))
    )


def _of_unit(posts: tuple[Post, ...]) -> list[Post]:
    on_duty = [post for post in posts if post.kinds & _RECEIVING]
    return on_duty or [post for post in posts if not post.kinds or post.kinds & _HEADING]
