"""`dandang case`: open, list, show, and every verb that can be done to a case."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from dandang.interfaces.cli import people
from dandang.interfaces.cli.commands import Command, Group, option, with_limit, with_output
from dandang.interfaces.cli.documents import document
from dandang.interfaces.cli.finding import search
from dandang.interfaces.cli.instants import INSTANT
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.senders import mark_senders
from dandang.interfaces.cli.session import database, sequence
from dandang.interfaces.cli.texts import read_text
from dandang.interfaces.cli.verbs import verb_commands
from dandang.lifecycle.states import Behalf, State
from dandang.terms import Actor, check_text

if TYPE_CHECKING:
    from dandang.lifecycle.casework.queries import ListedCase
    from dandang.lifecycle.casework.wanted import Wanted

MAX_LINE = 300
_PAGE = 500
_CHANNELS = ("web", "phone", "counter", "letter")
KINDS = ("request", "decision", "finding")
_LINES = ("title", "location", "proxy_name", "proxy_relation")


@click.group(cls=Group, help=N_("Open, list and show cases, and act on them."))
def case() -> None:
    """Hold the commands on cases together."""


@case.command("list", cls=Command, help=N_("List cases by due time, those without one last."))
@option("--open", "open_only", is_flag=True, help=N_("Only cases that have not ended."))
@option("--overdue", is_flag=True, help=N_("Only cases with a deadline that has passed."))
@option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([state.value for state in State]),
    metavar="STATE",
    help=N_("Only cases in this state; may be given more than once."),
)
@option(
    "--unit", "units", multiple=True, metavar="UNIT", help=N_("Only cases that this unit holds.")
)
@option(
    "--post", "posts", multiple=True, metavar="POST", help=N_("Only cases that this post holds.")
)
@option("--category", default="", metavar="CODE", help=N_("Only cases of this category."))
@with_limit(N_("At most so many cases."))
@option("--reveal", is_flag=True, help=N_("Show titles, which are personal data, too."))
@with_output
def list_(
    out: Output,
    limit: int,
    *,
    states: Sequence[str],
    overdue: bool,
    reveal: bool,
    **wanted: Any,  # noqa: ANN401 other fields of Wanted
) -> None:
    with database(out):
        from dandang.interfaces.cli import views  # noqa: PLC0415 needs Django
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.lifecycle.casework.wanted import Wanted  # noqa: PLC0415 needs Django

        now = clock.now()
        chosen = Wanted(
            **wanted, states=tuple(map(State, states)), overdue_at=now if overdue else None
        )
        cases = _listed(chosen, limit)
        if out.as_json:
            out.table((views.listed_record(one, now, reveal=reveal) for one in cases), (), ())
            return
        known = views.names()
        with views.body_time():
            rows = [views.list_row(one, known, reveal=reveal) for one in cases]
        out.table((), views.list_header(reveal=reveal), rows)
        if not rows:
            out.note(_("No case was found."))


def _listed(wanted: "Wanted", limit: int) -> Iterator["ListedCase"]:
    """Yield cases page by page."""
    from dandang.lifecycle.casework.queries import listed  # noqa: PLC0415 needs Django

    for offset in range(0, limit, _PAGE):
        page = listed(wanted, limit=min(_PAGE, limit - offset), offset=offset)
        yield from page
        if len(page) < _PAGE:
            return


@case.command("show", cls=Command, help=N_("Show a case: holder, clocks, history."))
@click.argument("reference")
@option("--reveal", is_flag=True, help=N_("Show what people wrote and who they are, too."))
@with_output
def show(out: Output, reference: str, *, reveal: bool) -> None:
    with database(out):
        from dandang.interfaces.cli import views  # noqa: PLC0415 needs Django
        from dandang.lifecycle.casework.queries import find, history  # noqa: PLC0415 needs Django

        view = find(reference)
        events = history(view.stream)
        if out.as_json:
            out.give(views.case_record(view, events, reveal=reveal))
        else:
            with views.body_time():
                out.give({}, *views.case_words(view, events, reveal=reveal))


@case.command("open", cls=Command, help=N_("Take a request in: a case is opened for it."))
@option("--title", required=True, help=N_("One line of text."))
@option("--text", help=N_("The text; other users of this machine may see it while this runs."))
@option("--text-file", metavar="FILE", help=N_("A file that holds the text; - is stdin."))
@option(
    "--channel",
    type=click.Choice(_CHANNELS),
    default="counter",
    show_default=True,
    help=N_("How the request came."),
)
@option("--category", default="", metavar="CODE", help=N_("Code of a category."))
@option("--area", default="", metavar="CODE", help=N_("Code of an area."))
@option("--location", default="", help=N_("Address or place."))
@option("--name", default="", help=N_("The requester's name."))
@option("--phone", default="", help=N_("The requester's phone number."))
@option("--email", default="", help=N_("The requester's e-mail address."))
@option(
    "--on-behalf",
    type=click.Choice([one.value for one in Behalf]),
    help=N_("Who stands before the officer: the requester, somebody for them, or a nameless one."),
)
@option("--proxy-name", default="", help=N_("The name of whoever speaks for the requester."))
@option("--proxy-relation", default="", help=N_("What the proxy is to the requester."))
@option("--read-back", is_flag=True, help=N_("It was read back to them, and they agreed."))
@option("--happening-now", is_flag=True, help=N_("The matter is going on at this moment."))
@option(
    "--kind",
    type=click.Choice(KINDS),
    default="request",
    show_default=True,
    help=N_("What it is; the officer who sets a decision or a finding judges the result."),
)
@option("--class", "case_class", default="", metavar="CODE", help=N_("The class of a decision."))
@option("--due-by", type=INSTANT, metavar="TIME", help=N_("When a decision is to be done by."))
@option(
    "--submission",
    metavar="KEY",
    help=N_("A name for this sending: the same one again opens nothing new."),
)
@option("--as", "officer", metavar="OFFICER", help=N_("The officer who takes it in."))
@with_output
def open_(
    out: Output,
    text: str | None,
    text_file: str | None,
    officer: str | None,
    submission: str | None,
    **given: Any,  # noqa: ANN401 the parts of a request
) -> None:
    if (text is None) == (text_file is None):
        raise click.UsageError(_("Give either --text or --text-file."))
    words = read_text(text_file) if text_file is not None else text or ""
    with database(out):
        _open(out, {**given, "text": words}, officer, submission)
        sequence()


def _open(out: Output, given: dict[str, Any], officer: str | None, submission: str | None) -> None:
    from dandang.interfaces.cli import views  # noqa: PLC0415 needs Django
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.lifecycle.intake.actions import open_request  # noqa: PLC0415 needs Django
    from dandang.lifecycle.intake.rules import Contact, Open  # noqa: PLC0415 needs Django

    contact = {name: _line(name, given.pop(name)) for name in ("name", "phone", "email")}
    lines = {name: _line(name, given.pop(name)) for name in _LINES}
    on_behalf = given.pop("on_behalf")
    given["on_behalf"] = Behalf(on_behalf) if on_behalf else None
    checked = {**given, **lines, "text": check_text("text", given.pop("text"))}
    wish = Open(**checked, contact=Contact(**contact), can_follow=True)
    by = Actor.requester(1) if officer is None else people.officer(officer)
    receipt = open_request(wish, by=by, now=clock.now(), submission=submission)
    record = {
        "reference": receipt.reference,
        "access_code": None if receipt.existing else receipt.access_code or None,
        "existing": receipt.existing,
    }
    code = "" if receipt.existing else receipt.access_code
    out.give(record, *views.receipt_words(receipt.reference, code))


def _line(name: str, value: str) -> str:
    return check_text(name, value, limit=MAX_LINE, required=name == "title")


case.add_command(document)
case.add_command(search)
case.add_command(mark_senders)
for verb_command in verb_commands():
    case.add_command(verb_command)
