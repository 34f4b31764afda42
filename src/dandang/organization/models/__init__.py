"""How the organisation is kept: rows that only `organization.actions` writes."""

from dandang.organization.models.access import FactorReset, Invitation, KeptSession, SignInEvent
from dandang.organization.models.account import Account
from dandang.organization.models.adopted import AdoptedNotice, AdoptedPolicy
from dandang.organization.models.preferences import Preferences, SavedView
from dandang.organization.models.proposals import DutyProposal, PolicyProposal
from dandang.organization.models.register import (
    AreaRow,
    BodyRow,
    OfficerRow,
    OrganizationVersion,
    PostRow,
    ReplyTemplateRow,
    UnitRow,
)
from dandang.organization.models.relations import (
    AppointmentRow,
    DutyRow,
    RosterRow,
    SubstituteRow,
)
from dandang.organization.models.training import FrozenTime

__all__ = [
    "Account",
    "AdoptedNotice",
    "AdoptedPolicy",
    "AppointmentRow",
    "AreaRow",
    "BodyRow",
    "DutyProposal",
    "DutyRow",
    "FactorReset",
    "FrozenTime",
    "Invitation",
    "KeptSession",
    "OfficerRow",
    "OrganizationVersion",
    "PolicyProposal",
    "PostRow",
    "Preferences",
    "ReplyTemplateRow",
    "RosterRow",
    "SavedView",
    "SignInEvent",
    "SubstituteRow",
    "UnitRow",
]
