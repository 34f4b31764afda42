"""Refusals on the web: which HTTP status each has, and a page for those that no form can show."""

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dandang.interfaces.shared.errors import error_page
from dandang.interfaces.shared.words.refusals import refusal
from dandang.terms import Code, Refusal

_FORBIDDEN = {
    Code.NOT_PERMITTED,
    Code.NOT_THE_HOLDER,
    Code.NOT_THE_DECIDING_OFFICE,
    Code.NOT_THE_DISPATCHER,
    Code.NOT_THE_REQUESTER,
    Code.NOT_THE_ASSISTANT,
    Code.CONFLICT_DECLARED,
    Code.DECIDER_INVOLVED,
    Code.LET_IN_LATELY,
    Code.CALL_BACK_BY_HOLDER,
    Code.SECOND_OFFICER_REQUIRED,
    Code.NOT_CALLED,
}
_INPUT = {
    Code.UNKNOWN_CATEGORY,
    Code.UNKNOWN_AREA,
    Code.UNKNOWN_POST,
    Code.UNKNOWN_UNIT,
    Code.UNKNOWN_REASON,
    Code.BASIS_REQUIRED,
    Code.IN_THE_FUTURE,
    Code.IN_THE_PAST,
    Code.TOO_LATE,
    Code.LATER_THAN_PARENT,
    Code.SAME_CASE,
    Code.ANSWER_NOT_ENOUGH,
    Code.NOBODY_THERE,
    Code.SECOND_READER_REQUIRED,
    Code.PERSONAL_NUMBER_LEFT,
    Code.REQUESTER_NAMED,
    Code.FIELD_REQUIRED,
    Code.FIELD_UNKNOWN,
    Code.VALUE_INVALID,
    Code.TEXT_TOO_LONG,
    Code.TEXT_UNUSABLE,
    Code.FILE_EMPTY,
    Code.FILE_TOO_LARGE,
    Code.FILE_KIND_REFUSED,
    Code.FILE_UNREADABLE,
    Code.TOO_MANY_FILES,
    Code.NO_ROOM_FOR_FILES,
}
_STATUS: Mapping[Code, HTTPStatus] = {
    **dict.fromkeys(_FORBIDDEN, HTTPStatus.FORBIDDEN),
    **dict.fromkeys(_INPUT, HTTPStatus.UNPROCESSABLE_ENTITY),
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.UNKNOWN_VERB: HTTPStatus.NOT_FOUND,
    Code.UNKNOWN_REQUEST: HTTPStatus.NOT_FOUND,
    Code.NO_POLICY: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.NO_ORGANIZATION: HTTPStatus.SERVICE_UNAVAILABLE,
}


def status_of(code: Code) -> HTTPStatus:
    """Return the HTTP status of a refusal; where nothing else fits it is a conflict (409)."""
    return _STATUS.get(code, HTTPStatus.CONFLICT)


def refused_page(request: HttpRequest, refused: Refusal) -> HttpResponse:
    """Return a page that says why something was refused."""
    status = status_of(refused.code)
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE}:
        return error_page(request, status.value)
    words = {"title": refusal(refused)}
    context = {"status": status.value, "words": words}
    return render(request, "shared/error.html", context, status=status)
