"""`dandang account`: the accounts of officers, as administrators keep them on the pages.

Whoever can run this command on the body's own machine acts as the system: so the first
administrators get in, and again when all of them lost their second factors.
"""

from collections.abc import Callable, Iterator

import click

from dandang.interfaces.cli.commands import Command, Group, option, with_limit, with_output
from dandang.interfaces.cli.languages import N_
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import database, sequence
from dandang.terms import Actor


@click.group(cls=Group, help=N_("Accounts: who may sign in, and with what."))
def account() -> None:
    """Hold the commands on accounts together."""


@account.command("list", cls=Command, help=N_("Officers with their accounts."))
@option("--search", default="", metavar="WORDS", help=N_("Part of a staff code or a name."))
@with_limit(N_("How many officers are shown at the most."))
@with_output
def list_(out: Output, search: str, limit: int) -> None:
    with database(out):
        from django.utils import timezone  # noqa: PLC0415 needs Django

        from dandang.organization.access.people import listed  # noqa: PLC0415 needs Django

        for row in listed(search, limit=limit, now=timezone.now()):
            record = {
                "officer": row.code,
                "account": row.account.username if row.account else None,
                "open": bool(row.account and row.account.is_active),
                "password": row.has_password,
                "second_factor": row.has_second,
                "waits": row.is_locked,
                "last_sign_in": row.last_day.isoformat() if row.last_day else None,
            }
            words = _("has an account") if row.account else _("no account")
            out.give(record, f"{row.code}  {words}")


@account.command(cls=Command, help=N_("Make the code of an invitation for an officer."))
@click.argument("officer")
@with_output
def invite(out: Output, officer: str) -> None:
    with database(out):
        from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
        from dandang.organization.actions.invitations import invite as make  # noqa: PLC0415 Django

        secret = make(officer, by=Actor.system(), now=clock.now())
        sequence()
    words = _("The code works once, for 72 hours, at /account/invitation/: {secret}")
    out.give({"officer": officer, "secret": secret}, words.format(secret=secret))


def _acts() -> Iterator[tuple[str, str, str, Callable[[str], None]]]:
    """Yield the commands that do one thing to the account of one officer."""
    yield ("revoke", N_("Revoke the invitations of an officer."), N_("Revoked."), _revoke)
    yield ("close", N_("Let an officer not sign in any more."), N_("Closed."), _close)
    yield ("reopen", N_("Let an officer sign in again."), N_("Open again."), _reopen)
    yield ("unlock", N_("End the wait after wrong tries."), N_("The wait is over."), _unlock)
    yield (
        "reset-factors",
        N_("Take the second factors of an officer away."),
        N_("They are gone. At the next sign-in new ones are set up."),
        _reset,
    )


def _revoke(officer: str) -> None:
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.organization.actions import invitations  # noqa: PLC0415 needs Django

    invitations.revoke(officer, by=Actor.system(), now=clock.now())


def _close(officer: str) -> None:
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.organization.actions import administering  # noqa: PLC0415 needs Django

    administering.close_account(officer, by=Actor.system(), now=clock.now())


def _reopen(officer: str) -> None:
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.organization.actions import administering  # noqa: PLC0415 needs Django

    administering.reopen_account(officer, by=Actor.system(), now=clock.now())


def _unlock(officer: str) -> None:
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.organization.actions import administering  # noqa: PLC0415 needs Django

    administering.lift_lock(officer, by=Actor.system(), now=clock.now())


def _reset(officer: str) -> None:
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.organization.actions import factors  # noqa: PLC0415 needs Django

    factors.reset_by_operator(officer, now=clock.now())


def _command(words: str, done: str, act: Callable[[str], None]) -> click.Command:
    @click.command(cls=Command, help=words)
    @click.argument("officer")
    @with_output
    def run(out: Output, officer: str) -> None:
        with database(out):
            act(officer)
            sequence()
        out.give({"officer": officer, "done": True}, _(done))

    return run


for _name, _words, _done, _act in _acts():
    account.add_command(_command(_words, _done, _act), _name)
