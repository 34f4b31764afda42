"""A refusal: what a rule says when an act may not happen."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Code(StrEnum):
    """Every reason for which an act can be refused. Words for people live in `interfaces/shared`.

    A code is a promise to integrators: it is never renamed or reused.
    """

    # who
    NOT_PERMITTED = "not_permitted"
    NOT_THE_HOLDER = "not_the_holder"
    NOT_THE_DECIDING_OFFICE = "not_the_deciding_office"
    NOT_THE_DISPATCHER = "not_the_dispatcher"
    NOT_THE_REQUESTER = "not_the_requester"
    NOT_THE_ASSISTANT = "not_the_assistant"
    DECIDER_INVOLVED = "decider_involved"
    LET_IN_LATELY = "let_in_lately"
    CALL_BACK_BY_HOLDER = "call_back_by_holder"
    SECOND_OFFICER_REQUIRED = "second_officer_required"
    # what is addressed
    NOT_FOUND = "not_found"
    UNKNOWN_VERB = "unknown_verb"
    UNKNOWN_CATEGORY = "unknown_category"
    UNKNOWN_AREA = "unknown_area"
    UNKNOWN_POST = "unknown_post"
    UNKNOWN_UNIT = "unknown_unit"
    POST_WITHOUT_CASES = "post_without_cases"
    UNKNOWN_REASON = "unknown_reason"
    UNKNOWN_REQUEST = "unknown_request"
    UNKNOWN_EVENT = "unknown_event"
    # when
    WRONG_STATE = "wrong_state"
    CHANGED_MEANWHILE = "changed_meanwhile"
    CASE_ENDED = "case_ended"
    RETURN_WINDOW_PASSED = "return_window_passed"
    JUDGEMENT_WINDOW_PASSED = "judgement_window_passed"
    JUDGED_TOO_EARLY = "judged_too_early"
    JUDGEMENT_WINDOW_OPEN = "judgement_window_open"
    REOPEN_WINDOW_PASSED = "reopen_window_passed"
    IN_THE_FUTURE = "in_the_future"
    IN_THE_PAST = "in_the_past"
    TOO_LATE = "too_late"
    RECURRENCE_WINDOW_PASSED = "recurrence_window_passed"
    OBJECTION_WINDOW_PASSED = "objection_window_passed"
    APPEAL_WINDOW_PASSED = "appeal_window_passed"
    LOOK_BACK_WINDOW_PASSED = "look_back_window_passed"
    # custody
    DECIDED_BINDINGLY = "decided_bindingly"
    ALREADY_HELD_THERE = "already_held_there"
    NO_PREVIOUS_HOLDER = "no_previous_holder"
    ASSIST_ONLY_DUTY = "assist_only_duty"
    DUTY_WITHDRAWN = "duty_withdrawn"
    BASIS_REQUIRED = "basis_required"
    FIRST_ACTION_REQUIRED = "first_action_required"
    SUBJECT_OF_COMPLAINT = "subject_of_complaint"
    CONFLICT_DECLARED = "conflict_declared"
    NOBODY_WITHOUT_CONFLICT = "nobody_without_conflict"
    NOBODY_OUTSIDE = "nobody_outside"
    ALREADY_NAMED = "already_named"
    # other cases
    CHILDREN_OPEN = "children_open"
    PART_OF_A_FAMILY = "part_of_a_family"
    SAME_CASE = "same_case"
    NOT_MERGEABLE = "not_mergeable"
    LATER_THAN_PARENT = "later_than_parent"
    # asking and deciding
    ALREADY_ASKED = "already_asked"
    NOTHING_ASKED = "nothing_asked"
    NOTHING_TO_ERASE = "nothing_to_erase"
    EXTENSION_USED = "extension_used"
    DEADLINE_PASSED = "deadline_passed"
    DEADLINE_BOUND = "deadline_bound"
    ALREADY_PROMISED = "already_promised"
    LATER_THAN_TOTAL = "later_than_total"
    # pauses and conditions
    ALREADY_PAUSED = "already_paused"
    CHECK_NOT_DUE = "check_not_due"
    NO_CONDITION = "no_condition"
    # calls
    NOT_CALLED = "not_called"
    ANSWER_NOT_ENOUGH = "answer_not_enough"
    NOBODY_THERE = "nobody_there"
    NOT_STALLED = "not_stalled"
    CLOCK_NOT_DUE = "clock_not_due"
    NO_DEADLINE_MISSED = "no_deadline_missed"
    # questions, proposals, judgements, ends
    TOO_MANY_QUESTIONS = "too_many_questions"
    QUESTION_TIME_SPENT = "question_time_spent"
    QUESTION_TIME_OPEN = "question_time_open"
    NO_CONTACT_LEFT = "no_contact_left"
    REFERRED_IS_NO_OUTCOME = "referred_is_no_outcome"
    NOT_PROPOSED = "not_proposed"
    NOT_JUDGED = "not_judged"
    ALREADY_JUDGED = "already_judged"
    NOTHING_TO_DRAW = "nothing_to_draw"
    ALREADY_ANSWERED = "already_answered"
    END_NOT_ALLOWED = "end_not_allowed"
    DISPATCHER_ONLY_END = "dispatcher_only_end"
    SECOND_READER_REQUIRED = "second_reader_required"
    SECOND_NO_REQUIRED = "second_no_required"
    CONCLUDED_NEEDS_APPEAL = "concluded_needs_appeal"
    # objections and appeals
    ALREADY_OBJECTED = "already_objected"
    UNKNOWN_OBJECTION = "unknown_objection"
    ALREADY_APPEALED = "already_appealed"
    # what the public may read
    PUBLISHING_NOT_ALLOWED = "publishing_not_allowed"
    PERSONAL_NUMBER_LEFT = "personal_number_left"
    REQUESTER_NAMED = "requester_named"
    ALREADY_WITHHELD = "already_withheld"
    # input
    FIELD_REQUIRED = "field_required"
    FIELD_UNKNOWN = "field_unknown"
    VALUE_INVALID = "value_invalid"
    TEXT_TOO_LONG = "text_too_long"
    TEXT_UNUSABLE = "text_unusable"
    # files
    FILE_EMPTY = "file_empty"
    FILE_TOO_LARGE = "file_too_large"
    FILE_KIND_REFUSED = "file_kind_refused"
    FILE_UNREADABLE = "file_unreadable"
    TOO_MANY_FILES = "too_many_files"
    NO_ROOM_FOR_FILES = "no_room_for_files"
    # set-up
    POLICY_IN_FORCE = "policy_in_force"
    NO_POLICY = "no_policy"
    NO_ORGANIZATION = "no_organization"


class Refusal(Exception):
    """An act may not happen. Nothing was written.

    `code` says why, `details` holds the values its words need (never personal data).
    """

    def __init__(self, code: Code, **details: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.details: Mapping[str, str | int] = MappingProxyType(details)
