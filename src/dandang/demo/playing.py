"""Plays the script through the real actions, in the order of time, with a simulated clock."""

import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from dandang.demo.script import Script, Story
from dandang.lifecycle.casework.queries import CaseView, find
from dandang.lifecycle.intake.actions import open_request
from dandang.lifecycle.intake.rules import Contact, Open
from dandang.lifecycle.perform import perform
from dandang.lifecycle.states import State
from dandang.organization.directory import PostKind
from dandang.organization.queries import directory, work_calendar
from dandang.policy import ClockName
from dandang.terms import Actor, ActorKind

_RECEIVERS = ("cityman-duty", "transport-duty", "market-duty", "environment-duty", "housing-duty")
_WINDOW_ENDS = -2
"""The step that is no step: the time for the requester's judgement is over."""
_CIRCUMSTANCES = frozenset({"after", "who", "verb", "to"})
_OTHERS = {
    "requester": Actor.requester(1),
    "second": Actor.requester(2),
}
_KINDS = {
    "dispatcher": PostKind.DISPATCH,
    "supervision": PostKind.SUPERVISION,
    "callback": PostKind.CALL_BACK,
}
_WORDS = frozenset({"text", "basis", "missing"})


@dataclass(slots=True)
class Played:
    """A story under way: its reference, the requester's access code, where it was sent to."""

    story: Story
    reference: str = ""
    access_code: str = ""
    target: str = ""


@dataclass(slots=True)
class Player:
    """Plays every story up to `now`; what would come later has not happened yet."""

    script: Script
    now: datetime
    progress: Callable[[int], None]
    played: list[Played] = field(default_factory=list)
    _queue: list[tuple[datetime, int, Played, int]] = field(default_factory=list)
    _order: Any = field(default_factory=count)

    def play(self) -> list[Played]:
        """Play the script; `progress` is told how many acts were done."""
        for story in self.script.stories:
            self._plan(story.sent_at, Played(story), -1)
        done = 0
        while self._queue:
            at, _, played, step = heapq.heappop(self._queue)
            self._do(at, played, step)
            done += 1
            self.progress(done)
        return self.played

    def _plan(self, at: datetime, played: Played, step: int) -> None:
        if at <= self.now:
            heapq.heappush(self._queue, (at, next(self._order), played, step))

    def _do(self, at: datetime, played: Played, step: int) -> None:
        steps = played.story.steps
        if step == _WINDOW_ENDS:
            self._lapse(at, played)
            return
        if step < 0:
            self._open(at, played)
        elif not self._act(at, played, steps[step]):
            self._plan(at + timedelta(minutes=20), played, step)
            return
        if step + 1 < len(steps):
            wait = timedelta(hours=steps[step + 1]["after"])
            moment = work_calendar().add_working_time(at, wait, provisional_ok=True)
            self._plan(moment.at, played, step + 1)

    def _open(self, at: datetime, played: Played) -> None:
        story = played.story
        by_web = story.channel == "web"
        wish = Open(
            title=story.title,
            text=story.text,
            channel=story.channel,
            category=story.category,
            area=story.area,
            contact=Contact(phone=story.phone),
            can_follow=by_web,
        )
        by = Actor.requester(1) if by_web else Actor.officer(_officer_of_kind(PostKind.INTAKE, at))
        receipt = open_request(wish, by=by, now=at)
        played.reference, played.access_code = receipt.reference, receipt.access_code
        self.played.append(played)

    def _act(self, at: datetime, played: Played, step: Mapping[str, Any]) -> bool:
        """Do one step; False says that the dispatcher had to assign the case first."""
        view = find(played.reference)
        if view.state.state is State.RECEIVED and step["who"] == "holder":
            self._dispatch(at, played, view)
            return False
        values: dict[str, object] = {
            name: self.script.words[str(value)] if name in _WORDS else value
            for name, value in step.items()
            if name not in _CIRCUMSTANCES
        }
        if "to" in step:
            values["to_post"] = self._target(played, view, step["to"])
        by = _actor(step["who"], view, at)
        if by.kind is ActorKind.REQUESTER:
            values.pop("request", None)
        done = perform(step["verb"], played.reference, values, by=by, now=at).done
        if done.state is State.PROPOSED:
            window = find(played.reference).state.clocks.get(ClockName.JUDGEMENT_WINDOW)
            if window and window.at:
                self._plan(window.at, played, _WINDOW_ENDS)
        return True

    def _lapse(self, at: datetime, played: Played) -> None:
        """Let a proposal end in silence whose window has passed by now."""
        case = find(played.reference).state
        window = case.clocks.get(ClockName.JUDGEMENT_WINDOW)
        if case.state is State.PROPOSED and window and window.at and window.at <= at:
            perform("lapse", played.reference, {}, by=Actor.system(), now=at)

    def _dispatch(self, at: datetime, played: Played, view: CaseView) -> None:
        values = {"to_post": self._target(played, view, "another")}
        by = Actor.officer(_officer_of_kind(PostKind.DISPATCH, at))
        perform("assign", played.reference, values, by=by, now=at)

    def _target(self, played: Played, view: CaseView, to: str) -> str:
        if to == "holder":
            return view.state.holder
        if not played.target or played.target == view.state.holder:
            number = self.played.index(played)
            posts = [post for post in _RECEIVERS if post != view.state.holder]
            if view.state.category == "noise_building_night":
                posts.remove("housing-duty")
            played.target = posts[number % len(posts)]
        return played.target


def _actor(who: str, view: CaseView, at: datetime) -> Actor:
    if who in _OTHERS:
        return _OTHERS[who]
    if who == "holder":
        return Actor.officer(directory().officers_of(view.state.holder, at)[0].code)
    kind = _KINDS[who]
    post = directory().posts_of_kind(kind)[0]
    if kind is PostKind.CALL_BACK and directory().in_subtree(post.unit, view.state.holder_unit):
        # Nobody calls back about what the own unit holds: the requester answers on the web.
        return Actor.requester(1)
    return Actor.officer(_officer_of_kind(kind, at))


def _officer_of_kind(kind: PostKind, at: datetime) -> str:
    post = directory().posts_of_kind(kind)[0]
    return directory().officers_of(post.code, at)[0].code
