"""The words of every message: what happened in one line, what it means, and the text message.

A sentence whose value is not known is left out, so a text is a list of sentences. Nothing here
names a person, and what somebody wrote is never repeated: it is read on the page of the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dandang.lifecycle import states, words
from dandang.lifecycle.states import Outcome, State, Verdict
from dandang.notifications.rules.notices import Kind
from dandang.policy import CallAnswer, ClockName

Words = words.Words


@dataclass(frozen=True, slots=True)
class Template:
    """The words of one message. `headline` stands in subjects, lists and digests.

    `short` is the text message, apart from the signature; without one it is the headline.
    """

    kind: Kind
    headline: str | Promise
    sentences: tuple[str | Promise, ...]
    short: tuple[str | Promise, ...] = ()


_HELD = _("%(unit)s, %(post)s holds it now.")
_DUE = _("It is to be finished by %(due_at)s.")
_READ = _("Read on your page what was written to you.")

TO_REQUESTERS: Mapping[str, Template] = {
    "received": Template(
        Kind.REQUESTER,
        _("your request was received"),
        (_("Your request %(reference)s was received."), _HELD, _DUE),
        (
            _("Your request %(reference)s was received."),
            _("%(unit)s holds it."),
            _("By %(due_at)s at the latest."),
        ),
    ),
    "question": Template(
        Kind.REQUESTER,
        _("something is missing, please add it"),
        (
            _("%(unit)s asks you for something that is missing in your request %(reference)s."),
            _("Read the question on your page and answer it there."),
            _DUE,
        ),
        (
            _("%(unit)s has a question about your request %(reference)s."),
            _("Please answer it on your page, or call."),
        ),
    ),
    "reply": Template(
        Kind.REQUESTER,
        _("there is a reply"),
        (_("%(unit)s replied to your request %(reference)s."), _READ),
        (_("%(unit)s replied to your request %(reference)s."), _READ),
    ),
    "proposed": Template(
        Kind.REQUESTER,
        _("has it been solved?"),
        (
            _("%(unit)s says that your request %(reference)s is done."),
            _("You can see the result from %(from)s on."),
            _("Is it solved, partly solved or not solved? You say so, until %(until)s."),
            _("Without an answer it is archived as unanswered, and does not count as solved."),
        ),
        (
            _("%(unit)s says that your request %(reference)s is done."),
            _("Is it solved, partly solved or not solved? You say so, until %(until)s."),
        ),
    ),
    "judge_reminder": Template(
        Kind.REQUESTER,
        _("your answer is still missing"),
        (
            _("%(unit)s says that your request %(reference)s is done."),
            _("Is it solved, partly solved or not solved? You say so, until %(until)s."),
            _("Without an answer it is archived as unanswered, and does not count as solved."),
        ),
        (
            _("Your answer about %(reference)s is still missing."),
            _("Is it solved, partly solved or not solved? You say so, until %(until)s."),
        ),
    ),
    "look_back": Template(
        Kind.REQUESTER,
        _("is it still solved?"),
        (
            _("Some time ago your request %(reference)s was solved. Is it still solved?"),
            _("You can say so until %(until)s. If it is not, it is taken up again."),
            _("Without an answer nothing changes, and you are not asked again."),
        ),
        (
            _("Some time ago your request %(reference)s was solved. Is it still solved?"),
            _("You can say so until %(until)s."),
        ),
    ),
    "answered_above": Template(
        Kind.REQUESTER,
        _("the office above has acted"),
        (
            _("You asked the office above about your request %(reference)s."),
            _("It has acted: %(act)s."),
            _READ,
        ),
        (
            _("You asked the office above about your request %(reference)s."),
            _("It has acted: %(act)s."),
        ),
    ),
    "ended": Template(
        Kind.REQUESTER,
        _("ended: %(end)s"),
        (
            _("Your request %(reference)s has ended: %(end)s."),
            _("Your page says why, and what you can do if you do not agree."),
        ),
        (_("Your request %(reference)s has ended: %(end)s."), _("Your page says why.")),
    ),
    "reopened": Template(
        Kind.REQUESTER,
        _("taken up again"),
        (_("Your request %(reference)s was taken up again: %(cause)s."), _HELD, _DUE),
        (_("Your request %(reference)s was taken up again."), _("%(unit)s holds it.")),
    ),
    "promise": Template(
        Kind.REQUESTER,
        _("promised by %(promised_for)s"),
        (
            _("%(unit)s promised something for your request %(reference)s by %(promised_for)s."),
            _READ,
        ),
        (_("%(unit)s promised something for your request %(reference)s by %(promised_for)s."),),
    ),
    "extended": Template(
        Kind.REQUESTER,
        _("more time was granted"),
        (
            _("%(unit)s asked for more time for your request %(reference)s."),
            _("An office outside it granted %(days)s working days."),
            _DUE,
            _("Your page says why, and what is checked later."),
        ),
        (
            _("More time was granted for your request %(reference)s."),
            _("By %(due_at)s at the latest."),
        ),
    ),
    "code_replaced": Template(
        Kind.REQUESTER,
        _("there is a new access code"),
        (
            _("Your request %(reference)s got a new access code. The old one opens nothing now."),
            _("If you did not ask for that, please call or visit the office at once."),
        ),
        (
            _("%(reference)s got a new access code; the old one opens nothing."),
            _("If that was not you, please call the office."),
        ),
    ),
    "paused": Template(
        Kind.REQUESTER,
        _("the unit has to wait for something"),
        (
            _("Your request %(reference)s has to wait: %(reason)s."),
            _("On %(check_at)s it is checked whether that still holds."),
            _DUE,
        ),
        (
            _("Your request %(reference)s has to wait: %(reason)s."),
            _("On %(check_at)s it is checked whether that still holds."),
        ),
    ),
    "legal_route": Template(
        Kind.REQUESTER,
        _("with the legally competent body"),
        (
            _("Your request %(reference)s is with the legally competent body: %(body)s."),
            _("Its number there is %(acceptance_number)s."),
            _("By law it has to decide by %(due_at)s."),
        ),
        (
            _("Your request %(reference)s is with the legally competent body: %(body)s."),
            _("By law it has to decide by %(due_at)s."),
        ),
    ),
    "appeal_decided": Template(
        Kind.REQUESTER,
        _("your appeal was decided: %(decision)s"),
        (_("The appeal about %(reference)s was decided: %(decision)s."), _READ),
        (_("The appeal about %(reference)s was decided: %(decision)s."),),
    ),
}

_OPEN_IT = _("Open the case to act: what was written stands there.")

TO_OFFICERS: Mapping[str, Template] = {
    "to_hold": Template(Kind.OFFICER, _("%(how)s"), (_("%(reference)s: %(how)s."), _OPEN_IT)),
    "reminded": Template(
        Kind.OFFICER,
        _("reminder: %(clock)s"),
        (_("The time of %(reference)s is running: %(clock)s."), _OPEN_IT),
    ),
    "deadline_missed": Template(
        Kind.OFFICER,
        _("overdue: %(clock)s"),
        (_("%(reference)s is overdue since %(due_at)s: %(clock)s."), _OPEN_IT),
    ),
    "called_upon": Template(
        Kind.OFFICER,
        _("you are called to act by %(due_at)s"),
        (
            _("You are called to act on %(reference)s by %(due_at)s."),
            _("Take it over, instruct somebody or decide: reading alone is no answer."),
        ),
        (_("You are called to act on %(reference)s by %(due_at)s."),),
    ),
    "leaders_list": Template(
        Kind.OFFICER,
        _("on the leader's list"),
        (_("%(reference)s is on the leader's list: everybody below was called and silent."),),
    ),
    "sponsor": Template(
        Kind.OFFICER,
        _("you are its sponsor"),
        (_("You were named as the sponsor of %(reference)s, which has been open for long."),),
    ),
    "judged_no": Template(
        Kind.OFFICER,
        _("the requester says: %(verdict)s"),
        (_("The requester of %(reference)s says: %(verdict)s."), _OPEN_IT),
    ),
    "to_look_back": Template(
        Kind.OFFICER,
        _("is it still done?"),
        (_("%(reference)s was done some time ago. Is it still? You set it, so you say."), _OPEN_IT),
    ),
    "question_answered": Template(
        Kind.OFFICER,
        _("the requester answered"),
        (_("The requester of %(reference)s answered the question."), _OPEN_IT),
    ),
    "assist_requested": Template(
        Kind.OFFICER,
        _("help is asked for by %(due_at)s"),
        (_("%(unit)s asks for your help with %(reference)s by %(due_at)s."), _OPEN_IT),
    ),
    "assist_given": Template(
        Kind.OFFICER,
        _("help was given"),
        (_("The help you asked for in %(reference)s was given."), _OPEN_IT),
    ),
    "to_decide_dispute": Template(
        Kind.OFFICER,
        _("to decide: who holds it"),
        (_("Units disagree about who holds %(reference)s. You decide."), _OPEN_IT),
    ),
    "to_decide": Template(
        Kind.OFFICER,
        _("to decide: %(what)s"),
        (_("%(reference)s waits for your decision: %(what)s."), _OPEN_IT),
    ),
    "decided": Template(
        Kind.OFFICER,
        _("decided: %(what)s"),
        (_("It was decided about %(reference)s: %(what)s."), _OPEN_IT),
    ),
    "stalled": Template(
        Kind.OFFICER,
        _("what is missing?"),
        (
            _("For some days nothing was done in %(reference)s."),
            _("Say what keeps it from going on: it goes to those above as a request."),
            _OPEN_IT,
        ),
    ),
    "objection": Template(
        Kind.OFFICER,
        _("an objection to answer in writing"),
        (_("Somebody objected in writing in %(reference)s. You answer it in writing."),),
    ),
}

TEMPLATES: Mapping[str, Template] = {**TO_REQUESTERS, **TO_OFFICERS}

HOW: Words = {
    "case_opened": _("a new case has come in"),
    "assigned": _("assigned to your post"),
    "handed_over": _("handed over to your post"),
    "returned": _("returned to your post"),
    "dispute_decided": _("given to your post by binding decision"),
    "escalated": _("gone up to your post"),
    "recused": _("passed to your post"),
    "reopened": _("taken up again at your post"),
    "unmerged": _("separate again, at your post"),
}

WHAT: Words = {
    "split": _("a split"),
    "extension": _("more time"),
    "legal_route": _("the legal route"),
    "appeal": _("an appeal"),
    "proposal": _("the proposal to close"),
    "support": _("what the matter needs"),
    "contact": _("who may see a contact"),
    Outcome.EXPLAINED: _("explain: lawful and in order"),
    Outcome.DECLINED: _("decline"),
}

ENDS: Words = {end: words.STATES[end] for end in states.ENDS - {State.MERGED}}

CAUSES: Words = {
    "judged_no": _("the requester says it is not solved"),
    "judged_partly": _("the requester says it is only partly solved"),
    "requester": _("the requester asked for it"),
    "deciding_office": _("the deciding office ordered it"),
    "new_evidence": _("there is new evidence"),
    "appeal": _("the appeal was granted"),
    "recurred": _("the same matter came back"),
    "relapse": _("the requester says it is not solved any more"),
}

VERDICTS: Words = {
    Verdict.PARTLY: pgettext_lazy("verdict", "Partly solved"),
    Verdict.NO: pgettext_lazy("verdict", "Not solved"),
}

ACTS: Words = {
    CallAnswer.TOOK_OVER: _("it took the matter over"),
    CallAnswer.INSTRUCTED: _("it ordered who does what until when"),
    CallAnswer.DECIDED: _("it has decided"),
    CallAnswer.NAMED_SPONSOR: _("it named somebody who answers for the matter"),
}

DECISIONS: Words = {"granted": _("granted"), "refused": _("refused")}

CLOCKS: Words = {
    **words.CLOCKS,
    ClockName.LADDER: words.CLOCKS[ClockName.TOTAL],
    ClockName.QUESTION: _("the requester's answer to a question"),
}
"""What a deadline is for."""

CODED: Mapping[str, Words] = {
    "act": ACTS,
    "how": HOW,
    "what": WHAT,
    "end": ENDS,
    "cause": CAUSES,
    "verdict": VERDICTS,
    "decision": DECISIONS,
    "clock": CLOCKS,
}
"""The words for values that are codes, by the name of the value."""

INSTANTS = frozenset({"due_at", "until", "from", "promised_for", "check_at"})
"""The names of values that are instants."""

DIGEST_SUBJECT = _("%(count)s messages about your cases")
DIGEST_MORE = _("… and %(count)s more in the next message.")
TO_PAGE = _("Your page, for which you need your access code: %(address)s")
TO_CASE = _("The case: %(address)s")
TO_OPEN = _("This link opens your page once, until %(until)s. Give it to nobody: %(address)s")
CODE_SUBJECT = _("One-time code for %(reference)s")
CODE_TEXT = _(
    "Your one-time code for the request %(reference)s: %(code)s\n"
    "It is valid for %(minutes)s minutes. Nobody of ours will ask you for it. "
    "If you did not ask for it, do nothing: without it nobody can open your page."
)
CODE_SHORT = _(
    "One-time code for %(reference)s: %(code)s. Valid for %(minutes)s minutes. Tell it to nobody."
)
WHY_YOU = _(
    "You get this because you left this address with your request %(reference)s. "
    "If you want no more messages, say so on your page, tell the office, or write to %(stop)s."
)
WHY_YOU_WITHOUT_ADDRESS = _(
    "You get this because you left this address with your request %(reference)s. "
    "If you want no more messages, say so on your page, or tell the office."
)
TEST_SUBJECT = _("Test message")
TEST_TEXT = _("This message was sent to find out whether the channel works.")
