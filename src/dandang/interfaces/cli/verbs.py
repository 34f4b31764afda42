"""A command for every verb that can be done now, made from the table of verbs."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import click

from dandang.interfaces.cli import people
from dandang.interfaces.cli.commands import Command, Option, with_output
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, sequence
from dandang.interfaces.cli.texts import read_text
from dandang.lifecycle.verbs import READY, Field, Kind, Verb, Who
from dandang.terms import Actor

_REQUESTERS = frozenset({Who.REQUESTER, Who.SENDER})
_NOT_OFFICERS = _REQUESTERS | {Who.SYSTEM, Who.IMPORT}
# The words of the buttons that do the same on the screens, here without Django.
HELP: Mapping[str, str] = MappingProxyType(
    {
        "attach": N_("Attach the request"),
        "assign": N_("Assign the case"),
        "accept": N_("Accept the case"),
        "hand-over": N_("Hand the case over"),
        "return": N_("Return the case"),
        "dispute": N_("Put it before the deciding office"),
        "decide-dispute": N_("Decide who holds the case"),
        "change-category": N_("Correct the category"),
        "act-on-call": N_("Act on the call"),
        "name-sponsor": N_("Name the sponsor"),
        "name-subject": N_("Name the unit"),
        "link-external": N_("Link the case"),
        "ask-split": N_("Ask for a split"),
        "refuse-split": N_("Refuse the split"),
        "split": N_("Split off a part"),
        "merge": N_("Merge into the other case"),
        "unmerge": N_("Undo the merge"),
        "explain-stall": N_("Say what is missing"),
        "decide-support": N_("Send the answer"),
        "declare-conflict": N_("Declare the conflict"),
        "request-assist": N_("Ask for assistance"),
        "give-assist": N_("Give assistance"),
        "ask": N_("Send the question"),
        "answer": N_("Record the answer"),
        "contacted": N_("Record the contact"),
        "note": N_("Add the note"),
        "reply": N_("Send the reply"),
        "pause": N_("Pause the clock"),
        "resume": N_("Go on working"),
        "check-condition": N_("Record the check"),
        "ask-other": N_("Record what was asked"),
        "ask-legal-route": N_("Ask for the legal route"),
        "enter-legal-route": N_("Agree to the legal route"),
        "refuse-legal-route": N_("Refuse the legal route"),
        "update-legal-route": N_("Record the news"),
        "leave-legal-route": N_("Leave the legal route"),
        "ask-extension": N_("Ask for more time"),
        "decide-extension": N_("Decide on more time"),
        "promise": N_("Promise the date"),
        "correct": N_("Add the correction"),
        "object": N_("File the objection"),
        "answer-objection": N_("Answer the objection"),
        "propose": N_("Propose closing"),
        "reject-proposal": N_("Send it back to the holder"),
        "explain": N_("End it as explained"),
        "decline": N_("Decline the case"),
        "conclude": N_("Conclude the case"),
        "close-not-solved": N_("Close as not solved"),
        "judge": N_("Record the answer"),
        "rate": N_("Record the rating"),
        "look-back": N_("Record whether it is still solved"),
        "ask-escalation": N_("Ask the office above to act"),
        "lapse": N_("Let the answer lapse"),
        "reopen": N_("Reopen the case"),
        "appeal": N_("Record the appeal"),
        "decide-appeal": N_("Decide the appeal"),
        "withdraw": N_("Withdraw the request"),
        "change-contact": N_("Keep these contact details"),
        "erase-contact": N_("Erase contact details"),
        "replace-code": N_("Give out a new access code"),
        "allow-publishing": N_("Keep this answer"),
        "publish-text": N_("Publish this text"),
        "withhold-text": N_("Publish nothing of it"),
        "see-earlier": N_("Show them until the end of the day"),
        "unmask": N_("Show it until the end of the day"),
        "ask-unmask": N_("Ask for it"),
        "allow-unmask": N_("Allow it until the end of the day"),
        "refuse-unmask": N_("Refuse it"),
        "ask-erase": N_("Ask for the erasure"),
        "erase": N_("Erase personal data"),
    }
)
_FIELD_HELP: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.LINE: N_("One line of text."),
        Kind.TEXT: N_("The text itself; other users of this machine may see it while this runs."),
        Kind.REASON: N_("Code of a reason; the policy lists them."),
        Kind.POST: N_("Code of a post."),
        Kind.CATEGORY: N_("Code of a category."),
        Kind.AREA: N_("Code of an area."),
        Kind.OFFICER: N_("Staff code of an officer."),
        Kind.UNIT: N_("Code of a unit."),
        Kind.CASE: N_("Reference of the other case."),
        Kind.INSTANT: N_("A point in time with its offset: 2026-10-01T18:00+08:00."),
        Kind.CHOICE: N_("One of these."),
        Kind.YES_NO: N_("Yes or no; left out, it stays unsaid."),
        Kind.NUMBER: N_("A number."),
    }
)
_OWN_HELP: Mapping[str, str] = MappingProxyType(
    {
        "asked_seq": N_("Number of the entry in which it was asked."),
        "corrects_seq": N_("Number of the entry in the history of the case."),
        "objection_seq": N_("Number of the objection in the history of the case."),
        "request": N_("Number of the request within the case."),
        "stars": N_("A number from 1 to 5."),
        "working_days": N_("A number of working days."),
    }
)
"""What an option is for, where its kind does not say enough."""
_METAVARS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.REASON: "CODE",
        Kind.POST: "POST",
        Kind.CATEGORY: "CODE",
        Kind.AREA: "CODE",
        Kind.OFFICER: "OFFICER",
        Kind.UNIT: "UNIT",
        Kind.CASE: "REFERENCE",
        Kind.INSTANT: "TIME",
        Kind.NUMBER: "N",
    }
)


_SPARE_FILE = "text_file"
_WAYS = {"--as": " OFFICER", "--as-requester": "", "--as-system": ""}


def verb_commands() -> list[click.Command]:
    """Return a command for every ready verb, in the order of the table."""
    return [_command(verb) for verb in READY.values()]


def _command(verb: Verb) -> click.Command:
    def act(out: Output, reference: str, seen: int | None = None, **given: Any) -> None:  # noqa: ANN401 the verb's fields
        find_actor = _actor(verb, reference, given)
        values = _values(verb, given)
        with database(out):
            _perform(out, verb, reference, values, by=find_actor(), seen=seen)
            sequence()

    parameters = [
        click.Argument(["reference"]),
        *_actor_options(verb),
        *(one for field in verb.fields for one in _field_options(field)),
        *_guard_options(verb),
    ]
    make = click.command(verb.name, cls=Command, params=parameters, help=HELP[verb.name])
    return make(with_output(act))


def _actor_options(verb: Verb) -> list[click.Parameter]:
    options: list[click.Parameter] = []
    if verb.who - _NOT_OFFICERS:
        help_text = N_("The officer who acts, by staff code.")
        options.append(Option(["--as", "officer"], metavar="OFFICER", help=help_text))
    if verb.who & _REQUESTERS:
        options += [
            Option(
                ["--as-requester"],
                is_flag=True,
                help=N_("The requester acts, who gives the access code."),
            ),
            Option(
                ["--access-code-file"],
                metavar="FILE",
                help=N_("The file that holds the access code; - is stdin."),
            ),
        ]
    if Who.SYSTEM in verb.who:
        help_text = N_("The system acts, as it does when a clock runs out.")
        options.append(Option(["--as-system"], is_flag=True, help=help_text))
    return options


def _guard_options(verb: Verb) -> list[click.Parameter]:
    if not verb.guarded:
        return []
    help_text = N_("Number of the last event you saw; the act is refused when the case moved on.")
    return [Option(["--seen"], type=click.IntRange(min=0), metavar="N", help=help_text)]


def _field_options(field: Field) -> list[click.Parameter]:
    name = f"--{field.name.replace('_', '-')}"
    help_text = _OWN_HELP.get(field.name, _FIELD_HELP[field.kind])
    if field.kind is Kind.YES_NO:
        return [Option([f"{name}/--no-{name[2:]}"], default=None, help=help_text)]
    if field.kind is Kind.TEXT and field.name == "text":
        spare = N_("A file that holds the text instead; - is stdin.")
        return [
            Option([name], help=help_text),
            Option(["--text-file", _SPARE_FILE], metavar="FILE", help=spare),
        ]
    kinds: dict[Kind, click.ParamType[Any]] = {
        Kind.CHOICE: click.Choice([str(choice) for choice in field.choices]),
        Kind.NUMBER: click.IntRange(min=0),
    }
    return [
        Option(
            [name],
            type=kinds.get(field.kind, click.STRING),
            metavar=_METAVARS.get(field.kind),
            required=field.required,
            help=help_text,
        )
    ]


def _actor(verb: Verb, reference: str, given: dict[str, Any]) -> Callable[[], Actor]:
    """Take the options that say who acts out of those given; return what finds the actor."""
    code = given.pop("officer", None)
    as_requester = given.pop("as_requester", False)
    as_system = given.pop("as_system", False)
    code_file = given.pop("access_code_file", None)
    if sum([code is not None, as_requester, as_system]) != 1:
        offered = (one.opts[0] for one in _actor_options(verb))
        ways = [f"{name}{_WAYS[name]}" for name in offered if name in _WAYS]
        raise click.UsageError(_("Say who acts: {ways}").format(ways=" | ".join(ways)))
    if as_requester:
        return partial(people.requester, reference, code_file)
    return Actor.system if as_system else partial(people.officer, code)


def _values(verb: Verb, given: dict[str, Any]) -> dict[str, object]:
    spare = given.pop(_SPARE_FILE, None)
    values = {name: value for name, value in given.items() if value is not None}
    if spare is not None:
        if "text" in values:
            raise click.UsageError(_("Give either --text or --text-file."))
        values["text"] = read_text(spare)
    if "text" not in values and any(one.name == "text" and one.required for one in verb.fields):
        raise click.UsageError(_("Give --text or --text-file."))
    return values


def _perform(
    out: Output,
    verb: Verb,
    reference: str,
    values: dict[str, object],
    *,
    by: Actor,
    seen: int | None,
) -> None:
    from dandang.interfaces.cli.views import done_record, done_words  # noqa: PLC0415 needs Django
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.lifecycle.perform import perform  # noqa: PLC0415 needs Django

    performed = perform(verb.name, reference, values, by=by, now=clock.now(), seen_seq=seen)
    out.give(done_record(performed), *done_words(performed))
