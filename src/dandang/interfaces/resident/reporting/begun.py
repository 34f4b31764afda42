"""The report that this browser has begun: a token in its cookie, the rest in the draft's row."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dandang.interfaces.shared import clock, tokens
from dandang.lifecycle.intake.drafts import KEPT, Draft, change_draft, find_draft
from dandang.lifecycle.intake.queries import sent_as

_COOKIE = "draft"
_COOKIE_PATH = "/new/"
_FINDING = frozenset({"where", "what"})
"""The steps whose words find what is similar: it is shown again when they change."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What this browser has begun. `draft` is None before anything was written, or after sending.

    `sent` is the reference of the request that the draft became, where the answer never arrived.
    """

    token: str
    draft: Draft | None = None
    sent: str = ""

    @property
    def key(self) -> str:
        """The name the draft is kept under, and the request later."""
        return tokens.submission_of(self.token)

    def typed(self, step: str) -> dict[str, str]:
        """Return what was typed in a step."""
        return dict(self.draft.typed.get(step, {})) if self.draft else {}

    def is_done(self, step: str) -> bool:
        """Say whether a step was sent without mistakes."""
        return self.draft is not None and step in self.draft.done


def begun(request: HttpRequest) -> Begun:
    """Return what this browser has begun; a token that was sent already is not used again."""
    token = request.COOKIES.get(_COOKIE, "")
    if not tokens.is_token(token):
        return Begun(tokens.new_token())
    found = by_token(token)
    return Begun(tokens.new_token(), sent=found.sent) if found.sent else found


def by_token(token: str) -> Begun:
    """Return what was begun with this token."""
    key = tokens.submission_of(token)
    draft = find_draft(key, now=clock.now())
    return Begun(token, draft, "" if draft else sent_as(key) or "")


def keep_step(it: Begun, step: str, typed: dict[str, str], *, is_done: bool) -> Begun:
    """Keep what was typed in a step. What holds not one character is only kept if it is done."""
    if it.draft is None and not is_done and not any(typed.values()):
        return it

    def change(before: Draft) -> Draft:
        after = before.with_step(step, typed, is_done=is_done)
        is_new = step in _FINDING and after.typed[step] != before.typed.get(step)
        return after.without_step("similar") if is_new else after

    return Begun(it.token, change_draft(it.key, change, now=clock.now()))


def begin(it: Begun) -> Begun:
    """Make sure that there is a draft to keep something with."""
    if it.draft is not None:
        return it
    return Begun(it.token, change_draft(it.key, lambda empty: empty, now=clock.now()))


def remember(response: HttpResponse, it: Begun) -> HttpResponse:
    """Let the browser keep the token as long as the draft is kept."""
    if it.draft is not None:
        response.set_cookie(
            _COOKIE,
            it.token,
            max_age=KEPT,
            path=_COOKIE_PATH,
            httponly=True,
            samesite="Lax",
            secure=settings.HTTPS,
        )
    return response


def token_of(request: HttpRequest) -> str:
    """Return the token in the browser's cookie, "" where there is none."""
    token = request.COOKIES.get(_COOKIE, "")
    return token if tokens.is_token(token) else ""


def forget(request: HttpRequest, response: HttpResponse, token: str) -> HttpResponse:
    """Make the browser forget this token; that of another draft, begun since, it keeps."""
    if token_of(request) not in {"", token}:
        return response
    response.delete_cookie(_COOKIE, path=_COOKIE_PATH, samesite="Lax")
    return response
