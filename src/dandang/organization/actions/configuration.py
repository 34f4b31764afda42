"""The whole configuration as files: taken away, looked at beside what there is, and loaded.

`PARTS` is the table of what belongs to it; whatever else a body sets up adds a row.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from dandang.organization.actions.adopt import adopt_notice, adopt_policy
from dandang.organization.actions.change import lock, record
from dandang.organization.actions.load import POLICY_FILE, categories_of, load_organization
from dandang.organization.edits import Change, changes_between
from dandang.organization.entries import Organization
from dandang.organization.events import ConfigurationExported
from dandang.organization.files.rows import MAIN_FILE, read_rows
from dandang.organization.files.text import decode
from dandang.organization.files.writing import write_organization
from dandang.organization.files.zipped import pack, unpack
from dandang.organization.models import AdoptedPolicy
from dandang.organization.queries import adopted_notices, policy_by_hash
from dandang.organization.reading import CategoriesOf, read_organization
from dandang.organization.registered import registered
from dandang.policy import Policy, parse_policy
from dandang.terms import Actor, Code, InputError, Problem, Refusal
from dandang.workdays import Notice, read_notice, write_notice

Files = Mapping[str, bytes]

FOLDER, NOTICES = "organization/", "notices/"


@dataclass(frozen=True, slots=True)
class Difference:
    """What loading would change: entries of the register, notices, and the policy.

    `policy` is None where the files hold none, or the one in force. `is_new` says that there is
    no organisation yet.
    """

    changes: tuple[Change, ...] = ()
    notices: tuple[Notice, ...] = ()
    policy: Policy | None = None
    is_new: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether everything is as the files say."""
        return not (self.changes or self.notices or self.policy)


@dataclass(frozen=True, slots=True)
class Loading:
    """One loading: who, when, and whether the policy of the files takes effect."""

    by: Actor
    now: datetime
    adopts_policy: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the configuration.

    `owns` says which paths are its files; `write` returns them as they are now; `compare` adds to
    a difference what they would change, or raises InputError; `load` puts them in.
    """

    name: str
    owns: Callable[[str], bool]
    write: Callable[[], dict[str, bytes]]
    compare: Callable[[Files, Difference, datetime], Difference]
    load: Callable[[Files, Difference, Loading], None]


def _own_files(files: Files) -> dict[str, bytes]:
    """Return the files of the register by name, with the policy that lies beside them."""
    found = {path.removeprefix(FOLDER): one for path, one in files.items() if _is_register(path)}
    return {**found, POLICY_FILE: files[POLICY_FILE]} if POLICY_FILE in files else found


def _is_register(path: str) -> bool:
    name = path.removeprefix(FOLDER)
    return name != path and (name == MAIN_FILE or name.endswith(".csv")) and "/" not in name


def _write_register() -> dict[str, bytes]:
    return {f"{FOLDER}{name}": file for name, file in write_organization(registered()).items()}


def _compare_register(files: Files, difference: Difference, now: datetime) -> Difference:
    own = _own_files(files)
    after = read_organization(own, categories_of=_categories_of(own))
    before = _register_or_none()
    if before is None:
        return replace(difference, is_new=True)
    if before.body.code != after.body.code:
        params = {"value": after.body.code, "expected": before.body.code}
        raise InputError([Problem("other_body", f"{FOLDER}{MAIN_FILE}", 0, params)])
    return replace(difference, changes=tuple(changes_between(before, after, now)))


def _categories_of(own: Files) -> CategoriesOf:
    """Return what knows the categories of policies, with those that a policy gave up.

    Duties and texts may still name them, here or, in an installation without a register, in the
    files: what was taken away has to be loadable again.
    """
    known, given_up = categories_of(own), _given_up(own)

    def find(name: str) -> Collection[str] | None:
        found = known(name)
        return None if found is None else {*found, *given_up}

    return find


def _given_up(own: Files) -> set[str]:
    before = _register_or_none()
    if before is not None:
        in_duties = {duty.category for duty in before.duties}
        return in_duties | {text.category for text in before.reply_templates}
    tables = read_rows(own).tables
    rows = (*tables["duties"], *tables["reply_templates"])
    return {str(row.cells.get("category", "")) for row in rows}


def _register_or_none() -> Organization | None:
    try:
        return registered()
    except Refusal:
        return None


def _load_register(files: Files, _difference: Difference, loading: Loading) -> None:
    own = _own_files(files)
    load_organization(own, by=loading.by, now=loading.now, categories=_categories_of(own))


def _write_policy() -> dict[str, bytes]:
    row = AdoptedPolicy.objects.order_by("-id").first()
    return {} if row is None else {POLICY_FILE: policy_by_hash(row.hash).text.encode()}


def _compare_policy(files: Files, difference: Difference, _now: datetime) -> Difference:
    if POLICY_FILE not in files:
        return difference
    policy = parse_policy(decode(files[POLICY_FILE], POLICY_FILE), POLICY_FILE)
    in_force = AdoptedPolicy.objects.order_by("-id").values_list("hash", flat=True).first()
    return difference if policy.hash == in_force else replace(difference, policy=policy)


def _load_policy(_files: Files, difference: Difference, loading: Loading) -> None:
    if difference.policy is not None and loading.adopts_policy:
        adopt_policy(difference.policy, by=loading.by, now=loading.now)


def _write_notices() -> dict[str, bytes]:
    return {
        f"{NOTICES}{number:03}.toml": write_notice(notice).encode()
        for number, notice in enumerate(adopted_notices(), start=1)
    }


def _compare_notices(files: Files, difference: Difference, _now: datetime) -> Difference:
    known = adopted_notices()
    found: list[Notice] = []
    problems: list[Problem] = []
    for path in sorted(path for path in files if path.startswith(NOTICES)):
        try:
            notice = read_notice(decode(files[path], path).replace("\r\n", "\n"), path)
        except InputError as error:
            problems += error.problems
            continue
        if notice not in known:
            found.append(notice)
    if problems:
        raise InputError(problems)
    return replace(difference, notices=tuple(found))


def _load_notices(_files: Files, difference: Difference, loading: Loading) -> None:
    for notice in difference.notices:
        adopt_notice(notice, by=loading.by, now=loading.now)


PARTS: Sequence[Part] = (
    Part("organization", _is_register, _write_register, _compare_register, _load_register),
    Part("policy", lambda path: path == POLICY_FILE, _write_policy, _compare_policy, _load_policy),
    Part(
        "notices",
        lambda path: path.startswith(NOTICES) and path.endswith(".toml"),
        _write_notices,
        _compare_notices,
        _load_notices,
    ),
)
"""What the configuration is made of, in the order in which it is loaded."""


@transaction.atomic
def export_configuration(*, by: Actor, now: datetime) -> bytes:
    """Return everything that is set up as a ZIP, and record that it was taken away.

    The same configuration always gives the same bytes. Refuses `no_organization`.
    """
    lock()
    files: dict[str, bytes] = {}
    for part in PARTS:
        files |= part.write()
    record([ConfigurationExported(tuple(part.name for part in PARTS))], by=by, now=now)
    return pack(files)


@dataclass(slots=True)
class _Found:
    difference: Difference = field(default_factory=Difference)
    problems: list[Problem] = field(default_factory=list)


def compare_configuration(content: bytes, source: str, *, now: datetime) -> Difference:
    """Return what loading this ZIP would change; nothing is written.

    Raises InputError with every problem of every file (`source` is the name of the ZIP).
    """
    return _compared(unpack(content, source), now)


def _compared(files: Files, now: datetime) -> Difference:
    found = _Found()
    for path in files:
        if not any(part.owns(path) for part in PARTS):
            found.problems.append(Problem("unknown_file", path))
    for part in PARTS:
        try:
            found.difference = part.compare(files, found.difference, now)
        except InputError as error:
            found.problems += error.problems
    if found.problems:
        # What is wrong with the policy is also met where the register asks for its categories.
        raise InputError({str(problem): problem for problem in found.problems}.values())
    return found.difference


@transaction.atomic
def load_configuration(
    content: bytes,
    source: str,
    *,
    by: Actor,
    now: datetime,
    adopts_policy: bool,
    beside: int | None = None,
) -> Difference:
    """Make everything what the ZIP says, or change nothing at all; return what was different.

    `adopts_policy` says whether its policy takes effect, too. `beside` is the version of the
    register that the ZIP was compared with, None where it was not. Raises as
    `compare_configuration`; refuses `changed_meanwhile` and what adopting notices refuses.
    """
    files = unpack(content, source)
    if beside is not None and lock().number != beside:
        raise Refusal(Code.CHANGED_MEANWHILE)
    difference = _compared(files, now)
    loading = Loading(by, now, adopts_policy)
    for part in PARTS:
        part.load(files, difference, loading)
    return difference
