"""Words for what can be done to a case: its name, the button that does it, a hint where needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class VerbWords:
    """`name` stands in menus and tables, `submit` on the button, `hint` above the form."""

    name: str | Promise
    submit: str | Promise
    hint: str | Promise = ""


VERB_WORDS: Mapping[str, VerbWords] = MappingProxyType(
    {
        "attach": VerbWords(
            _("attach a request"),
            _("Attach the request"),
            _("The new request gets its own reference and is judged by its own sender."),
        ),
        "assign": VerbWords(
            pgettext_lazy("verb", "assign"),
            _("Assign the case"),
            _("The post holds the case at once; no clock waits for acceptance."),
        ),
        "accept": VerbWords(
            pgettext_lazy("verb", "accept"),
            _("Accept the case"),
            _("You already hold it: accepting acknowledges that. The clocks run since the start."),
        ),
        "hand-over": VerbWords(
            pgettext_lazy("verb", "hand over"),
            _("Hand the case over"),
            _(
                "The total clock goes on. The requester sees who handed over to whom, and why. "
                "At the limit of hand-overs it goes to the deciding office instead."
            ),
        ),
        "return": VerbWords(
            pgettext_lazy("verb", "return"),
            _("Return the case"),
            _(
                "It goes back to the previous holder. "
                "At the limit of returns between two units it goes to the deciding office instead."
            ),
        ),
        "dispute": VerbWords(
            _("dispute who holds it"),
            _("Put it before the deciding office"),
            _("You keep the case until it is decided."),
        ),
        "decide-dispute": VerbWords(
            _("decide the dispute"),
            _("Decide who holds the case"),
            _("The decision binds; afterwards only the dispatcher moves the case."),
        ),
        "ask-split": VerbWords(_("ask for a split"), _("Ask for a split")),
        "split": VerbWords(pgettext_lazy("verb", "split"), _("Split the case")),
        "merge": VerbWords(pgettext_lazy("verb", "merge"), _("Merge the cases")),
        "unmerge": VerbWords(_("undo a merge"), _("Undo the merge")),
        "declare-conflict": VerbWords(
            _("declare a conflict of interest"), _("Declare the conflict")
        ),
        "request-assist": VerbWords(_("ask for assistance"), _("Ask for assistance")),
        "give-assist": VerbWords(_("give assistance"), _("Give assistance")),
        "ask": VerbWords(
            _("ask the requester"),
            _("Send the question"),
            _(
                "Name exactly what is missing. Your own clock pauses, the total clock does not; "
                "the number of questions and the time for them are limited."
            ),
        ),
        "answer": VerbWords(_("answer the question"), _("Send the answer")),
        "contacted": VerbWords(
            _("record a contact"),
            _("Record the contact"),
            _("For a real conversation with the requester. The requester sees this."),
        ),
        "note": VerbWords(_("add a note"), _("Add the note")),
        "reply": VerbWords(
            _("reply to the requester"),
            _("Send the reply"),
            _("A reply with substance: what you found, what happens next, and when."),
        ),
        "pause": VerbWords(_("pause a clock"), _("Pause the clock")),
        "resume": VerbWords(
            _("go on without an answer"),
            _("Go on working"),
            _("Possible once the time for the answer is used up."),
        ),
        "enter-legal-route": VerbWords(_("enter the legal route"), _("Enter the legal route")),
        "update-legal-route": VerbWords(_("news from the legal route"), _("Record the news")),
        "leave-legal-route": VerbWords(_("leave the legal route"), _("Leave the legal route")),
        "ask-extension": VerbWords(_("ask for more time"), _("Ask for more time")),
        "decide-extension": VerbWords(_("decide on more time"), _("Decide on more time")),
        "promise": VerbWords(_("promise a date"), _("Promise the date")),
        "correct": VerbWords(_("correct an entry"), _("Add the correction")),
        "object": VerbWords(_("object in writing"), _("File the objection")),
        "answer-objection": VerbWords(_("answer an objection"), _("Answer the objection")),
        "propose": VerbWords(
            _("propose closing"),
            _("Propose closing"),
            _(
                "Say what was done. The requester is asked; the total clock runs on until they "
                "answer. To explain or decline, give reason and basis: another office decides."
            ),
        ),
        "reject-proposal": VerbWords(
            _("reject the proposal"),
            _("Send it back to the holder"),
        ),
        "judge": VerbWords(
            _("record the requester's answer"),
            _("Record the answer"),
            _("In the requester's own words. Silence is not consent."),
        ),
        "lapse": VerbWords(_("let the answer lapse"), _("Let the answer lapse")),
        "explain": VerbWords(
            pgettext_lazy("verb", "explain"),
            _("End it as explained"),
            _("Lawful and in order: give facts and basis. The requester may object once."),
        ),
        "decline": VerbWords(
            pgettext_lazy("verb", "decline"),
            _("Decline the case"),
            _("Name the article, where the requester can turn instead, and a second reader."),
        ),
        "conclude": VerbWords(_("conclude by law"), _("Conclude the case")),
        "close-not-solved": VerbWords(_("close as not solved"), _("Close as not solved")),
        "reopen": VerbWords(
            pgettext_lazy("verb", "reopen"),
            _("Reopen the case"),
            _("The last holder gets it back, under the same total clock."),
        ),
        "appeal": VerbWords(pgettext_lazy("verb", "appeal"), _("Send the appeal")),
        "decide-appeal": VerbWords(_("decide the appeal"), _("Decide the appeal")),
        "withdraw": VerbWords(pgettext_lazy("verb", "withdraw"), _("Withdraw the request")),
        "erase": VerbWords(_("erase personal data"), _("Erase personal data")),
    }
)


def verb_name(verb: str) -> str:
    """Return what the verb is called; the verb itself where there are no words."""
    found = VERB_WORDS.get(verb)
    return str(found.name) if found else verb
