"""What a policy is made of, as read-only values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dandang.policy.spans import Span
from dandang.policy.vocabulary import (
    CallAnswer,
    CallTarget,
    ClockName,
    Colour,
    EndName,
    LadderStart,
    ReasonVerb,
    SourceStatus,
    Trigger,
)


@dataclass(frozen=True, slots=True)
class CaseClass:
    """An urgency or difficulty class: which clocks a case gets, and how long they run.

    `act_first` forbids a return before a first action. `ladder` names the steps that follow when
    time runs out. `when_happening_now` is the class that takes over while the matter goes on.
    """

    code: str
    name_zh: str
    name_en: str
    urgent: bool
    act_first: bool
    ladder: str
    when_happening_now: str | None
    clocks: Mapping[ClockName, Span] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of matter. `case_class` and `ends_allowed` already include what its parents say.

    `confirm_after` is how long after a proposal the result can be seen, if not at once;
    `legal_route` the route that the law prescribes for such matters, if any.
    """

    code: str
    name_zh: str
    name_en: str
    parent: str | None
    case_class: str
    hint_zh: str | None
    hint_en: str | None
    confirm_after: Span | None
    legal_route: str | None
    ends_allowed: frozenset[EndName]


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code that people choose for some verbs.

    `needs_basis` asks for a rule or a duty to be cited, `needs_text` for an explanation in words.
    The condition is what somebody checks later (pause, extension, decline).
    """

    code: str
    name_zh: str
    name_en: str
    verbs: frozenset[ReasonVerb]
    needs_basis: bool
    needs_text: bool
    dispatcher_only: bool
    condition_zh: str | None
    condition_en: str | None


@dataclass(frozen=True, slots=True)
class End:
    """The name of an end, as people read it."""

    code: EndName
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How often and how long. Each field is explained in the reference page of the policy file."""

    dispute_at_return: int
    dispute_at_hand_over: int
    max_questions: int
    question_time: Span
    max_extensions: int
    longest_extension: Span
    longest_unit_pause: Span
    judgement_reminder: Span
    judgement_change: Span
    deciding_at_no: int
    call_back: Span
    reopen_window: Span
    max_objections: int
    objection_window: Span
    appeal_window: Span
    recurrence_window: Span
    decline_sample_percent: int
    incident_requests: int
    incident_window: Span
    longest_instruction: Span


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ladder. It has exactly one trigger and is taken once for each occasion.

    Triggers: `used` percent of the time of the total clock, `after` the start of the ladder, `age`
    after the opening whatever that start is, so many `hand_overs`, so many `refusals` (the
    requester's "no"), `quiet` for so long without a substantive entry.

    `calls` must act, one of the ways in `answered_by`, within `within` or, where that is None, the
    clock `call` of the class; `reminds` are only told. `sponsor`: the case needs a named sponsor.
    `publishes` puts unit and age on the public page, never names.
    """

    code: str
    name_zh: str
    name_en: str
    used: int | None
    after: Span | None
    age: Span | None
    hand_overs: int | None
    refusals: int | None
    quiet: Span | None
    calls: CallTarget | None
    reminds: tuple[CallTarget, ...]
    colour: Colour | None
    publishes: bool
    sponsor: bool
    within: Span | None
    answered_by: tuple[CallAnswer, ...]

    @property
    def triggers(self) -> tuple[Trigger, ...]:
        """Return what makes this step happen: exactly one in a policy that was checked."""
        return tuple(trigger for trigger in Trigger if getattr(self, trigger) is not None)

    @property
    def trigger(self) -> Trigger:
        """Return the one trigger of a step of a policy that was checked."""
        (trigger,) = self.triggers
        return trigger


@dataclass(frozen=True, slots=True)
class Ladder:
    """What happens, step by step, when a case does not move.

    The steps that come `after` its start rise in time and in rank, and the last of them calls the
    leader or publishes: no ladder ends in silence.
    """

    code: str
    name_zh: str
    name_en: str
    starts: LadderStart
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class LegalRoute:
    """A procedure that the law prescribes, with its own time limit and longest extension."""

    code: str
    name_zh: str
    name_en: str
    limit: Span
    extension: Span | None


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched for over all cases, and when that is said.

    `surge_calls_duty`: a surge of requests (`limits.incident_requests` of one category and area
    within `limits.incident_window`) calls the duty post. A group of open cases of one class, area
    and channel starves when of at least `starving_least` cases the 95th percentile of the waits is
    over `starving_share` percent of what they were promised. A hole in a roster is reported
    `roster_ahead` before it comes.
    """

    surge_calls_duty: bool
    starving_share: int
    starving_least: int
    roster_ahead: Span


@dataclass(frozen=True, slots=True)
class LookBack:
    """Of how many percent of the solved cases requesters are asked again, after `look_back`."""

    share: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Over how long units are looked at: periods of so many months, at least so many of them."""

    period_months: int
    periods_at_least: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from, and whether somebody has to check that before use.

    `backs` names the places of the policy file that rest on it, such as `limits.call_back`.
    """

    code: str
    figure_zh: str
    figure_en: str
    text_zh: str
    text_en: str
    status: SourceStatus
    backs: tuple[str, ...]
