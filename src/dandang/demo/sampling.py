"""The sample of closings that the supervision office of the city has drawn and begun to read."""

from datetime import datetime, timedelta
from random import Random

from dandang.demo.texts import Texts
from dandang.lifecycle.sampling.actions import draw, judge
from dandang.lifecycle.sampling.rules import SAMPLED, Judgement, Sought
from dandang.lifecycle.states import Opinion
from dandang.organization.directory import PostKind
from dandang.organization.queries import directory
from dandang.terms import Actor, Refusal

_CASES, _READ = 12, 4
_SINCE = timedelta(days=28)
_DAY = timedelta(days=1)


def draw_and_read(texts: Texts, now: datetime) -> None:
    """Draw twelve of the cases that ended in four weeks, and read the first four that one may."""
    register = directory()
    post = register.posts_of_kind(PostKind.SUPERVISION)[0]
    by = Actor.officer(register.officers_of(post.code, now)[0].code)
    today = register.local_day(now)
    sought = Sought(today - _SINCE, today - _DAY, "", SAMPLED, number=_CASES)
    sample = draw(sought, by=by, now=now)
    left = _READ
    for place in range(1, sample.cases + 1):
        if left and _read(sample.number, place, texts, by, now, says_no=left == 1):
            left -= 1


def _read(
    number: int, place: int, texts: Texts, by: Actor, now: datetime, *, says_no: bool
) -> bool:
    """Judge a case of the sample; say whether this officer may."""
    said = Judgement(Opinion.YES, Opinion.YES)
    if says_no:
        text = texts.word("not_answered", Random(0))  # noqa: S311 a story, not a secret
        said = Judgement(Opinion.NO, Opinion.UNCLEAR, text)
    try:
        judge(number, place, said, by=by, now=now)
    except Refusal:  # decided by this very officer: somebody else reads it
        return False
    return True
