"""What forms say before an act: every verb by its own rule, and then exactly that happens."""

import re

import pytest

from dandang.interfaces.desk.access import OpenCase, officer_now
from dandang.interfaces.desk.elsewhere import elsewhere
from dandang.interfaces.desk.foreseeing import outlooks, sentences_of
from dandang.interfaces.shared.titles import title_of
from dandang.lifecycle.casework.queries import facts_of, find
from dandang.lifecycle.foreseen import clocks_after, foreseen
from dandang.lifecycle.perform import foresee_all, perform
from dandang.lifecycle.verbs import READY
from dandang.notifications.imagining import would_tell
from dandang.notifications.models import Message
from dandang.terms import Actor
from tests import town
from tests.interfaces.desk.examples import EXAMPLES
from tests.interfaces.desk.office import at_desk, in_progress, seen
from tests.interfaces.stories import NO_WATER, city, officer, wait_until, words_of
from tests.notifications.city import follows

pytestmark = pytest.mark.django_db

NEW_SENDERS = frozenset({"attach"})
"""Verbs that bring somebody who is told and was not there before."""


@pytest.fixture(autouse=True)
def jiangcheng():
    city()


def at_home(value: str) -> str:
    """Return a time as typed with the zone of the body; anything else as it is."""
    return f"{value}+08:00" if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value) else value


def came_true_elsewhere(imagined, done, verb: str) -> None:
    """Other cases stand as it was said of them, and those that opened, too."""
    for code, change in imagined.others:
        told, then = foreseen(change), find(code, follow=False).state
        assert (told.state, told.holder) == (then.state, then.holder), verb
        assert clocks_after(change.before.clocks, told) == dict(then.clocks), verb
    born = [find(code, follow=False).state for code in done.children]
    said = [(one.state.holder, one.state.total) for one in imagined.born]
    assert said == [(one.holder, one.total) for one in born], verb


def test_what_is_foreseen_of_any_verb_is_what_then_happens():
    for verb, example in EXAMPLES.items():
        wait_until(town.MONDAY)  # some of them let time pass
        reference = example.case()
        by, now = Actor.officer(example.by), officer_now(example.by).now
        view = find(reference, follow=not READY[verb].undoes_a_merge)
        facts = facts_of(view, by=by, now=now)
        said = outlooks(READY[verb], facts)
        values = {name: at_home(value) for name, value in example.values.items()}
        imagined = foresee_all(verb, reference, values, by=by, now=now)
        change = imagined.change
        told = foreseen(change)
        assert bool(imagined.others or imagined.born) == bool(
            elsewhere(OpenCase(view, facts), imagined)
        ), verb
        sentences = sentences_of(OpenCase(view, facts), told, change.after)
        tellings = would_tell(view.stream, change.after, change.records, now)
        follows(now)
        before = set(Message.objects.values_list("pk", flat=True))
        done = perform(verb, reference, values, by=by, now=now).done
        came_true_elsewhere(imagined, done, verb)
        after = find(view.case_reference, follow=False).state
        assert (told.state, told.holder) == (after.state, after.holder), verb
        assert clocks_after(view.state.clocks, told) == dict(after.clocks), verb
        assert all(sentences), verb
        assert all(one.sentences for one in said), verb
        follows(now)
        sent = Message.objects.exclude(pk__in=before).filter(reference=view.case_reference)
        if verb not in NEW_SENDERS:
            officers = sent.filter(recipient__startswith="officer:")
            assert {(one.template, code) for one in tellings for code in one.officers} >= {
                (row.template, row.recipient.split(":")[1]) for row in officers
            }, verb
            told_of = {one.template for one in tellings if one.kind == "requester"}
            requesters = sent.filter(recipient__startswith="requester:")
            assert told_of >= {row.template for row in requesters}, verb


@pytest.mark.parametrize(
    ("verb", "by", "words"),
    [
        ("accept", town.LI_NA, ""),
        (
            "ask",
            town.LI_NA,
            "The clock of the whole matter goes on.",
        ),
        ("propose", town.LI_NA, "If you say “it is done” The case is then: "),
        ("hand-over", town.LI_NA, "The post you choose holds the case from then on."),
    ],
)
def test_a_form_says_what_its_act_does_before_anything_is_written(verb, by, words):
    reference = EXAMPLES[verb].case()
    page = words_of(at_desk(by).get(f"/desk/{reference}/{verb}/"))
    assert "What this does" in page
    assert words in page


def test_a_preview_shows_the_message_and_by_which_way_it_goes():
    reference = in_progress()
    values = {"text": "A lorry with water comes at noon", "preview": "preview"}
    page = words_of(
        at_desk(town.LI_NA).post(f"/desk/{reference}/reply/", {**values, "seen_seq": 2})
    )
    assert "Message to 1 requester: " in page
    assert "These clocks end: " in page


def test_a_merge_shows_both_cases_and_what_becomes_of_each():
    """Zhao Min looks at the case she is about to join another one into, before she does."""
    reference, into = in_progress(), in_progress(title="Dry taps at number 5")
    zhao_min = at_desk(town.ZHAO_MIN)
    page = words_of(zhao_min.get(f"/desk/{reference}/merge/?into={into}"))
    assert "All requesters of this case go on in the one you choose." in page
    assert f"Both cases {title_of(NO_WATER['text'])} {reference}" in page
    assert f"Dry taps at number 5 {into} · Water supply · Hudong" in page
    typed = {"seen_seq": 2, "into": into, "text": "One pipe", "preview": "preview"}
    shown = words_of(zhao_min.post(f"/desk/{reference}/merge/", {**typed, "similar_case": into}))
    assert f"What it does to other cases {into}: 1 requester more" in shown
    assert "State in progress" in shown  # the requesters go on in the other one
    none = zhao_min.get(f"/desk/{reference}/merge/?into=7K4M-9Q2X")
    assert none.context["both"] == ()
    officer("merge", reference, town.ZHAO_MIN, into=into, text="One pipe")
    back = words_of(zhao_min.get(f"/desk/{reference}/unmerge/"))
    assert "Dry taps at number 5" in back
    undone = {"seen_seq": seen(reference, "unmerge"), "text": "Two pipes", "preview": "preview"}
    apart = words_of(zhao_min.post(f"/desk/{reference}/unmerge/", undone))
    assert f"{into}: 1 requester leaves it." in apart


def test_a_split_says_who_holds_the_part_and_until_when():
    reference = in_progress()
    typed = {"seen_seq": seen(reference), "to_post": "housing-duty", "title": "The pump"}
    typed |= {"text": "Repair the pump", "preview": "preview"}
    page = at_desk(town.ZHAO_MIN).post(f"/desk/{reference}/split/", typed)
    words = words_of(page)
    assert "A part goes on as a case of its own, which Housing bureau · Duty desk holds" in words
