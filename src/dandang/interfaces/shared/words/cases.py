"""Words for where a case stands: states, turns, clocks, outcomes, verdicts, channels."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dandang.lifecycle import words
from dandang.lifecycle.routing.rules import Why
from dandang.lifecycle.states import Obstacle, Outcome, Remedy, State, Turn, Verdict
from dandang.policy import CallAnswer, CallTarget, ClockName, Colour

Words = words.Words

STATES: Words = words.STATES
CLOCKS: Words = words.CLOCKS

ANSWERED_STATES: Words = {
    "parts": _("you have answered; parts of the matter are still open"),
    "others": _("you have answered; other requesters are still asked"),
}
"""Where a proposed case stands for a requester who is content with it."""

TURNS: Words = {
    Turn.INTAKE_POST: _("the intake post"),
    Turn.HOLDER: _("the holder"),
    Turn.REQUESTER: _("the requester"),
    Turn.OTHER_BODY: _("another body"),
    Turn.LEGAL_BODY: _("the legally competent body"),
    Turn.DECIDING_OFFICE: _("the deciding office"),
    Turn.NOBODY: _("nobody"),
}

TURNS_TO_REQUESTER: Words = {
    **TURNS,
    Turn.INTAKE_POST: _("the post that receives requests"),
    Turn.HOLDER: _("the unit that holds it"),
    Turn.REQUESTER: _("you"),
    Turn.DECIDING_OFFICE: _("an office outside the unit, which decides"),
    Turn.NOBODY: _("nobody: it has ended"),
}
"""Whose turn it is, in words to the requester."""

CLOCK_PURPOSES: Words = {
    ClockName.TOTAL: _("the whole matter is to be finished; nothing moves this date but law"),
    ClockName.DISPATCH: _("the request is to be given to the unit that answers for it"),
    ClockName.ACCEPT: _("the unit is to accept the case or return it"),
    ClockName.RETURN_WINDOW: _("afterwards the unit can no longer return the case"),
    ClockName.FIRST_RESPONSE: _("somebody is to give you a first, real response"),
    ClockName.RESOLUTION: _("the unit is to be done and say what was done"),
    ClockName.DISPUTE_DECISION: _("it is to be decided which unit holds the case"),
    ClockName.EXTENSION_DECISION: _("it is to be decided what the unit asked for: time or help"),
    ClockName.ASSISTANCE: _("the assisting unit is to give its part"),
    ClockName.JUDGEMENT_WINDOW: _("you can say whether the matter is solved"),
    ClockName.CALL: _("the officer who was called is to act"),
    ClockName.LEGAL_ROUTE_UPDATE: _("there is to be news from the legal route"),
    ClockName.LOOK_BACK: _("somebody looks whether it still holds"),
    ClockName.OBJECTION_ANSWER: _("an objection is to be answered in writing"),
    ClockName.APPEAL_DECISION: _("your appeal is to be decided"),
    ClockName.PROMISE: _("what you were promised is to be done"),
    ClockName.CHECK: _("it is to be checked whether the reason for waiting still holds"),
    ClockName.CONDITION: _("it is to be checked whether the reason for more time held"),
    ClockName.STATUTORY: _("the competent body has to decide by law"),
    ClockName.QUESTION: _("you can answer the unit's question; afterwards work goes on"),
    ClockName.INSTRUCTION: _("what the office above ordered is to be carried out"),
    ClockName.JUDGEMENT_REMINDER: _("you are reminded of the question whether it is solved"),
    ClockName.LADDER: _("if nothing has moved by then, the next office above is called"),
    ClockName.UNMASKING_DECISION: _("it is to be decided whether an officer may see a contact"),
}
"""What a deadline is for, in a sentence to the requester."""

CLOCK_TASKS: Words = {
    ClockName.TOTAL: _("finish the matter; only an approved extension or the law moves this"),
    ClockName.DISPATCH: _("give the request to the post that answers for it"),
    ClockName.ACCEPT: _("accept the case or return it"),
    ClockName.RETURN_WINDOW: _("a right that ends then, or with the first action"),
    ClockName.FIRST_RESPONSE: _("give the requester a first, real response"),
    ClockName.RESOLUTION: _("be done and say what was done"),
    ClockName.DISPUTE_DECISION: _("decide which post holds the case"),
    ClockName.EXTENSION_DECISION: _("grant or refuse what was asked for"),
    ClockName.ASSISTANCE: _("give the help that was asked for"),
    ClockName.JUDGEMENT_WINDOW: _("say whether the matter is solved"),
    ClockName.CALL: _("act; reading is not acting"),
    ClockName.LEGAL_ROUTE_UPDATE: _("tell the requester what is new there"),
    ClockName.LOOK_BACK: _("see whether what was done still holds"),
    ClockName.OBJECTION_ANSWER: _("answer in writing"),
    ClockName.APPEAL_DECISION: _("grant or refuse it, with reasons"),
    ClockName.PROMISE: _("do what the requester was promised"),
    ClockName.CHECK: _("see whether the reason for waiting still holds"),
    ClockName.CONDITION: _("see whether what the extension was granted for holds"),
    ClockName.STATUTORY: _("decide within the time that the law sets"),
    ClockName.QUESTION: _("answer; without an answer work goes on then"),
    ClockName.INSTRUCTION: _("do what the called officer ordered"),
    ClockName.JUDGEMENT_REMINDER: _("the system reminds the requester"),
    ClockName.LADDER: _("the system calls the next office above"),
    ClockName.UNMASKING_DECISION: _("allow it or refuse it; who asked never decides"),
}
"""What a deadline is for, in a sentence to officers."""

OUTCOMES: Words = {
    Outcome.RESOLVED: _("it is done"),
    Outcome.EXPLAINED: _("explain: lawful and in order"),
    Outcome.DECLINED: _("decline"),
    Outcome.REFERRED: _("refer to another unit"),
}

VERDICTS: Words = {
    Verdict.SOLVED: pgettext_lazy("verdict", "Solved"),
    Verdict.PARTLY: pgettext_lazy("verdict", "Partly solved"),
    Verdict.NO: pgettext_lazy("verdict", "Not solved"),
}

RATINGS: Words = {
    "5": _("Very content"),
    "4": _("Content"),
    "3": _("Neither content nor discontent"),
    "2": _("Discontent"),
    "1": _("Very discontent"),
}
"""What the numbers of a rating mean."""

CHANNELS: Words = {
    "web": pgettext_lazy("channel", "web"),
    "phone": pgettext_lazy("channel", "phone"),
    "counter": pgettext_lazy("channel", "counter"),
    "letter": pgettext_lazy("channel", "letter"),
    "api": pgettext_lazy("channel", "another system"),
    "import": pgettext_lazy("channel", "imported"),
    "system": pgettext_lazy("channel", "the system itself"),
}

KINDS: Words = {
    "request": pgettext_lazy("kind", "request"),
    "decision": pgettext_lazy("kind", "decision to carry out"),
    "finding": pgettext_lazy("kind", "finding"),
    "incident": pgettext_lazy("kind", "incident"),
}

ROUTING: Words = {
    Why.DUTY: _("by the duty list"),
    Why.FALLBACK: _("nobody else answers for it: the fallback post takes it"),
    Why.DISPATCHER: _("by the dispatcher"),
    Why.SUBJECT: _("the complaint is about the unit that answers for it otherwise"),
    Why.SUPPORT: _("the holder asked that another post takes it"),
    Why.FOUND: _("the system found it and brings it to the office above"),
    Why.SET: _("named by the post that set it"),
}

DISPUTE_GROUNDS: Words = {
    "by_holder": _("the holder disagrees"),
    "second_return": _("the limit of returns is reached"),
    "third_hand_over": _("the limit of hand-overs is reached"),
}

REOPENED_BECAUSE: Words = {
    "judged_no": _("the requester says it is not solved"),
    "judged_partly": _("the requester says it is only partly solved"),
    "requester": _("the requester asked for it"),
    "deciding_office": _("the deciding office ordered it"),
    "new_evidence": _("there is new evidence"),
    "appeal": _("the appeal was granted"),
    "recurred": _("the same matter came back"),
    "relapse": _("the requester says it is not solved any more"),
}

WITHHELD_BECAUSE: Words = {
    "recognisable": _("people would be recognised, whatever is taken out"),
    "third_party": _("it is mostly about somebody else"),
    "proceedings": _("an investigation or proceedings would suffer"),
    "not_public": _("it concerns nobody but the requester"),
}

SPLIT_BECAUSE: Words = {
    "parts": _("it has parts that different posts work on"),
    "judged_no": REOPENED_BECAUSE["judged_no"],
    "judged_partly": REOPENED_BECAUSE["judged_partly"],
}

RECUSED_BECAUSE: Words = {
    "conflict": _("nobody in the post was free of a conflict of interest"),
    "subject": _("the complaint is about the unit that held it"),
}

TOTAL_MOVED_BECAUSE: Words = {
    "parent": _("the matter it is a part of is due then"),
}

ENDED_BECAUSE: Words = {
    "judged": _("the requester answered"),
    "silence": _("no answer came in time"),
    "no_contact": _("no contact was left"),
    "some_answered": _("some requesters answered, the others stayed silent"),
    "imported": _("it had ended in the system it comes from"),
    "children": _("all its parts have ended"),
}

RESUMED_BECAUSE: Words = {
    "decided": _("it was decided"),
    "condition_met": _("the condition was met"),
    "check_passed": _("the pause was over"),
    "question_time_spent": _("the time for the answer is over"),
    "other_answered": _("the other body answered"),
    "moved_on": _("the case moved on"),
}

COLLECTED: Words = {
    "requester": _("by the requester, on the web"),
    "call_back": _("on the phone, by a call-back officer"),
    "setter": _("by the post that set it"),
}
"""How a judgement came in."""

WANTED: Words = {
    "extension": _("more time"),
    "legal_route": _("the legal route"),
    "split": _("a split"),
    "erasure": _("an erasure"),
    "support": _("what the matter needs"),
}
"""What a holder asked for that somebody else decides."""

DECISIONS: Words = {
    "granted": _("granted"),
    "refused": _("refused"),
}

OBSTACLES: Words = {
    Obstacle.WAITING: _("it waits for somebody or something"),
    Obstacle.NO_AUTHORITY: _("I may not decide it"),
    Obstacle.NO_MEANS: _("money, people or equipment are missing"),
    Obstacle.NO_KNOW_HOW: _("I do not know how it is done"),
    Obstacle.FEAR_OF_BLAME: _("whoever decides it may be blamed for it"),
    Obstacle.OVERLOADED: _("there is too much to do at once"),
    Obstacle.OTHER: pgettext_lazy("obstacle", "something else"),
}
"""What keeps a case from going on."""

REMEDIES: Words = {
    Remedy.NONE: _("nothing: it only takes time"),
    Remedy.DECISION: _("a decision by those above"),
    Remedy.ASSISTANCE: _("help from another post"),
    Remedy.TRAINING: _("somebody who shows how it is done"),
    Remedy.TOLERANCE_RULING: _(
        "a ruling beforehand that an honest attempt is not held against anybody"
    ),
    Remedy.REASSIGNMENT: _("that another post takes the case"),
}
"""What a holder asks for so that a case goes on."""

CONTACT_WAYS: Words = {
    "phone": _("by phone"),
    "visit": _("on a visit"),
    "message": _("by message"),
}

PURPOSES: Words = {
    "to_call": _("to call"),
    "to_visit": _("to visit"),
    "to_check_identity": _("to check who it is"),
    "to_write": _("to write"),
    "to_send_documents": _("to send documents"),
    "complaint_handling": _("to handle a complaint"),
    "same_matter": _("to see whether it is the same matter"),
    "know_history": _("to know what was done before"),
    "repeated_demand": _("to see whether a demand comes again"),
    "other": pgettext_lazy("purpose", "for something else"),
}
"""What an officer looks at a requester's contact for."""


CALL_ANSWERS: Words = {
    CallAnswer.TOOK_OVER: _("take the case over"),
    CallAnswer.INSTRUCTED: _("instruct: who does what until when"),
    CallAnswer.DECIDED: _("decide, and say until when it shows"),
    CallAnswer.NAMED_SPONSOR: _("name a sponsor"),
}
"""How a called officer acts."""

CALL_TARGETS: Words = {
    CallTarget.OFFICER: _("the officer in the post"),
    CallTarget.UNIT_HEAD: _("the head of the unit"),
    CallTarget.SUPERVISION: _("supervision"),
    CallTarget.LEADER: _("a leader"),
}
"""At which level somebody was called."""

COLOURS: Words = {
    Colour.BLUE: pgettext_lazy("colour", "blue"),
    Colour.ORANGE: pgettext_lazy("colour", "orange"),
    Colour.RED: pgettext_lazy("colour", "red"),
}


def state_and_proposal(state: State, outcome: Outcome | None) -> str:
    """Return the words for a state; what is proposed stands with a proposal to close."""
    words = word(STATES, state)
    if state is State.PROPOSED and outcome is not None:
        proposal = word(OUTCOMES, outcome)
        return gettext("%(state)s (%(proposal)s)") % {"state": words, "proposal": proposal}
    return words


def word(words: Words, code: str) -> str:
    """Return the words for a code in the language of the moment; the code where there are none."""
    return str(words.get(code, code))
