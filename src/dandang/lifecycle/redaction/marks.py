"""Names of people and addresses of houses: found so that an officer confirms each, never by itself.

Recall goes before precision: what is no name is left by the officer, what is not found is read by
everybody. Officials by their office (局长, Mayor) are not private people and are not marked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dandang.lifecycle.redaction.plain import plain
from dandang.lifecycle.redaction.surnames import CLEAR, COMMON_WORDS, DOUBLE

MASK = "***"


class MarkKind(StrEnum):
    """What was found."""

    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that may let somebody be recognised, from `start` to before `end`."""

    kind: MarkKind
    start: int
    end: int


def _pairs(words: str) -> frozenset[str]:
    """Return words of two characters that stand one after another."""
    return frozenset(words[at : at + 2] for at in range(0, len(words), 2))


_HAN = r"[\u4e00-\u9fff]"
_SURNAME = f"(?:{'|'.join(sorted(DOUBLE))}|[{''.join(sorted(CLEAR | COMMON_WORDS))}])"
_OFFICES = (
    "书记|局长|主任|科长|处长|市长|县长|区长|镇长|乡长|村长|所长|队长|院长|校长|部长|厅长|省长|司长|站长|会长|"
    "董事长|经理|总监|法官|检察官|警官|议员|代表|委员|秘书|主席|园长|组长|社长|台长|行长|支书"
)
_TITLES = (
    "先生|女士|小姐|太太|夫人|同志|阿姨|叔叔|大爷|大妈|大姐|大哥|大叔|大婶|爷爷|奶奶|师傅|老师|医生|护士|律师|"
    "老板|同学|老人|老汉|婆婆|嫂子|伯伯|某"
)
_SELF = (
    "我叫|我是|本人叫?|我的?名字(?:是|叫)?|姓名|联系人|联络人|投诉人|申请人|举报人|反映人|诉求人|当事人|户主|"
    "业主|房东|租客|租户|死者|伤者|患者|病人|学生|司机|老公|老婆|丈夫|妻子|爱人|儿子|女儿|父亲|母亲|爸爸|妈妈|"
    "哥哥|弟弟|姐姐|妹妹|孩子|孙子|孙女|邻居|同事|朋友|名叫|名为|叫做?|化名|署名|此致|法人|法定代表人|负责人"
)
_NO_NAMES = _pairs(
    "高速高中高考高层高新高峰周边周末周围周一周二周三周四周五周六周日曾经何时何地夏天夏季黄色"
    "黄金段时田地林业林地马路马上毛坯高铁黄土马达程度田间毛病钟头夏日林场段子许多许可高尚高价"
    "高压周到周期叶子孔子钱款程序高额高低高温黄泥何况何必何种何年谢谢敬礼居住严重解决权益公共"
    "都有纪委强烈都是车辆公司小区申请平米容易区政原规商务公正符合万元左右位于余人公里管理应该"
    "尚未来信"
)
"""Words that begin like a name and are none."""
_TITLED = re.compile(rf"(?:{_TITLES})")
_BY_SELF = re.compile(rf"(?:{_SELF})[:：]?[ \t]*({_SURNAME}{_HAN}{{1,2}})")
_ALONE = re.compile(rf"(?<!{_HAN})([{''.join(sorted(CLEAR))}]{_HAN}{{1,2}})(?!{_HAN})")
_IS_OFFICE = re.compile(rf"{_HAN}{{0,3}}?(?:{_OFFICES})")
_CAPITAL = r"[A-Z][A-Za-zÀ-ÿ'’\-]+"
_LATIN = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Lady)\.?\s+({_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})"
    rf"|\b(?:[Mm]y name is|[Ii] am|I['’]m|called|named|[Cc]ontact:?|[Nn]ame:)\s+"
    rf"({_CAPITAL}(?:\s+{_CAPITAL}){{1,2}})"
)
_NUMBER = r"[0-9A-Za-z一二三四五六七八九十百零〇两][0-9A-Za-z一二三四五六七八九十百零〇\-－—]{0,7}"
_UNITS = "号楼|号院|号|弄|栋|幢|单元|室"
_WITHIN = "层|楼|户|房|座|门|组|铺"
_ROADS = (
    "路|街道?|大道|巷|胡同|弄堂|里|坊|村|屯|庄|湾|小区|社区|花园|公寓|家园|苑|府|城|大厦|"
    "广场|宿舍|大院"
)
_HOUSE = re.compile(
    rf"((?:{_HAN}{{1,8}}?(?:{_ROADS})[ \t]*附?)?(?<![月年第]){_NUMBER}[ \t]*(?:{_UNITS})"
    rf"(?:[ \t]*[附之]?{_NUMBER}[ \t]*(?:{_UNITS}|{_WITHIN}))*"
    r"(?:[ \t]*[0-9]{2,4}(?![0-9年月日元]))?)"
)
_STREET = re.compile(
    r"(\b[0-9]{1,5}[A-Za-z]?(?:-[0-9]{1,5})?,?\s+(?:[A-Z][\w'’.]*\s+){1,4}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way|"
    r"Terrace|Close|Square)\b\.?"
    r"|\b(?:Apartment|Apt|Unit|Flat|Room|Rm|Suite|House|Block|Building|Bldg|Floor)\.?\s*#?"
    r"[0-9]+[A-Za-z]?\b|#\s?[0-9]+[A-Za-z]?\b)"
)
_LIVES = re.compile(r".{0,5}?(?:家住|住在|位于|住|在)")
_A_DAY = re.compile(r"[0-9一二三四五六七八九十]{1,3}号")
_LONGEST = 3


def marks_in(text: str) -> list[Mark]:
    """Return what may let somebody be recognised, by place; what overlaps is one.

    A name that is found once is marked wherever it stands.
    """
    looked = plain(text)
    names = list(dict.fromkeys(_names(looked)))
    found = [Mark(MarkKind.ADDRESS, *span) for span in _addresses(looked)]
    for name in names:
        found += [
            Mark(MarkKind.NAME, match.start(), match.end())
            for match in re.finditer(re.escape(name), looked)
        ]
    found.sort(key=lambda mark: (mark.start, -mark.end))
    marks: list[Mark] = []
    for mark in found:
        last = marks[-1] if marks else None
        if last is None or mark.start >= last.end:
            marks.append(mark)
        else:
            marks[-1] = replace(last, end=max(last.end, mark.end))
    return marks


def parts_of(text: str, marks: Sequence[Mark]) -> list[tuple[str, MarkKind | None]]:
    """Return a text in parts, each with what it was marked as; put together they are the text."""
    parts: list[tuple[str, MarkKind | None]] = []
    reached = 0
    for mark in marks:
        parts += [(text[reached : mark.start], None), (text[mark.start : mark.end], mark.kind)]
        reached = mark.end
    parts.append((text[reached:], None))
    return [part for part in parts if part[0]]


def without(text: str, words: Sequence[str]) -> str:
    """Return the text with a mask in place of each of these words, the longest first."""
    for word in sorted(filter(None, words), key=len, reverse=True):
        text = text.replace(word, MASK)
    return text


def _names(looked: str) -> Iterator[str]:
    for pattern in (_BY_SELF, _ALONE):
        for match in pattern.finditer(looked):
            name = match.group(1)
            if not _is_none(name, looked[match.start(1) :]):
                yield name
    for match in _TITLED.finditer(looked):
        yield from _with_title(looked[: match.start()], match.group())
    for match in _LATIN.finditer(looked):
        yield match.group(1) or match.group(2)


def _with_title(before: str, title: str) -> Iterator[str]:
    """Yield the name in front of a title: alone where it is whole, with the title where not."""
    for known in (CLEAR, COMMON_WORDS):
        for length in range(_LONGEST, 0, -1):
            name = before[-length:]
            if len(name) == length and name[0] in known and re.fullmatch(f"{_HAN}+", name):
                yield name if length > 1 else name + title
                return


def _is_none(name: str, rest: str) -> bool:
    """Say whether it is a common word, or an official by the office."""
    return name[:2] in _NO_NAMES or _IS_OFFICE.match(rest[1:]) is not None


def _addresses(looked: str) -> Iterator[tuple[int, int]]:
    for pattern in (_HOUSE, _STREET):
        for match in pattern.finditer(looked):
            lead = _LIVES.match(match.group(1))
            if not _A_DAY.fullmatch(match.group(1)):
                yield match.start(1) + (lead.end() if lead else 0), match.end(1)
