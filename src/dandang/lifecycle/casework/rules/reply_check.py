"""What can be said of an answer before a person has judged it: readable findings, never a score.

Every rule stands for something people see at a glance: too short, only polite phrases, about
something else, only the name of another unit. The figures come from 1,939 real Chinese answers of
a city's offices (the thresholds were chosen on one half and tried on the other).
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from types import MappingProxyType

SHORTEST = 40
"""An answer of so many characters (white space not counted) or fewer says too little."""

LEAST_LIKE = 0.05
"""An answer that shares less of its wording with the request is probably about something else."""

LEAST_COMPARED = 60
"""Shorter texts share too little with anything to be compared; the same for requests below."""

_LEAST_OF_REQUEST = 12
_LEAST_LEFT = 60
_SHORT_CLAUSE = 24
_LEAST_REPEATED = 4


class Finding(StrEnum):
    """One thing to look at. The words for people live in `interfaces/shared/words`."""

    ONLY_ANOTHER_UNIT = "only_another_unit"
    ONLY_PHRASES = "only_phrases"
    ONLY_THE_REQUEST = "only_the_request"
    TOO_SHORT = "too_short"
    BESIDE_THE_REQUEST = "beside_the_request"
    NO_BASIS = "no_basis"


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in an answer. `units` are the codes of other units that it names, in its order.

    `likeness` (0 to 1) is how much of its wording it shares with the request; None where one of
    the two is too short to compare. `length` and `left` are characters without white space: of the
    whole, and of what is left without polite phrases, pointers to others and what it repeats of the
    request; `own` are those of the whole without what it repeats.
    """

    length: int
    own: int
    left: int
    likeness: float | None
    cites: bool
    telephone: bool
    points_away: bool
    units: tuple[str, ...]


_CITES = re.compile(
    r"《[^》]{2,60}》"
    r"|[〔\[【（(﹝][12]\d{3}[〕\]】）)﹞]\s*第?\s*\d{1,5}\s*号"
    r"|第\s*[一二三四五六七八九十百千零〇\d]{1,6}\s*[条款]"
    r"|§\s*\d|\b(?:section|article|regulation|rule|act|bylaw|by-law)\s+(?:no\.?\s*)?\d"
    r"|\bunder\s+the\s+[A-Z][a-z]+|\baccording\s+to\b|\bin\s+accordance\s+with\b|\bpursuant\s+to\b"
    r"|根据.{2,40}?(?:规定|办法|条例|通知|意见|方案|规划|要求|法|政策|标准|精神)|依据|按照.{2,30}?规定",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<!\d)(?:0\d{2,3}[-－—\s]{0,3}\d{3,4}[-－—\s]{0,2}\d{4,6}|1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|[2-9]\d{6,7}|1[02]\d{3}"
    r"|\+\d[\d\s-]{7,16}|\(?\d{3}\)?[-\s]\d{3}[-\s]\d{4})(?!\d)"
)
_PHRASES = re.compile(
    r"(?:尊敬的)?(?:各位)?(?:网友|市民|群众|业主|先生|女士|同志)[^，。：:！!,]{0,30}?[：:，,]"
    r"|您?(?:你)?好[！!，,。：:]?"
    r"|(?:您|你)?(?:的)?(?:来信|留言|诉求|问题|反映|情况|意见|建议|信件|帖子)[^，。；！]{0,12}(?:已|均已)?"
    r"(?:收悉|收到|知悉|获悉)"
    r"|(?:非常|衷心|首先|再次)?(?:地)?感谢(?:您|你|网友|市民)?[^，。！!；;]{0,40}"
    r"|(?:敬请|请)(?:您|你)?(?:谅解|理解|放心|知悉|继续关注|监督|耐心等待|予以理解)[^。！!]{0,16}"
    r"|(?:我们|我局|我区|我市|我办|我单位|我街道|相关部门|有关部门)?(?:对此)?(?:将|会|予以|十分|非常)?高度重视"
    r"|(?:现(?:将)?(?:有关)?(?:情况)?(?:作|做)?(?:如下)?(?:答复|回复|回应)如下)"
    r"|(?:特此|此复)(?:回复|答复)?"
    r"|(?:此致)?敬礼|祝(?:您|你)[^。！!]{0,20}|欢迎(?:您|你)?[^。！!]{0,30}(?:监督|支持|来电|反映)"
    r"|\d{4}年\d{1,2}月\d{1,2}日"
    r"|\b(?:dear\s+(?:sir|madam|resident|customer|neighbou?r|mr|mrs|ms)[\w .]*|thank\s+you[^.!]*"
    r"|thanks\s+for[^.!]*|we\s+(?:have\s+)?received\s+your[^.!]*|we\s+attach\s+great[^.!]*"
    r"|we\s+(?:appreciate|value)[^.!]*|(?:yours|kind|best)\s+\w+|please\s+be\s+assured[^.!]*)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，。；！？\n,.;!?]+")
_QUOTED = re.compile(r"[“”‘’\"「」『』：:]+")
_AWAY = re.compile(
    r"转交|转给|转至|转送|转往|转办|移交|交办|批转|转由|交由"
    r"|(?:请|建议|可)(?:您|你)?(?:直接|向|到|与|致电|咨询|拨打|联系|去)"
    r"|(?:不属于|不属|非)(?:我|本)"
    r"|(?:由|属于|属).{2,24}(?:负责|管辖|管理|职责|主管|处理)"
    r"|\b(?:passed|forwarded|referred|transferred|sent)\s+(?:(?:on|it|this)\s+)?to\b"
    r"|\bplease\s+(?:contact|call|ask|write\s+to|turn\s+to|get\s+in\s+touch)\b"
    r"|\bis\s+(?:the\s+)?(?:responsible|responsibility)\b|\b(?:not|isn't)\s+our\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^\s*(?:详询|详情|如有|若有|如需|如果|如您|if\s+you\s+have|for\s+(?:more|further))",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\w")
_WORDS = re.compile(r"[一-鿿]|[a-z]+|\d+", re.IGNORECASE)
_COMMON_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been by for from has have i in is it its of on or our that the "
        "there they this to us was we were will with you your",
    )
)
_COMMON_PAIRS = frozenset(
    re.findall(
        r"\w+",
        "您好 你好 我们 反映 问题 情况 相关 部门 有关 进行 工作 领导 尊敬 感谢 谢谢 希望 收悉 回复 "
        "答复 已经 目前 现在 可以 没有 网友 市民 书记 市长 留言 诉求 关于 由于 因为 所以 如下 处理 "
        "解决",
    )
)


def read(
    request: str, answer: str, other_units: Mapping[str, str] = MappingProxyType({})
) -> Reading:
    """Return what stands in an answer to a request.

    `other_units` are names by which units of the body other than the one that answers go, each
    with the code of its unit.
    """
    length = len(_bare(answer))
    left, points_away, repeated = _said(answer, _bare(request).lower())
    return Reading(
        length=length,
        own=length - repeated,
        left=left,
        likeness=likeness(request, answer),
        cites=_CITES.search(answer) is not None,
        telephone=_TELEPHONE.search(answer) is not None,
        points_away=points_away,
        units=_named(answer, other_units),
    )


def findings(reading: Reading, *, needs_basis: bool = False) -> tuple[Finding, ...]:
    """Return what to look at in an answer that was read, the weightiest first.

    `needs_basis` says that the answer explains or declines, so that it has to cite a rule.
    """
    return tuple(_findings(reading, needs_basis=needs_basis))


def _findings(reading: Reading, *, needs_basis: bool) -> Iterator[Finding]:
    names_another = reading.points_away and reading.left < _LEAST_LEFT
    if names_another:
        yield Finding.ONLY_ANOTHER_UNIT
    elif not reading.left:
        repeats = reading.own < reading.length
        yield Finding.ONLY_THE_REQUEST if repeats else Finding.ONLY_PHRASES
    if reading.own <= SHORTEST:
        yield Finding.TOO_SHORT
    if reading.likeness is not None and reading.likeness < LEAST_LIKE:
        yield Finding.BESIDE_THE_REQUEST
    if needs_basis and not reading.cites:
        yield Finding.NO_BASIS


def likeness(one: str, other: str) -> float | None:
    """Return the cosine of the pairs of neighbouring characters (of English: words) of two texts.

    0 means that they share nothing, 1 that they share all of it. None where a text is too short.
    """
    if len(_bare(one)) < _LEAST_OF_REQUEST or len(_bare(other)) < LEAST_COMPARED:
        return None
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return None
    shared = sum(number * second[pair] for pair, number in first.items() if pair in second)
    return min(1.0, shared / (_size(first) * _size(second)))


def _said(answer: str, request: str) -> tuple[int, bool, int]:
    """Return how many letters say something, and whether anything points to somebody else.

    Then how many characters repeat the request (without white space, in small letters): clauses
    that stand in it as they are. Whoever offers to answer questions, after the answer, points to
    nobody else.
    """
    letters, points_away, offers, repeated = 0, False, False, 0
    for whole in _CLAUSE.split(_PHRASES.sub("", answer)):
        clause, again = _without_repeating(whole, request)
        repeated += again
        offers = _MORE.search(clause) is not None or (offers and len(clause) < _SHORT_CLAUSE)
        if _AWAY.search(clause) is None:
            letters += len(_LETTER.findall(clause))
        elif not offers:
            points_away = True
    return letters, points_away, repeated


def _without_repeating(clause: str, request: str) -> tuple[str, int]:
    """Return a clause without what stands in the request, and how many characters that were."""
    pieces = [(piece, _bare(piece)) for piece in _QUOTED.split(clause)]
    own = [
        piece
        for piece, bare in pieces
        if len(bare) < _LEAST_REPEATED or bare.lower() not in request
    ]
    again = len(_bare(clause)) - len(_bare(" ".join(own))) if len(own) < len(pieces) else 0
    return (" ".join(own), again) if again else (clause, 0)


def _bare(text: str) -> str:
    return "".join(text.split())


def _pairs(text: str) -> Counter[str]:
    """Return the pairs of Chinese characters that stand side by side, and the English words."""
    found: Counter[str] = Counter()
    before, end = "", -1
    for match in _WORDS.finditer(text.lower()):
        word = match[0]
        is_character = "一" <= word <= "鿿"
        if is_character and before and end == match.start():
            found[before + word] += 1
        elif not is_character and word not in _COMMON_WORDS:
            found[word] += 1
        before, end = (word if is_character else ""), match.end()
    for pair in _COMMON_PAIRS & found.keys():
        del found[pair]
    return Counter({pair: min(number, 3) for pair, number in found.items()})


def _size(pairs: Counter[str]) -> float:
    return sqrt(sum(number * number for number in pairs.values()))


def _named(answer: str, other_units: Mapping[str, str]) -> tuple[str, ...]:
    text = answer.lower()
    places = {
        unit: place
        for name, unit in sorted(other_units.items())
        if name and (place := text.find(name.lower())) >= 0
    }
    return tuple(sorted(places, key=lambda unit: (places[unit], unit)))
