"""Words for refusals: why an act may not happen, and what to do instead."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dandang.interfaces.shared.words.cases import OUTCOMES, STATES, word
from dandang.interfaces.shared.words.fields import FIELDS
from dandang.interfaces.shared.words.files import why
from dandang.interfaces.shared.words.numbers_left import NUMBER_KINDS
from dandang.interfaces.shared.words.verbs import verb_name
from dandang.terms import Code, Refusal

REFUSALS: Mapping[Code, str | Promise] = {
    Code.NOT_PERMITTED: _("You may not do this."),
    Code.NOT_THE_HOLDER: _("Only the post that holds the case may do this."),
    Code.NOT_THE_DECIDING_OFFICE: _(
        "Only a deciding office outside the units concerned may do this."
    ),
    Code.NOT_THE_DISPATCHER: _("Only the dispatcher may do this."),
    Code.NOT_THE_REQUESTER: _("Only the requester may do this."),
    Code.NOT_THE_ASSISTANT: _("Only a post that was asked for assistance may do this."),
    Code.SECOND_OFFICER_REQUIRED: _("A second officer has to allow this first."),
    Code.DECIDER_INVOLVED: _("Whoever decides this must not have been involved before."),
    Code.LET_IN_LATELY: _(
        "One of you gave the other a way to sign in during the last three days. Another "
        "administrator has to decide this, or the two of you later."
    ),
    Code.CALL_BACK_BY_HOLDER: _(
        "The holder's own people may not collect the answer. Ask an officer of another unit."
    ),
    Code.NOT_FOUND: _("Nothing was found under this reference or code."),
    Code.UNKNOWN_VERB: _("There is nothing of this name to do with a case."),
    Code.UNKNOWN_CATEGORY: _("The policy has no such category. Choose one from the list."),
    Code.UNKNOWN_AREA: _("There is no such area. Choose one from the list."),
    Code.UNKNOWN_POST: _("There is no such post, or it is closed. Choose one from the list."),
    Code.UNKNOWN_UNIT: _("There is no such unit. Choose one from the list."),
    Code.POST_WITHOUT_CASES: _(
        "This post audits or administers; no case is given to it. Choose another."
    ),
    Code.UNKNOWN_REASON: _("This reason cannot be given here. Choose one from the list."),
    Code.UNKNOWN_EVENT: _("The case has no entry of this number."),
    Code.UNKNOWN_REQUEST: _("The case has no such request, or it was withdrawn."),
    Code.WRONG_STATE: _("This cannot be done now: the case is “%(state)s”."),
    Code.CHANGED_MEANWHILE: _(
        "The case has moved on since you opened it. Nothing was changed. "
        "Look at what is new, then decide again."
    ),
    Code.CASE_ENDED: _("This cannot be done: the case has ended (%(state)s)."),
    Code.RETURN_WINDOW_PASSED: _(
        "The time to return the case is over, or you have already acted on it. "
        "Work on it, or hand it over with a reason."
    ),
    Code.JUDGEMENT_WINDOW_PASSED: _("The time to give or change this answer is over."),
    Code.JUDGED_TOO_EARLY: _(
        "The result cannot be seen yet, so “solved” is too early. “Not solved” can be said now."
    ),
    Code.JUDGEMENT_WINDOW_OPEN: _("The requester still has time to answer."),
    Code.REOPEN_WINDOW_PASSED: _(
        "The time to reopen this case is over. Please send a new request and name this reference."
    ),
    Code.IN_THE_FUTURE: _("This time lies in the future."),
    Code.IN_THE_PAST: _("This time has passed already. Choose a later one."),
    Code.TOO_LATE: _("This is later than the policy allows. Choose an earlier time."),
    Code.RECURRENCE_WINDOW_PASSED: _(
        "That case ended too long ago to take the matter up again. Keep this one as its own."
    ),
    Code.DECIDED_BINDINGLY: _(
        "It was decided bindingly who holds this case. Only the dispatcher can move it now."
    ),
    Code.ALREADY_HELD_THERE: _("This post holds the case already."),
    Code.NO_PREVIOUS_HOLDER: _("There is no previous holder to return the case to."),
    Code.ASSIST_ONLY_DUTY: _(
        "By the duty list this unit only assists in such matters: it cannot hold the case."
    ),
    Code.DUTY_WITHDRAWN: _(
        "This duty was taken back from the unit: such matters cannot be passed down to it."
    ),
    Code.BASIS_REQUIRED: _("This reason needs a basis: the rule or the duty list it rests on."),
    Code.FIRST_ACTION_REQUIRED: _(
        "This is urgent: act first, dispute afterwards. "
        "Contact the requester or reply before you return the case."
    ),
    Code.SUBJECT_OF_COMPLAINT: _(
        "The complaint is about this unit, or one it belongs to: it cannot hold the case."
    ),
    Code.CONFLICT_DECLARED: _(
        "You declared a conflict of interest in this case and cannot act on it."
    ),
    Code.NOBODY_WITHOUT_CONFLICT: _(
        "Nobody in this post may have to do with the case: they declared a conflict of interest, "
        "or the complaint is about a unit they work in."
    ),
    Code.NOBODY_OUTSIDE: _(
        "No post is left outside the units complained about. Name the unit more precisely."
    ),
    Code.ALREADY_NAMED: _("The complaint is known to be about this unit already."),
    Code.OBJECTION_WINDOW_PASSED: _("The time to object to this explanation is over."),
    Code.APPEAL_WINDOW_PASSED: _("The time to appeal against this end is over."),
    Code.LOOK_BACK_WINDOW_PASSED: _(
        "The time to say whether it is still solved is over. If it is not, send a new request."
    ),
    Code.SECOND_NO_REQUIRED: _(
        "A case is closed as not solved only after its requester said so twice."
    ),
    Code.CONCLUDED_NEEDS_APPEAL: _("This case was concluded by law. You can appeal against that."),
    Code.ALREADY_OBJECTED: _("An objection was made to this explanation already."),
    Code.UNKNOWN_OBJECTION: _("There is no such objection, or it has been answered."),
    Code.ALREADY_APPEALED: _("There was an appeal against this end already."),
    Code.CHILDREN_OPEN: _("Parts of this case are still open. It ends after its last part."),
    Code.PART_OF_A_FAMILY: _(
        "A case that has parts, or is one, stays where it is: it cannot be joined or taken apart."
    ),
    Code.SAME_CASE: _("This is the same case. Choose another one."),
    Code.NOT_MERGEABLE: _("That case ended as “%(state)s”: a new matter cannot be joined to it."),
    Code.LATER_THAN_PARENT: _("A part cannot be due later than the case it belongs to."),
    Code.ALREADY_ASKED: _("Something was asked for already and is not decided yet."),
    Code.NOTHING_TO_ERASE: _("There are no personal data left to erase."),
    Code.NOTHING_ASKED: _("Nothing of this kind was asked for, or it has been decided."),
    Code.EXTENSION_USED: _("No more extensions can be asked for: the limit is %(limit)s."),
    Code.DEADLINE_PASSED: _("The deadline has passed: an extension has to be asked for before."),
    Code.DEADLINE_BOUND: _(
        "The deadline comes from the case this one belongs to, or from the system above. "
        "Ask for more time there."
    ),
    Code.ALREADY_PROMISED: _(
        "The requester was promised a date already. Only an earlier one can replace it."
    ),
    Code.LATER_THAN_TOTAL: _("This is later than the deadline of the whole case."),
    Code.ALREADY_PAUSED: _("The case is paused already."),
    Code.CHECK_NOT_DUE: _(
        "The case is paused until its condition is checked. "
        "The head of the unit or a deciding office can end the pause before."
    ),
    Code.NOT_CALLED: _("Your post was not called in this case, or the call was answered already."),
    Code.ANSWER_NOT_ENOUGH: _("This does not answer the call: another act is asked for."),
    Code.NOBODY_THERE: _("Nobody is in this post at this hour. Choose another one."),
    Code.NOT_STALLED: _("The case does not stand still: there is nothing to be explained."),
    Code.CLOCK_NOT_DUE: _("This clock has not run out."),
    Code.NO_DEADLINE_MISSED: _(
        "No deadline has been missed. Once one is, the office above can be asked to act."
    ),
    Code.NO_CONDITION: _("The case does not rest on a condition that could be checked."),
    Code.TOO_MANY_QUESTIONS: _("The requester can be asked at most %(limit)s times."),
    Code.QUESTION_TIME_SPENT: _("The time for questions to the requester is used up."),
    Code.QUESTION_TIME_OPEN: _("The requester still has time to answer the question."),
    Code.NO_CONTACT_LEFT: _("The requester left no contact and cannot be asked."),
    Code.REFERRED_IS_NO_OUTCOME: _(
        "Naming another unit does not close a case. Hand it over instead."
    ),
    Code.NOT_PROPOSED: _("Nothing of this kind was proposed."),
    Code.NOT_JUDGED: _("A rating comes after the answer whether it is solved."),
    Code.ALREADY_JUDGED: _("A second reader has judged this case of the sample already."),
    Code.NOTHING_TO_DRAW: _("No case ended so in this time, so there is nothing to draw."),
    Code.ALREADY_ANSWERED: _("This was the answer already."),
    Code.END_NOT_ALLOWED: _("A case of this category cannot end this way."),
    Code.DISPATCHER_ONLY_END: _("Only the dispatcher may decline with this reason."),
    Code.SECOND_READER_REQUIRED: _(
        "A second reader from outside the unit is needed: another officer who read the decision."
    ),
    Code.PUBLISHING_NOT_ALLOWED: _("The requester has not agreed that this matter is shown."),
    Code.PERSONAL_NUMBER_LEFT: _(
        "There is still a number that belongs to somebody: %(left)s. Take it out, or write *** "
        "in its place."
    ),
    Code.REQUESTER_NAMED: _(
        "The name, phone number or e-mail address of a requester still stands here. Take it out."
    ),
    Code.ALREADY_WITHHELD: _("It was decided already that nothing is published."),
    Code.FIELD_REQUIRED: _("Please fill this in."),
    Code.FIELD_UNKNOWN: _("There is no field of this name here."),
    Code.VALUE_INVALID: _("This cannot be used. Please check it."),
    Code.TEXT_TOO_LONG: _("At most %(limit)s characters, please shorten it."),
    Code.TEXT_UNUSABLE: _(
        "The text contains invisible control characters that cannot be kept. Please remove them."
    ),
    Code.FILE_EMPTY: _("There is nothing in this file. Please choose it again."),
    Code.FILE_TOO_LARGE: _(
        "This file is too large: at most %(limit)s MB. Take the photo with fewer pixels, or send "
        "fewer pages."
    ),
    Code.FILE_KIND_REFUSED: _("This file was not taken. %(why)s"),
    Code.FILE_UNREADABLE: _(
        "This file is damaged or not complete: it cannot be opened. Open it on your own device, "
        "save it again, and send that."
    ),
    Code.TOO_MANY_FILES: _("At most %(limit)s files can be sent."),
    Code.NO_ROOM_FOR_FILES: _(
        "The files of this case have reached %(limit)s MB, the most that is kept. Send it without."
    ),
    Code.POLICY_IN_FORCE: _("This policy is in force already."),
    Code.NO_POLICY: _("No policy is in force yet."),
    Code.NO_ORGANIZATION: _("No organization has been set up yet."),
}

_DETAILS: Mapping[str, Callable[[str], str]] = {
    "state": lambda code: word(STATES, code),
    "end": lambda code: word(STATES, code),
    "outcome": lambda code: word(OUTCOMES, code),
    "field": lambda code: word(FIELDS, code),
    "left": lambda code: word(NUMBER_KINDS, code),
    "verb": verb_name,
    "why": why,
}


def refusal(refused: Refusal) -> str:
    """Return the words for a refusal in the language of the moment."""
    return refusal_words(refused.code, refused.details)


def refusal_words(code: Code, details: Mapping[str, str | int]) -> str:
    """Return the words for a refusal by its code; details of it that are codes become words.

    With the detail `field` the field's label stands before them.
    """
    values: dict[str, str | int] = defaultdict(str)
    for detail, value in details.items():
        reader = _DETAILS.get(detail)
        values[detail] = reader(str(value)) if reader else value
    words = str(REFUSALS[code]) % values
    if "field" not in details:
        return words
    return gettext("%(field)s: %(words)s") % {"field": values["field"], "words": words}
