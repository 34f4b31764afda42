"""What states and clocks are called: the same words on every page, in every message and command."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dandang.lifecycle.states import State
from dandang.policy import ClockName

Words = Mapping[str, str | Promise]
"""Words by code, in the language of whoever reads them."""

STATES: Words = {
    State.RECEIVED: _("received"),
    State.ASSIGNED: _("assigned, waiting to be accepted"),
    State.IN_PROGRESS: _("in progress"),
    State.WAITING_REQUESTER: _("waiting for the requester"),
    State.WAITING_OTHER: _("waiting for another body"),
    State.ON_LEGAL_ROUTE: _("on the legal route"),
    State.PROPOSED: _("closing proposed"),
    State.DISPUTED: _("disputed between units"),
    State.SOLVED: _("solved, as the requester confirmed"),
    State.PARTLY_SOLVED: _("partly solved, ended with the requester's agreement"),
    State.NOT_SOLVED: _("closed although not solved"),
    State.UNANSWERED: _("archived, no answer received"),
    State.UNREACHABLE: _("archived, no contact left"),
    State.EXPLAINED: _("explained"),
    State.DECLINED: _("declined"),
    State.CONCLUDED_BY_LAW: _("concluded by law"),
    State.MERGED: _("merged into another case"),
    State.WITHDRAWN: _("withdrawn"),
}

CLOCKS: Words = {
    ClockName.TOTAL: _("finish"),
    ClockName.DISPATCH: _("assign"),
    ClockName.ACCEPT: pgettext_lazy("clock", "accept"),
    ClockName.RETURN_WINDOW: _("can be returned until"),
    ClockName.FIRST_RESPONSE: _("first response"),
    ClockName.RESOLUTION: _("propose closing"),
    ClockName.DISPUTE_DECISION: _("decide the dispute"),
    ClockName.EXTENSION_DECISION: _("decide what the holder asked for"),
    ClockName.ASSISTANCE: _("give assistance"),
    ClockName.JUDGEMENT_WINDOW: _("requester's answer"),
    ClockName.CALL: _("act on the call"),
    ClockName.LEGAL_ROUTE_UPDATE: _("news from the legal route"),
    ClockName.LOOK_BACK: _("look back"),
    ClockName.OBJECTION_ANSWER: _("answer the objection"),
    ClockName.APPEAL_DECISION: _("decide the appeal"),
    ClockName.PROMISE: _("keep the promise"),
    ClockName.CHECK: _("check the condition"),
    ClockName.CONDITION: _("check what the extension rests on"),
    ClockName.STATUTORY: _("end of the legal route"),
    ClockName.QUESTION: _("answer to the question"),
    ClockName.INSTRUCTION: _("carry out the instruction"),
    ClockName.JUDGEMENT_REMINDER: _("reminder of the answer"),
    ClockName.LADDER: _("next step of the ladder"),
    ClockName.UNMASKING_DECISION: _("decide who may see a contact"),
}
"""What a deadline is for, in one or two words: `first response by 17:00`."""
