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
        "change-category": VerbWords(
            _("correct the category"),
            _("Correct the category"),
            _("The case stays the same and its total clock goes on."),
        ),
        "name-subject": VerbWords(
            _("name the unit complained about"),
            _("Name the unit"),
            _(
                "This unit and those below it can neither hold the case nor see who sent it. "
                "Where it holds the case now, another post gets it at once."
            ),
        ),
        "link-external": VerbWords(
            _("link to the system above"),
            _("Link the case"),
            _("For a case that a system above knows, too. The earlier deadline rules."),
        ),
        "ask-split": VerbWords(
            _("ask for a split"),
            _("Ask for a split"),
            _("You keep the case. The dispatcher decides whether a part becomes its own case."),
        ),
        "refuse-split": VerbWords(_("refuse the split"), _("Refuse the split")),
        "split": VerbWords(
            pgettext_lazy("verb", "split"),
            _("Split off a part"),
            _(
                "The part becomes a case of its own, as old as this one and never due later. "
                "You judge its result. This case ends only after its last part."
            ),
        ),
        "merge": VerbWords(
            pgettext_lazy("verb", "merge"),
            _("Merge into the other case"),
            _(
                "For the same matter reported twice. Every requester keeps reference and answer; "
                "the earlier deadline rules. A merge can be undone."
            ),
        ),
        "unmerge": VerbWords(
            _("undo the merge"),
            _("Undo the merge"),
            _("The case is as before the merge, under the same total clock."),
        ),
        "explain-stall": VerbWords(
            _("say what is missing"),
            _("Say what is missing"),
            _("It goes to those above as a request. No requester sees it; no deadline moves."),
        ),
        "decide-support": VerbWords(_("answer what the holder needs"), _("Send the answer")),
        "declare-conflict": VerbWords(
            _("declare a conflict of interest"),
            _("Declare the conflict"),
            _(
                "You will not be able to act on this case or open it any more. Where nobody else "
                "is in the post, a substitute gets the case."
            ),
        ),
        "request-assist": VerbWords(
            _("ask for assistance"),
            _("Ask for assistance"),
            _("You keep the case and answer for all of it. The other post has a deadline."),
        ),
        "give-assist": VerbWords(_("give assistance"), _("Give assistance")),
        "ask": VerbWords(
            _("ask the requester"),
            _("Send the question"),
            _(
                "Name exactly what is missing. Your own clock pauses, the total clock does not; "
                "the number of questions and the time for them are limited."
            ),
        ),
        "answer": VerbWords(
            _("record the requester's answer"),
            _("Record the answer"),
            _("What the requester answers to the question, in their words."),
        ),
        "appeal": VerbWords(
            _("record the requester's appeal"),
            _("Record the appeal"),
            _(
                "What the requester says against the end, in their words. Somebody decides it who "
                "has decided nothing here before."
            ),
        ),
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
        "pause": VerbWords(
            _("pause the clock of the step"),
            _("Pause the clock"),
            _(
                "Only the holder's own clock stands still, until a condition is checked that "
                "anybody can check. The total clock goes on."
            ),
        ),
        "resume": VerbWords(_("go on working"), _("Go on working")),
        "check-condition": VerbWords(
            _("check the condition"),
            _("Record the check"),
            _("Say what you found. Where it no longer holds, the clock goes on."),
        ),
        "ask-other": VerbWords(
            _("ask another body"),
            _("Record what was asked"),
            _("For a body outside this register, with a dated request. No clock stands still."),
        ),
        "ask-legal-route": VerbWords(
            _("ask for the legal route"),
            _("Ask for the legal route"),
            _(
                "For matters that another body has to decide by law and has accepted. You keep "
                "the case; a deciding office says yes or no."
            ),
        ),
        "enter-legal-route": VerbWords(
            _("agree to the legal route"),
            _("Agree to the legal route"),
            _(
                "The total clock follows the statutory date. The holder owes news every few "
                "working days, and the case does not end there."
            ),
        ),
        "refuse-legal-route": VerbWords(_("refuse the legal route"), _("Refuse the legal route")),
        "update-legal-route": VerbWords(_("news from the legal route"), _("Record the news")),
        "leave-legal-route": VerbWords(
            _("leave the legal route"),
            _("Leave the legal route"),
            _("The body has decided, or no longer deals with it: the work goes on here."),
        ),
        "ask-extension": VerbWords(
            _("ask for more time"),
            _("Ask for more time"),
            _(
                "Once, and before the case is due. Another office decides; name a condition that "
                "can be checked later."
            ),
        ),
        "decide-extension": VerbWords(_("decide on more time"), _("Decide on more time")),
        "promise": VerbWords(
            _("promise a date"),
            _("Promise the date"),
            _("The requester sees it, and whether it was kept."),
        ),
        "correct": VerbWords(
            _("correct an entry"),
            _("Add the correction"),
            _("Nothing is edited: the correction stands beside what was wrong."),
        ),
        "object": VerbWords(
            _("object in writing"),
            _("File the objection"),
            _(
                "It must be answered in writing. Your name stays protected: only the supervision "
                "office can see who wrote it."
            ),
        ),
        "answer-objection": VerbWords(_("answer an objection"), _("Answer the objection")),
        "propose": VerbWords(
            _("propose closing"),
            _("Propose closing"),
            _(
                "Say what was done. The requester is asked; the total clock runs on until they "
                "answer. To explain or decline, give reason and basis: another office decides."
            ),
        ),
        "reject-proposal": VerbWords(_("reject the proposal"), _("Send it back to the holder")),
        "judge": VerbWords(
            _("record the requester's answer"),
            _("Record the answer"),
            _("In the requester's own words. Silence is not consent."),
        ),
        "rate": VerbWords(
            _("record the requester's rating"),
            _("Record the rating"),
            _(
                "How the requester was treated, 1 to 5, apart from whether it is solved. Nobody "
                "has to rate. The unit sees it when the time for changing it is over."
            ),
        ),
        "look-back": VerbWords(
            _("record whether it is still solved"),
            _("Record whether it is still solved"),
            _(
                "In the requester's own words. If it is not, the case is taken up again where it "
                "was held last, with its history and its old deadline."
            ),
        ),
        "ask-escalation": VerbWords(
            _("ask the office above to act"), _("Ask the office above to act")
        ),
        "lapse": VerbWords(_("let the answer lapse"), _("Let the answer lapse")),
        "act-on-call": VerbWords(
            _("act on the call"),
            _("Act on the call"),
            _(
                "Taking over makes you the holder. An instruction says who does what until when, a "
                "decision until when it shows. Reading is not acting: when the time is up, the "
                "next office above is called."
            ),
        ),
        "name-sponsor": VerbWords(
            _("name a sponsor"),
            _("Name the sponsor"),
            _(
                "Whoever is in this post answers for the case until its end, and is called first. "
                "The holder stays the same."
            ),
        ),
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
        "conclude": VerbWords(
            _("conclude by law"),
            _("Conclude the case"),
            _(
                "A final review exists and there are no new facts. It stays outside every rate, "
                "visibly; new evidence reopens it."
            ),
        ),
        "close-not-solved": VerbWords(
            _("close as not solved"),
            _("Close as not solved"),
            _(
                "After the requester's second “not solved”: it counts as not solved, with your "
                "reasons. The requester can appeal."
            ),
        ),
        "reopen": VerbWords(
            pgettext_lazy("verb", "reopen"),
            _("Reopen the case"),
            _("The last holder gets it back, under the same total clock."),
        ),
        "decide-appeal": VerbWords(
            _("decide the appeal"),
            _("Decide the appeal"),
            _("Only by somebody who has decided nothing in this case before."),
        ),
        "withdraw": VerbWords(pgettext_lazy("verb", "withdraw"), _("Withdraw the request")),
        "change-contact": VerbWords(
            _("correct contact details"),
            _("Keep these contact details"),
            _(
                "What stands here is the whole contact from now on; the old one is erased. "
                "Messages go to the new one."
            ),
        ),
        "erase-contact": VerbWords(
            _("erase contact details"),
            _("Erase contact details"),
            _("Messages end. The page of the request stays and is opened with the access code."),
        ),
        "replace-code": VerbWords(
            _("replace the access code"),
            _("Give out a new access code"),
            _(
                "The old code, links in mails and pages that are open end at once. "
                "Make sure first that you speak with the requester."
            ),
        ),
        "allow-publishing": VerbWords(
            _("say whether the matter may be shown"),
            _("Keep this answer"),
            _("Shown publicly only after an officer has taken out what names people."),
        ),
        "publish-text": VerbWords(
            _("publish a text"),
            _("Publish this text"),
            _("Everybody can read it. Take out whatever lets somebody know who wrote it."),
        ),
        "withhold-text": VerbWords(
            _("publish nothing"),
            _("Publish nothing of it"),
            _("What was published before is gone at once. The requester sees that you decided so."),
        ),
        "see-earlier": VerbWords(
            _("see earlier requests"),
            _("Show them until the end of the day"),
            _("It is recorded who looked and what for; the requester can see it."),
        ),
        "unmask": VerbWords(
            _("show the contact"),
            _("Show it until the end of the day"),
            _("It is recorded who looked and what for; the requester can see it."),
        ),
        "ask-unmask": VerbWords(
            _("ask to see the contact"),
            _("Ask for it"),
            _("An officer of supervision decides. Then you can look for the rest of that day."),
        ),
        "allow-unmask": VerbWords(
            _("let another officer see the contact"),
            _("Allow it until the end of the day"),
            _("Only if the purpose cannot be reached without it."),
        ),
        "refuse-unmask": VerbWords(
            _("do not let another officer see the contact"),
            _("Refuse it"),
            _("The officer who asked reads the reasons."),
        ),
        "ask-erase": VerbWords(
            _("ask for an erasure"),
            _("Ask for the erasure"),
            _("Another officer has to do it. Name the rule that demands it."),
        ),
        "erase": VerbWords(
            _("erase personal data"),
            _("Erase personal data"),
            _(
                "Names, contacts and texts of this case go for good; that it happened stays "
                "provable."
            ),
        ),
    }
)


def verb_name(verb: str) -> str:
    """Return what the verb is called; the verb itself where there are no words."""
    found = VERB_WORDS.get(verb)
    return str(found.name) if found else verb
