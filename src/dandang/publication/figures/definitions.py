"""What each figure means, in the words that are shown beside it and in the documentation."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure by its key (an anchor on the page), its name and what it is."""

    key: str
    name: str | Promise
    words: str | Promise


VERSION = 1
"""The number of these definitions. It goes up when one of them begins to count something else."""

DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "received",
        pgettext_lazy("figure", "Received"),
        _(
            "Every case, by the day on which its requester sent it; those taken over from other"
            " systems are included. Several requests about one matter are one case. What was split"
            " off from a case is counted with it, not by itself."
        ),
    ),
    Definition(
        "open",
        pgettext_lazy("figure", "Open now"),
        _("Not ended. A proposal to close, a hand-over or an answer by the unit ends nothing."),
    ),
    Definition(
        "overdue",
        pgettext_lazy("figure", "Overdue now"),
        _(
            "Open, and past the date by which the whole matter was to be finished. That date counts"
            " from sending; hand-overs, returns and pauses never move it. The age is the time"
            " since that date."
        ),
    ),
    Definition(
        "response",
        pgettext_lazy("figure", "Response rate"),
        _(
            "Of the cases received in the period whose deadline for a first response is decided,"
            " those answered in time. A confirmation of receipt is not a response. Decided means:"
            " answered, or the deadline has passed. Beside it stands how many have had no response"
            " at all."
        ),
    ),
    Definition(
        "undecided",
        pgettext_lazy("figure", "Response not due yet"),
        _("No response yet, and the deadline has not passed: in no rate."),
    ),
    Definition(
        "unneeded",
        pgettext_lazy("figure", "Ended before a response was due"),
        _(
            "Ended without a response before one was due, for example because the requester"
            " withdrew: in no rate."
        ),
    ),
    Definition(
        "resolution",
        pgettext_lazy("figure", "Resolution rate"),
        _(
            "Of the cases that ended in the period in which a requester could be asked, those the"
            " requester confirmed as solved. Silence is part of the whole, never of what is solved;"
            " the share of silence stands beside it."
        ),
    ),
    Definition(
        "satisfaction",
        pgettext_lazy("figure", "Satisfaction rate"),
        _(
            "Of the ratings given for cases that ended in the period, those with 4 or 5 of 5 stars."
            " A rating counts once it cannot be changed any more. Who did not rate is in neither"
            " number; the share that did not rate stands beside it."
        ),
    ),
    Definition(
        "asked",
        pgettext_lazy("figure", "Could be asked"),
        _(
            "Ended as solved, partly solved, not solved, or unanswered: the requester was asked"
            " whether it is solved."
        ),
    ),
    Definition(
        "unanswered",
        pgettext_lazy("figure", "Unanswered"),
        _(
            "The requester could be reached, was asked and reminded, and did not answer. Such cases"
            " may be solved or not: nobody knows, and they are never counted as solved."
        ),
    ),
    Definition(
        "unasked",
        pgettext_lazy("figure", "Could not be asked"),
        _(
            "Ended without anybody who could be asked: unreachable, explained, declined, concluded"
            " by law, merged or withdrawn. Each is a count of its own and in no rate."
        ),
    ),
    Definition(
        "imported",
        pgettext_lazy("figure", "Ended in another system"),
        _(
            "Had ended elsewhere before it was taken over. It is among the cases received, and in"
            " no other figure."
        ),
    ),
    Definition(
        "reopened",
        pgettext_lazy("figure", "Taken up again"),
        _(
            "Cases received in the period that were worked on again, because a requester did not"
            " accept the result or because a deciding office said so."
        ),
    ),
    Definition(
        "relapsed",
        pgettext_lazy("figure", "Came back"),
        _("Of those taken up again, those in which the same trouble came back after the end."),
    ),
    Definition(
        "waits",
        pgettext_lazy("figure", "Waiting time"),
        _(
            "The whole time from sending to the end, weekends included, of cases that ended in the"
            " period. Half of the cases took no longer than the first time, 95 of 100 no longer"
            " than the second. Both are rounded up to the next step, the number of cases down to"
            " tens. Merged and withdrawn cases are left out."
        ),
    ),
    Definition(
        "area",
        pgettext_lazy("figure", "By area and category"),
        _(
            "A case counts in its area or category and in all those above it. A case whose area or"
            " category is not known is counted apart."
        ),
    ),
    Definition(
        "unit",
        pgettext_lazy("figure", "By unit"),
        _(
            "A case counts with the unit that holds it now, or held it last. Units have very"
            " different work: this is not a ranking."
        ),
    ),
    Definition(
        "period",
        pgettext_lazy("figure", "By period"),
        _(
            "Months and years of the local calendar. What is received, open, overdue and answered"
            " counts in the period in which the case was sent; ends, ratings and waiting times in"
            " the period in which it ended."
        ),
    ),
    Definition(
        "small",
        pgettext_lazy("figure", "Small numbers"),
        _(
            "Of fewer than 10 cases, or ratings, nothing is told. How requesters' matters ended"
            " and what they said is not told where fewer than 10 of them are counted, so that"
            " nobody can be recognised; 0 is. Where such a count could be computed from others,"
            " more of them are left out. What offices did with their cases is no secret."
        ),
    ),
)
"""All definitions, in the order in which they are explained."""


def definition(key: str) -> Definition:
    """Return the definition with this key. Raises KeyError."""
    return _BY_KEY[key]


_BY_KEY = {one.key: one for one in DEFINITIONS}
