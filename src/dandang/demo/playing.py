"""Plays stories through the real actions, in the order of time, with a simulated clock."""

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import Random

from django.db import transaction

from dandang.demo.afterwards import stars, still_holds
from dandang.demo.answering import Manner, answer, answered_at, answers
from dandang.demo.carrying_on import carry_on
from dandang.demo.casting import actor, request_of
from dandang.demo.clockwork import heard_since, next_due, run_out
from dandang.demo.everyday import tables
from dandang.demo.filling import Known, filled
from dandang.demo.moments import Hours
from dandang.demo.opening import fire_times, opener, wish
from dandang.demo.played import Deed, Pending, Played, Refused, Scene
from dandang.demo.publishing import PUBLISH, publish, to_publish
from dandang.demo.stories import Step, Story, Value
from dandang.demo.texts import Texts
from dandang.demo.timing import when
from dandang.lifecycle.casework.actions.record import create
from dandang.lifecycle.casework.queries import find
from dandang.lifecycle.intake.actions import contacts_in, in_force, prepare
from dandang.lifecycle.intake.senders import keep_marks
from dandang.lifecycle.perform import Performed, perform
from dandang.lifecycle.states import State
from dandang.lifecycle.work import BEGINNING
from dandang.organization.directory import Directory
from dandang.terms import Actor, ActorKind, Refusal, new_access_code

_ANSWERS = frozenset({"judge", "look-back"})
_DISPATCH = Step("dispatcher", "assign", 0.4, {"to_post": "@another", "text": ""})


@dataclass(slots=True)
class Player:
    """Plays every story up to a moment; what would come later stays in `queue`.

    Whatever comes due in between happens at its time, and who is called answers as people do.

    `played` are all stories that were opened, by key. `refused` are the steps that could not be
    done: their stories go on as such cases would. `requests` counts all that came in. `quiet` are
    cases of which nothing more is told, by reference, with the number of their last event. `heard`
    is the number of the event up to which calls were heard of; `now` is how far it is.
    """

    directory: Directory
    hours: Hours
    texts: Texts
    played: dict[str, Played] = field(default_factory=dict)
    queue: list[Pending] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    requests: int = 0
    quiet: dict[str, int] = field(default_factory=dict)
    heard: int = 0
    now: datetime = BEGINNING
    _order: int = 0

    def tell(self, stories: Iterable[Story]) -> None:
        """Take stories up; they begin when their requests are sent."""
        for story in stories:
            self.plan(story.sent_at, Played(story))

    def take_over(self, reference: str, at: datetime) -> None:
        """Let a case of no story go on from this time as such cases do."""
        played = Played(Story(f"case.{reference}", at, "", "", "web"), reference)
        self.played[played.story.key] = played
        self._derailed(at, played)

    def plan(self, at: datetime, played: Played, step: Step | None = None) -> None:
        """Let the story go on at this time."""
        self._order += 1
        heapq.heappush(self.queue, Pending(at, self._order, played, step))

    def play(self, until: datetime, progress: Callable[[datetime], None]) -> None:
        """Play everything up to `until` (aware); `progress` is told how far it is."""
        while True:
            next_act = self.queue[0].at if self.queue else until
            due = next_due()
            if due is not None and due <= min(next_act, until):
                # A clock may have been set to a time gone by: it fires at once.
                self.now = max(self.now, due)
                run_out(self.now)
                self._hear(self.now)
                progress(self.now)
            elif not self.queue or next_act > until:
                return
            elif self.queue[0].step is None:
                self.now = self._open(until if due is None else min(due, until))
                progress(self.now)
            else:
                now = heapq.heappop(self.queue)
                assert now.step is not None
                self.now = now.at
                self._do(now.at, now.played, now.step)
                progress(now.at)

    def _open(self, until: datetime) -> datetime:
        """Open what is sent before anybody acts again, all in one go; return when the last was.

        Nothing of it comes after a clock that these cases set runs out.
        """
        under, openings, at = in_force(), [], until
        while self.queue and self.queue[0].step is None and self.queue[0].at <= until:
            now = heapq.heappop(self.queue)
            at, played, code = now.at, now.played, new_access_code()
            by = opener(played.story, at, self.directory)
            opening = prepare(wish(played.story), under, by=by, now=at, access_code=code)
            openings.append(opening)
            until = min([until, *fire_times(opening.state)])
            played.reference, played.access_code = opening.request.reference, code
            played.saw(opening.state.state, opening.state.holder, opening.state.seq)
            played.did(Deed("open", by, at, 0, played.reference))
            self.played[played.story.key] = played
            self._go_on(at, played)
            if (reading := to_publish(played.story)) is not None:
                self.plan(when(reading, played, at, self.directory, self.hours), played, reading)
        with transaction.atomic():
            create(openings)
            keep_marks(contacts_in(openings))
        self.requests += len(openings)
        return at

    def _go_on(self, at: datetime, played: Played) -> None:
        """Plan the next step; a case nobody has yet is dispatched before its holder can act."""
        step = played.next_step()
        if step is None:
            return
        if played.state is State.RECEIVED and step.who == "holder":
            step = self._dispatching(played)
            played.steps_done -= 1
        self.plan(when(step, played, at, self.directory, self.hours), played, step)

    def _dispatching(self, played: Played) -> Step:
        category = played.story.category
        posts = tables()["dispatch"].get(category)
        if not posts:
            return _DISPATCH
        values = {"to_post": posts[played.turn % len(posts)], "text": ""}
        if not category:
            values["category"] = "rubbish_and_sanitation"
        return Step("dispatcher", "assign", 0.3 + played.turn % 30 / 10, values)

    def _do(self, at: datetime, played: Played, step: Step) -> None:
        if step.verb == PUBLISH:
            publish(played, step, at, self.directory)
            return
        try:
            if not self._act(at, played, step):
                return
        except (Refusal, LookupError) as refusal:
            code = refusal.code.value if isinstance(refusal, Refusal) else "nobody_there"
            self.refused.append(Refused(played.story.key, step.verb, code))
            if not step.beside:
                self._derailed(at, played)
            return
        if step.verb == "look-back" and played.state is State.IN_PROGRESS:
            played.steps_done = len(played.story.steps)
            self._carry_on(at, played)
        elif not step.beside:
            self._go_on(at, played)
        elif self._is_left(played):
            self._carry_on(at, played)

    def _act(self, at: datetime, played: Played, step: Step) -> bool:
        scene = self._scene(played, step)
        if step.beside and not self._can_answer(at, played, step, scene):
            return False
        by = actor(
            self.directory,
            step.who,
            at,
            holder=scene.holder,
            other=played.target,
            channel=played.story.channel,
            turn=played.turn,
        )
        values = filled(step.values, Known(self.directory, self.hours, self.played, played, at))
        if step.verb in _ANSWERS and by.kind is not ActorKind.REQUESTER:
            values["request"] = scene.request
            values.pop("was_contacted", None)
        result = perform(step.verb, scene.reference, values, by=by, now=at)
        self._note(at, played, step, by, result)
        stays = "split" not in result.done.events
        if step.verb == "judge" and stays and not step.about and not played.story.planting:
            self._rate(at, played, str(values["verdict"]), scene, by)
        return True

    def _rate(self, at: datetime, played: Played, verdict: str, scene: Scene, by: Actor) -> None:
        """Let whoever has just judged rate the service, too, if they like to."""
        given = stars(played.turn, verdict)
        if given is None:
            return
        values: dict[str, object] = {"stars": given}
        if by.kind is not ActorKind.REQUESTER:
            values["request"] = scene.request
        done = perform("rate", scene.reference, values, by=by, now=at).done
        played.saw(done.state, done.holder, done.seq)

    def _scene(self, played: Played, step: Step) -> Scene:
        """Return the case that the step is about: that of the story, or another one it led to."""
        if not step.about:
            if played.state is None:
                state = find(played.reference).state
                played.saw(state.state, state.holder, state.seq)
            return Scene(played.reference, played.holder, request_of(step.who))
        view = find(played.other(step.about))
        return Scene(view.reference, view.state.holder, view.request_number)

    def _note(self, at: datetime, played: Played, step: Step, by: Actor, result: Performed) -> None:
        done = result.done
        played.did(Deed(step.verb, by, at, done.seq, done.reference))
        played.parts.extend(done.children)
        if result.receipt:
            self.requests += 1
            played.callers.append(result.receipt.reference)
        if step.about:
            return
        played.saw(done.state, done.holder, done.seq)
        if done.state is State.PROPOSED and step.verb == "propose":
            played.seen_from = find(played.reference).state.confirm_not_before

    def _hear(self, now: datetime) -> None:
        """Plan how those who were called by now answer, and those who are asked again."""
        heard = heard_since(self.heard)
        self.heard = heard.until
        for reference in heard.asked:
            self._look_back(reference, now)
        for call in heard.calls:
            played, about = self._told_of(call.reference, call.at)
            manner = Manner(played.story.calls)
            rng = Random(f"{played.story.key}/{about}/{call.seq}")  # noqa: S311 a story, not a secret
            if not answers(call, manner, rng):
                continue
            at = answered_at(call, now, self.hours, rng)
            step = answer(call, self.texts, rng, may_take=self._is_left(played))
            self.plan(at, played, replace(step, about=about))

    def _look_back(self, reference: str, now: datetime) -> None:
        """Plan what the requester of an everyday matter says when asked again, if anything."""
        told = (one for one in reversed(self.played.values()) if one.about(reference) == "")
        played = next(told, None)
        holds = still_holds(played.turn) if played else None
        if played is None or holds is None or played.story.planting:
            return
        values: dict[str, Value] = {"holds": holds}
        if not holds:
            values["text"] = self.texts.word("still", Random(played.story.key))  # noqa: S311 a story
        at = self.hours.office(now, 2 + played.turn % 7)
        self.plan(at, played, Step("asker", "look-back", 0, values))

    def _told_of(self, reference: str, at: datetime) -> tuple[Played, str]:
        """Return the story a case belongs to, and which of its cases it is; a new one for none."""
        for played in reversed(self.played.values()):
            about = played.about(reference)
            if about is not None:
                return played, about
        played = Played(Story(f"case.{reference}", at, "", "", "web"), reference)
        self.played[played.story.key] = played
        return played, ""

    def _is_left(self, played: Played) -> bool:
        """Say whether nobody is at work on a matter any more who would not lie still on purpose."""
        manner = Manner(played.story.calls)
        if manner in {Manner.IDLE, Manner.SILENT} or (played.story.planting and not manner):
            return False
        return not any(one.played is played and one.is_told for one in self.queue)

    def _can_answer(self, at: datetime, played: Played, step: Step, scene: Scene) -> bool:
        """Say whether the call still waits; while the requester is asked, it is for later."""
        case = find(scene.reference).state
        _, _, post = step.who.partition(":")
        if not any(one.post == post for one in case.calls):
            return False
        if case.standing().awaits_requester:
            self.plan(self.hours.workday(at, 1), played, step)
            return False
        return True

    def _derailed(self, at: datetime, played: Played) -> None:
        """Go on as cases in this state do, once; a second refusal leaves the case as it is."""
        played.steps_done = len(played.steps)
        if played.is_carried_on:
            return
        played.is_carried_on = True
        self._carry_on(at, played)

    def _carry_on(self, at: datetime, played: Played) -> None:
        state = find(played.reference).state
        played.saw(state.state, state.holder, state.seq)
        rng = Random(played.reference)  # noqa: S311 a story, not a secret
        played.more = carry_on(state, self.texts, rng, judged=played.story.title != "")
        self._go_on(at, played)
