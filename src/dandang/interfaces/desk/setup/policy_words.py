"""Words for the parts and keys of a policy file, as a comparison of two policies says them."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dandang.interfaces.shared.words.cases import CALL_ANSWERS, CALL_TARGETS, COLOURS
from dandang.policy.vocabulary import LadderStart, ReasonVerb, SourceStatus

Words = Mapping[str, str | Promise]

SECTIONS: Words = MappingProxyType(
    {
        "clocks": _("Deadlines of every class"),
        "classes": _("Class"),
        "limits": _("Limits"),
        "ladders": _("Ladder"),
        "missed": _("Called when this time runs out"),
        "watch": _("Watch over all cases"),
        "look_back": _("Looking back"),
        "legal_routes": _("Legal route"),
        "evaluation": _("Evaluation"),
        "ends": _("End"),
        "reasons": _("Reason"),
        "categories": _("Category"),
        "sources": pgettext_lazy("of a figure", "Source"),
    }
)
"""The tables of the file."""

KEYS: Words = MappingProxyType(
    {
        "format": _("Format of the file"),
        "name": _("Name of the policy"),
        "version": _("Version"),
        "title_zh": _("Chinese title"),
        "title_en": _("English title"),
        "default_class": _("Class of cases without a category"),
        "name_zh": _("Chinese name"),
        "name_en": _("English name"),
        "urgent": _("urgent"),
        "act_first": _("act first, return later"),
        "ladder": _("Ladder"),
        "when_happening_now": _("Class while it goes on"),
        "dispute_at_return": _("Return between the same two that becomes a dispute"),
        "dispute_at_hand_over": _("Hand-over that becomes a dispute"),
        "max_questions": _("Questions to the requester"),
        "question_time": _("Time for answers, all questions together"),
        "max_extensions": _("Extensions of a case"),
        "longest_extension": _("Longest extension"),
        "longest_unit_pause": _("Longest pause by the unit itself"),
        "judgement_reminder": _("Reminder of the requester's answer after"),
        "judgement_change": _("A judgement can be changed for"),
        "deciding_at_no": _("Which “no” goes to the deciding office"),
        "call_back": _("Call back after"),
        "reopen_window": _("Can be reopened for"),
        "max_objections": _("Objections to an explanation"),
        "objection_window": _("Time to object"),
        "appeal_window": _("Time to appeal"),
        "recurrence_window": _("Counts as the same matter again within"),
        "decline_sample_percent": _("Declined cases that are checked (%)"),
        "incident_requests": _("Requests that make an incident"),
        "incident_window": _("… within"),
        "longest_instruction": _("Longest time an instruction may give"),
        "starts": _("Counts from"),
        "code": _("Code"),
        "used": _("when so much of the time is used (%)"),
        "after": _("when so much time has passed since the start"),
        "age": _("when the case is so old"),
        "hand_overs": _("at so many hand-overs"),
        "refusals": _("at so many times “not solved”"),
        "quiet": _("when nothing was done for"),
        "calls": _("who must act"),
        "reminds": _("who is reminded"),
        "within": _("time to act on the call"),
        "answered_by": _("what answers the call"),
        "sponsor": _("a sponsor is needed"),
        "colour": _("Colour"),
        "publishes": _("published"),
        "surge_calls_duty": _("Many requests at once call the duty post"),
        "starving_share": _("Share of the promised time from which cases wait too long (%)"),
        "starving_least": _("Open cases a group needs to be judged"),
        "roster_ahead": _("A hole in a roster is reported before by"),
        "share": _("Solved cases that are asked about again (%)"),
        "limit": _("Time limit of the law"),
        "extension": _("Longest extension"),
        "period_months": _("Months of a period"),
        "periods_at_least": _("Periods a judgement needs"),
        "verbs": _("for which acts"),
        "needs_basis": _("a basis has to be cited"),
        "needs_text": _("has to be explained"),
        "dispatcher_only": _("for dispatchers alone"),
        "condition_zh": _("Chinese condition"),
        "condition_en": _("English condition"),
        "parent": _("Part of"),
        "class": _("Class"),
        "hint_zh": _("Chinese hint"),
        "hint_en": _("English hint"),
        "confirm_after": _("The result can be seen after"),
        "legal_route": _("Legal route"),
        "ends_forbidden": _("Ends that are not allowed"),
        "figure_zh": _("Chinese figure"),
        "figure_en": _("English figure"),
        "text_zh": _("Chinese origin"),
        "text_en": _("English origin"),
        "status": _("How reliable"),
        "backs": _("Places that rest on it"),
    }
)
"""The keys of the file, apart from the names of clocks."""

CHOICES: Mapping[str, Words] = MappingProxyType(
    {
        "calls": CALL_TARGETS,
        "reminds": CALL_TARGETS,
        "answered_by": CALL_ANSWERS,
        "colour": COLOURS,
        "starts": MappingProxyType(
            {
                LadderStart.OPENED: _("when it was opened"),
                LadderStart.TOTAL_DUE: _("when the time of the whole matter is over"),
            }
        ),
        "status": MappingProxyType(
            {
                SourceStatus.CHECK_BEFORE_USE: _("check before use"),
                SourceStatus.CHECKED: _("checked"),
                SourceStatus.OWN_DEFAULT: _("proposed by Dandang"),
            }
        ),
        "verbs": MappingProxyType(
            {
                ReasonVerb.HAND_OVER: _("hand over"),
                ReasonVerb.RETURN: _("return"),
                ReasonVerb.DISPUTE: _("dispute"),
                ReasonVerb.DECLINE: _("decline"),
                ReasonVerb.EXPLAIN: _("explain"),
                ReasonVerb.CONCLUDE: _("conclude"),
                ReasonVerb.CLOSE_NOT_SOLVED: _("close as not solved"),
                ReasonVerb.REJECT_PROPOSAL: _("send a proposal back"),
                ReasonVerb.PAUSE: _("pause"),
                ReasonVerb.EXTENSION: _("more time"),
                ReasonVerb.WITHDRAW: _("withdraw"),
            }
        ),
    }
)
"""What can be chosen for a key that has a closed list of words."""
