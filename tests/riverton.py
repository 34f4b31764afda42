"""Riverton, a small fixed city under generic-311, in the United States unless a story says other.

Tom Price (P-001) holds the duty desk of public works, Eve Stone (B-001) that of police, Ann Morgan
(S-001) takes in, dispatches and calls back at the service centre, Paul Grant (G-001) decides at
the office of the inspector general, Ruth Mayer (M-001) is the mayor.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.load import load_organization
from dandang.policy import ready_policy
from dandang.terms import Actor

TOM_PRICE, EVE_STONE, ANN_MORGAN, PAUL_GRANT = "P-001", "B-001", "S-001", "G-001"

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZoneInfo("America/New_York"))
"""The Tuesday before Thanksgiving, 10:00 in Riverton."""

_ORGANIZATION = """
[body]
code = "riverton"
name_zh = "里弗顿市"
name_en = "City of Riverton"
time_zone = "{time_zone}"
country = "{country}"
calendar = "computed"
policy = "generic-311"
fallback_post = "coordination"
"""
_CSV = {
    "units": """code,name_zh,name_en,parent,supervised_by
mayor-office,市长办公室,Mayor's office,,
public-works,公共工程局,Public works,mayor-office,inspector-general
police,警务局,Police,mayor-office,inspector-general
service-centre,311服务中心,311 service centre,,
inspector-general,监察长办公室,Office of the Inspector General,,
""",
    "officers": """code,name_zh,name_en
M-001,梅耶,Ruth Mayer
P-001,普赖斯,Tom Price
B-001,斯通,Eve Stone
S-001,摩根,Ann Morgan
G-001,格兰特,Paul Grant
""",
    "posts": """code,unit,name_zh,name_en,kinds,phone
mayor,mayor-office,市长,Mayor,leader,
works-duty,public-works,值班岗,Duty desk,duty,
police-duty,police,值班岗,Duty desk,duty,
intake,service-centre,受理岗,Intake,intake,311
dispatch,service-centre,派单岗,Dispatch,dispatch call_back,
coordination,service-centre,协调岗,Coordination,duty,
inspection,inspector-general,督查岗,Inspection,supervision,
""",
    "appointments": """officer,post,starts,ends
M-001,mayor,2026-01-01,
P-001,works-duty,2026-01-01,
B-001,police-duty,2026-01-01,
S-001,intake,2026-01-01,
S-001,dispatch,2026-01-01,
S-001,coordination,2026-01-01,
G-001,inspection,2026-01-01,
""",
    "duties": """category,area,unit,post,type,basis,starts,ends
emergencies,,public-works,,lead,City charter section 10,,
streets_and_sidewalks,,public-works,,lead,City charter section 12,,
waste_and_cleaning,,public-works,,lead,City charter section 14,,
noise,,police,,lead,City code section 24,,
parking_and_vehicles,,police,,lead,City code section 31,,
abandoned_vehicles,,public-works,,assist_only,,,
""",
}


def build(
    country: str = "US", time_zone: str = "America/New_York", now: datetime = TUESDAY
) -> None:
    """Put the city into the database: its organization and its policy, in force from `now`."""
    files = {f"{name}.csv": text.encode() for name, text in _CSV.items()}
    text = _ORGANIZATION.format(country=country, time_zone=time_zone)
    operator = Actor.system()
    load_organization({**files, "organization.toml": text.encode()}, by=operator, now=now)
    adopt_policy(ready_policy("generic-311"), by=operator, now=now)
