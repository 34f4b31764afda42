"""One verb for one case as an officer has it on the screen: its page, whatever comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from http import HTTPStatus
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from dandang.interfaces.desk import choices, publishing
from dandang.interfaces.desk.access import Officer, OpenCase, open_case, typed_texts
from dandang.interfaces.desk.case import case_page
from dandang.interfaces.desk.elsewhere import said_before, touches_another
from dandang.interfaces.desk.fields import Offered
from dandang.interfaces.desk.foreseeing import Outlook, outlooks
from dandang.interfaces.desk.forms import SIMILAR, VerbForm
from dandang.interfaces.desk.notices import notices_for
from dandang.interfaces.desk.precedents import Beside, Choice, beside
from dandang.interfaces.desk.preview import Preview
from dandang.interfaces.desk.samples import refused_whatever
from dandang.interfaces.desk.side_by_side import both
from dandang.interfaces.desk.standard_texts import StandardText, put_in, standard_texts
from dandang.interfaces.desk.timeline import History, Line, lines_of
from dandang.interfaces.shared.refused import status_of
from dandang.interfaces.shared.tokens import is_token, new_token
from dandang.interfaces.shared.whole_numbers import whole_number
from dandang.interfaces.shared.words.refusals import refusal
from dandang.interfaces.shared.words.verbs import VERB_WORDS
from dandang.lifecycle.casework.keeping_out import kept_out
from dandang.lifecycle.casework.queries import ListedCase, history, similar
from dandang.lifecycle.casework.rules.called import own_calls
from dandang.lifecycle.casework.rules.permit import permit
from dandang.lifecycle.verbs import READY, Kind, Verb
from dandang.terms import Code, Refusal

_ANSWERED = MappingProxyType(
    {
        "act-on-call": "called_upon",
        "decide-dispute": "dispute_raised",
        "explain": "resolution_proposed",
        "decline": "resolution_proposed",
        "reject-proposal": "resolution_proposed",
        "judge": "resolution_proposed",
        "look-back": "resolution_proposed",
        "resume": "question_asked",
        "split": "split_requested",
        "refuse-split": "split_requested",
        "decide-extension": "extension_requested",
        "decide-support": "stall_explained",
        "enter-legal-route": "legal_route_requested",
        "refuse-legal-route": "legal_route_requested",
        "give-assist": "assist_requested",
        "answer-objection": "objection_filed",
        "decide-appeal": "appeal_opened",
        "check-condition": "paused",
        "unmerge": "merged",
        "allow-unmask": "unmasking_requested",
        "refuse-unmask": "unmasking_requested",
    }
)
"""The event that an act answers: it stands above the form."""


_MOST_DIGITS = 9
_LONGEST_BACK = timedelta(days=400)
_OF_ADDRESS = ("reason", "request", "channel", "into")
_ENTRIES = frozenset({"corrects_seq", "objection_seq"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A verb, the case as it is now, and the number of the last event that the officer has seen.

    `is_of_another`: the form was opened on a case that went on in this one since.
    """

    request: HttpRequest
    officer: Officer
    opened: OpenCase
    verb: Verb
    seen: int
    is_of_another: bool = False

    def check(self) -> None:
        """Refuse what cannot be done now, whatever the form says."""
        permit(self.opened.facts, self.verb)
        refused = refused_whatever(self.verb, self.opened.facts)
        if refused is not None:
            raise refused

    @property
    def standard_texts(self) -> tuple[StandardText, ...]:
        """The texts that this officer can begin with."""
        view = self.opened.view
        return standard_texts(self.verb, self.opened.facts, self.officer, view.case_reference)

    def form(self) -> VerbForm:
        """Return the form: empty, or as it was sent, and up to date with the case."""
        if self.request.method != "POST":
            return self._blank()
        typed = self.request.POST.copy()
        typed["seen_seq"] = str(self.opened.view.state.seq)
        if not is_token(typed.get("token", "")):
            typed["token"] = new_token()
        files = self.request.FILES
        return VerbForm(self.verb, self.opened.facts, typed, files, offered=self._offered())

    def draft(self) -> VerbForm:
        """Return the form as it is being written, unchecked.

        It has the reason, the request and the channel of the address, or all that was written so
        far: when only what stands beside it was asked for anew, or the officer signed in again.
        """
        form = self._blank()
        if self.verb.name == publishing.VERB:
            form.begin_with(self._text_to_publish())
        elif self.request.POST:
            form.begin_with(put_in(self.request.POST.dict(), self.standard_texts))
        else:
            asked = self.request.GET
            form.begin_with({name: asked[name] for name in _OF_ADDRESS if name in asked})
        return form

    def opened_page(self) -> HttpResponse:
        """Return the page with the form as it is being written, or the reason why there is none."""
        try:
            self.check()
        except Refusal as refused:
            return self.page(None, status=status_of(refused.code), refused=refused)
        return self.page(self.draft())

    def page(
        self,
        form: VerbForm | None,
        *,
        status: HTTPStatus = HTTPStatus.OK,
        refused: Refusal | None = None,
        shown: Preview | None = None,
    ) -> HttpResponse:
        """Return the page with the form; without one nothing can be sent, only read."""
        events = history(self.opened.view.stream)
        case = case_page(self.opened, events)
        context = {
            "here": "case",
            "case": case,
            "words": VERB_WORDS[self.verb.name],
            "form": form,
            "refused": refusal(refused) if refused else "",
            "typed": typed_texts(self.request.POST) if form is None else (),
            "is_of_another": self.is_of_another,
            "meanwhile": self._meanwhile(case.lines),
            "answered": self._answered(case.lines),
            "standard_texts": self.standard_texts if form else (),
            "notices": notices_for(self.verb.name, self.opened.facts) if form else (),
            "outlooks": self._outlooks() if form and not shown else (),
            "both": both(self.officer, self.opened, self.verb, _named(form)) if form else (),
            "preview": shown,
            "beside": self._beside(form, events) if form else None,
        }
        if form and self.verb.name == publishing.VERB:
            is_preview = shown is not None
            context["publishing"] = publishing.beside(events, form, is_preview=is_preview)
        return render(self.request, "desk/act.html", context, status=status)

    def refuse(self, refused: Refusal) -> HttpResponse:
        """Return the page with the reason, on the case as it is now; nothing typed is lost.

        Refuses `not_found` when the case has moved out of the officer's sight.
        """
        reference, follow = self.opened.view.reference, not self.verb.undoes_a_merge
        opened = open_case(self.officer, reference, follow=follow)
        has_moved = opened.view.stream != self.opened.view.stream
        now = replace(self, opened=opened, is_of_another=self.is_of_another or has_moved)
        try:
            now.check()
        except Refusal as closed:
            return now.page(None, status=status_of(closed.code), refused=closed)
        form = now.form()
        form.is_valid()
        form.show(refused)
        return now.page(form, status=_status_at_form(refused.code))

    def _outlooks(self) -> Sequence[Outlook]:
        """Return what the act does, as far as that is known before anything was filled in."""
        found = outlooks(self.verb, self.opened.facts)
        if not touches_another(self.verb):
            return found
        return (Outlook("", (said_before(self.verb),)), *found)

    def _meanwhile(self, lines: Sequence[Line]) -> list[Line]:
        """Return what happened since the form was opened; all of another case is no news."""
        if self.is_of_another:
            return []
        return [line for line in lines if line.number > self.seen]

    def _answered(self, lines: Sequence[Line]) -> Line | None:
        """Return the entry that the act answers: the last of its type, or the call upon oneself."""
        answered = _ANSWERED.get(self.verb.name)
        calls = {call.seq for call in own_calls(self.opened.facts)}
        return next(
            (
                line
                for line in lines
                if line.type == answered and (answered != "called_upon" or line.number in calls)
            ),
            None,
        )

    def _text_to_publish(self) -> dict[str, str]:
        if self.request.POST:
            return publishing.taken_out(self.request.POST)
        return publishing.proposed(history(self.opened.view.stream))

    def _blank(self) -> VerbForm:
        return VerbForm(self.verb, self.opened.facts, offered=self._offered())

    def _offered(self) -> Offered:
        """Return what this verb lets choose from the timeline, or from other cases."""
        view, facts = self.opened.view, self.opened.facts
        lines: Sequence[Line] = ()
        if any(one.name in _ENTRIES for one in self.verb.fields):
            lines = lines_of(self.opened, history(view.stream))
        cases: Sequence[ListedCase] = ()
        if any(one.kind is Kind.CASE for one in self.verb.fields):
            cases = similar(
                view.state,
                view.stream,
                ended_since=facts.now - _LONGEST_BACK,
                hidden_from=kept_out(facts.by.code, facts.posts, facts.directory),
            )
        return Offered(choices.entries(lines), choices.similar(cases, facts))

    def _beside(self, form: VerbForm, events: History) -> Beside | None:
        """Return how such disputes were decided, by what is chosen or what was disputed."""
        raised = [event for event, _ in events if event.type == "dispute_raised"]
        disputed = str(raised[-1].fields.get("reason", "")) if raised else ""
        chosen = {name: str(form[name].value() or "") for name in form.fields}
        reason = chosen.get("reason", disputed)
        to_post = chosen.get("to_post", self.opened.view.state.came_from)
        return beside(self.verb, self.opened, self.officer, Choice(reason, to_post))


def sheet_for(request: HttpRequest, officer: Officer, reference: str, verb: str) -> Sheet:
    """Return the sheet of a verb for a case. Refuses `not_found` and `unknown_verb`."""
    follow = verb not in READY or not READY[verb].undoes_a_merge
    opened = open_case(officer, reference, follow=follow)
    if verb not in READY:
        raise Refusal(Code.UNKNOWN_VERB, verb=verb)
    typed = request.POST
    seen = _seen(typed) if typed or request.method == "POST" else opened.view.state.seq
    seen_case = typed.get("seen_case", "")
    is_of_another = seen_case not in ("", opened.view.case_reference)
    return Sheet(request, officer, opened, READY[verb], seen, is_of_another)


def _named(form: VerbForm) -> str:
    """Return the other case that is chosen or typed in a form, "" where it asks for none."""
    names = (name for name in (SIMILAR, "into") if name in form.fields)
    return next((str(value) for name in names if (value := form[name].value())), "")


def _status_at_form(code: Code) -> HTTPStatus:
    """Return the status of a form that was refused; another case that is not there is input."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if code is Code.NOT_FOUND else status_of(code)


def _seen(typed: QueryDict) -> int:
    """Return the number of the last event the officer saw; 0 where it was tampered with."""
    return whole_number(typed.get("seen_seq", ""), digits=_MOST_DIGITS) or 0
