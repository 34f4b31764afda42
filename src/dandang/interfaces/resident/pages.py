"""What the pages of a requester show: plain values, in words, ready for a template."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dandang.interfaces.resident.publicity import Publicity
from dandang.interfaces.shared.timeline import Entry
from dandang.lifecycle.casework.files.queries import ListedFile


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due time in words. `purpose` says what it is for.

    `turn` says who has to act by it and `left` how much time there still is; both are "" before
    anything was sent.
    """

    at: datetime
    when: str
    purpose: str
    is_overdue: bool = False
    is_provisional: bool = False
    turn: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the case: unit and post, never a person."""

    unit: str
    post: str
    phone: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long it has taken so far, in words, and how many posts have held the case in turn.

    `since_sent` counts from sending, `with_holder` since the holder has it, "" where that is the
    same; both end with the case.
    """

    since_sent: str
    with_holder: str
    hands: int


@dataclass(frozen=True, slots=True)
class Question:
    """What the unit asks for: the missing item, and the question in its own words."""

    missing: str
    text: str


@dataclass(frozen=True, slots=True)
class Matter:
    """What the requester sent. Texts are "" where they were erased or are another person's."""

    title: str
    text: str
    location: str
    category: str
    area: str
    is_happening_now: bool
    contact: str
    files: tuple[ListedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Called:
    """An office that is called to act, or would be: who, and by when. `deadline` in words."""

    unit: str
    post: str
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Voice:
    """What a requester can say besides facts, in words: answers, a rating, a call for the top.

    `change_until` is until when the answer can be changed, "" where there is none to change.
    `silence` is the state in which silence would end the case. `next_no` says that one "not
    solved" more goes to the office above; `appeal_time` is within what time of an end one can
    appeal. `rating` is the last one in words. `look_back_until` is until when one can say whether
    it is still solved, `said_back` what was said. `can_ask_above`: a deadline was missed about
    which nobody has asked the office above yet. `asked_above_at` is when the office above was
    asked, `called` who was called by that, `would_call` who would be, and `missed` the deadlines
    that passed.
    """

    change_until: str = ""
    silence: str = ""
    next_no: bool = False
    appeal_time: str = ""
    rating: str = ""
    look_back_until: str = ""
    said_back: str = ""
    asked_above_at: str = ""
    asked_by_me: bool = False
    can_ask_above: bool = False
    called: tuple[Called, ...] = ()
    would_call: Called | None = None
    missed: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowPage:
    """A request as its sender sees it. `offers` are the verbs the rules would let them do now.

    `visible_from` is when the result can be seen, "" where that is so already.
    """

    reference: str
    seen_seq: int
    matter: Matter
    sent: str
    state: str
    is_open: bool
    turn: str
    holder: Holder
    waiting: Waiting
    next_due: Deadline | None
    total_due: Deadline | None
    answer_by: Deadline | None
    hand_overs: int
    claim: str
    verdict: str
    is_asked: bool
    question: Question | None
    timeline: tuple[Entry, ...]
    offers: Mapping[str, bool] = field(default_factory=dict)
    visible_from: str = ""
    voice: Voice = Voice()
    publicity: Publicity | None = None

    @property
    def files(self) -> frozenset[str]:
        """The ids of all files on the page: those its reader may have, and no others."""
        entries = (file for entry in self.timeline for file in entry.files)
        return frozenset(file.id for file in (*self.matter.files, *entries))


@dataclass(frozen=True, slots=True)
class Promise:
    """What will happen with a request that is about to be sent.

    `why` says by what rule the holder is found; `first` and `total` are due times for the
    requester, `total_span` the promised span in words.
    """

    holder: Holder
    why: str
    first: Deadline | None
    total: Deadline | None
    total_span: str
