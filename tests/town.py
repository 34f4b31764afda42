"""Jiangcheng 江城, the small fixed city of the stories: in memory, or in the database.

Li Na (W-017) holds the duty desk of the water bureau, Wang Qiang (H-009) that of the housing
bureau, Cao Lei (C-001) urban management, Luo Jing (L-001) labour, Zhou Hai (Q-002) the Qingshan
street office. Zhao Min (D-003) takes in, dispatches and calls back at the hotline centre, Chen Hui
(S-001) decides at the supervision office, Sun Tao (W-004) heads the water bureau, Ma Lin (M-001)
is the mayor. Xu Fang (K-001) is the auditor; Tang Yu (A-001) and He Ping (A-002) administer.
"""

from datetime import UTC, datetime
from functools import cache

from dandang.organization.directory import Directory
from dandang.organization.reading import read_organization
from dandang.policy import Policy, ready_policy
from dandang.terms import Actor
from dandang.workdays import WorkCalendar, china
from tests.organization import jiangcheng

LI_NA, WANG_QIANG, CAO_LEI, LUO_JING = "W-017", "H-009", "C-001", "L-001"
ZHOU_HAI, ZHAO_MIN, CHEN_HUI, SUN_TAO = "Q-002", "D-003", "S-001", "W-004"
MA_LIN = "M-001"
XU_FANG, TANG_YU, HE_PING = "K-001", "A-001", "A-002"

MONDAY = datetime(2026, 10, 12, 1, 0, tzinfo=UTC)
"""Monday 12 October 2026, 9:00 in Jiangcheng: the stories begin on an ordinary working day."""

_DUTIES = """category,area,unit,post,type,basis,starts,ends
water_supply,,water,water-duty,lead,Duty list 2026 no. 3,,
noise_building_night,,housing,housing-duty,lead,Duty list 2026 no. 11,,
noise_building_night,,housing-sites,sites-duty,assist_only,,,
noise_building_night,qingshan,qingshan,qingshan-duty,withdrawn,Taken back by the city in 2026,,
city_appearance,,cityman,cityman-duty,lead,,,
rubbish_and_sanitation,qingshan,qingshan,qingshan-duty,lead,,,
street_trading,,cityman,cityman-duty,lead,,,
street_trading,,qingshan,qingshan-duty,lead,,,
unpaid_wages,,labour,labour-duty,lead,,,
"""
_OFFICERS = """
[[officers]]
code = "C-001"
name_zh = "曹磊"
name_en = "Cao Lei"

[[officers]]
code = "L-001"
name_zh = "罗静"
name_en = "Luo Jing"

[[officers]]
code = "M-001"
name_zh = "马林"
name_en = "Ma Lin"

[[officers]]
code = "K-001"
name_zh = "徐芳"
name_en = "Xu Fang"

[[officers]]
code = "A-001"
name_zh = "唐宇"
name_en = "Tang Yu"

[[officers]]
code = "A-002"
name_zh = "何萍"
name_en = "He Ping"
"""
_APPOINTMENTS = "C-001,cityman-duty,2026-01-01,\nL-001,labour-duty,2026-01-01,\n"
_APPOINTMENTS += "M-001,mayor,2026-01-01,\n"
_APPOINTMENTS += "K-001,audit-desk,2026-01-01,\n"
_APPOINTMENTS += "A-001,registry-desk,2026-01-01,\nA-002,registry-desk,2026-01-01,\n"
_UNITS = """
[[units]]
code = "audit-office"
name_zh = "核查室"
name_en = "Audit office"

[[units]]
code = "registry"
name_zh = "信息中心"
name_en = "Information centre"
"""
_POSTS = "audit-desk,audit-office,核查岗,Audit,audit,\n"
_POSTS += "registry-desk,registry,系统管理岗,Administration,administration,\n"


def files() -> dict[str, bytes]:
    """Return the city's organization files, with duties for the categories of `cn-county`."""
    plain = jiangcheng.files()
    return {
        **plain,
        "duties.csv": _DUTIES.encode(),
        "organization.toml": plain["organization.toml"] + (_UNITS + _OFFICERS).encode(),
        "appointments.csv": plain["appointments.csv"] + _APPOINTMENTS.encode(),
        "posts.csv": plain["posts.csv"] + _POSTS.encode(),
    }


@cache
def policy() -> Policy:
    """Return the policy of the city."""
    return ready_policy("cn-county")


def categories_of(name: str) -> set[str] | None:
    """Return the category codes of a policy, as the reading of files wants them."""
    return set(policy().categories) if name == "cn-county" else None


@cache
def directory() -> Directory:
    """Return the directory of the city, in memory."""
    return Directory(read_organization(files(), categories_of=categories_of), version=1)


@cache
def calendar() -> WorkCalendar:
    """Return the working calendar of the city."""
    return china()


def build(now: datetime = MONDAY) -> None:
    """Put the city into the database: its organization and its policy, in force from `now`."""
    from dandang.organization.actions.adopt import adopt_policy  # noqa: PLC0415 needs Django
    from dandang.organization.actions.load import load_organization  # noqa: PLC0415 needs Django

    operator = Actor.system()
    load_organization(files(), by=operator, now=now)
    adopt_policy(policy(), by=operator, now=now)
