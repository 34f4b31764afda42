"""Who acts: the officer or requester named on the command line.

Whoever can run this command on the body's own machine is trusted to say which officer acts; the
ledger keeps that staff code. A requester proves to be one with the access code, which never
stands on the command line, where other users of the machine could see it.
"""

import os

import click

from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.texts import read_text
from dandang.terms import Actor, Code, Refusal

ACCESS_CODE_VARIABLE = "DANDANG_ACCESS_CODE"


def officer(code: str) -> Actor:
    """Return the officer with this staff code. Refuses `not_permitted` for one without a post."""
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.organization.queries import directory  # noqa: PLC0415 needs Django

    if not directory().posts_of(code, clock.now()):
        raise Refusal(Code.NOT_PERMITTED, officer=code)
    return Actor.officer(code)


def requester(reference: str, code_file: str | None) -> Actor:
    """Return the requester of this reference, who gives the access code.

    It is read from the file (`-` is stdin), else from `DANDANG_ACCESS_CODE`, else asked for.
    Refuses `not_found` for a wrong reference or code.
    """
    from dandang.lifecycle.casework.queries import find  # noqa: PLC0415 needs Django
    from dandang.lifecycle.intake.queries import opened_by  # noqa: PLC0415 needs Django

    opened = opened_by(reference, _access_code(code_file))
    if opened is None:
        raise Refusal(Code.NOT_FOUND)
    return Actor.requester(find(opened).request_number)


def _access_code(code_file: str | None) -> str:
    if code_file is not None:
        return read_text(code_file).strip().partition("\n")[0]
    if given := os.environ.get(ACCESS_CODE_VARIABLE):
        return given
    return str(click.prompt(_("Access code"), hide_input=True, err=True))
