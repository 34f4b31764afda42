"""What `dandang doctor` looks at: one function for each thing that can be wrong."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from dandang.interfaces.cli.languages import translate as _


class Health(StrEnum):
    """How a thing is. Only `wrong` makes the doctor's exit code 1."""

    OK = "ok"
    ATTENTION = "attention"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found; `details` have stable keys."""

    check: str
    health: Health
    words: str
    details: dict[str, object] = field(default_factory=dict)


Check = Callable[[], Iterator[Result]]
_LATE_SECONDS = 60
_SKEW_SECONDS = 5
_FIGURES_SECONDS = 3600
_OCTOBER = 10


def state_directory() -> Iterator[Result]:
    """Look whether we may write where everything is kept."""
    from dandang.database import state_directory as place  # noqa: PLC0415 loads psycopg

    folder = place()
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    details: dict[str, object] = {"path": str(folder)}
    if os.access(existing, os.W_OK):
        words = _("The state directory is {path}.").format(path=folder)
        yield Result("state_directory", Health.OK, words, details)
    else:
        words = _("The state directory {path} cannot be written.").format(path=folder)
        yield Result("state_directory", Health.WRONG, words, details)


def server() -> Iterator[Result]:
    """Name the server and its version, and compare its clock with ours."""
    from django.db import connection  # noqa: PLC0415 needs Django
    from django.utils import timezone  # noqa: PLC0415 needs Django

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), clock_timestamp()")
        version, clock = cursor.fetchone()
    skew = abs((timezone.now() - clock).total_seconds())
    external = bool(os.environ.get("DATABASE_URL"))
    kind = _("the server of DATABASE_URL") if external else _("the embedded server")
    words = _("PostgreSQL {version}, {kind}, answers.").format(version=version, kind=kind)
    details = {"version": version, "embedded": not external, "clock_skew_seconds": round(skew, 1)}
    if skew > _SKEW_SECONDS:
        words += " " + _("Its clock differs by {n} seconds.").format(n=round(skew))
    health = Health.WRONG if skew > _SKEW_SECONDS else Health.OK
    yield Result("database", health, words, details)


def migrations() -> Iterator[Result]:
    """Look for migrations that have not run."""
    from django.db import connection  # noqa: PLC0415 needs Django
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 needs Django

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    details: dict[str, object] = {"outstanding": [str(migration) for migration, _back in plan]}
    if plan:
        words = _("{n} migrations have not run. Do this: dandang migrate").format(n=len(plan))
        yield Result("migrations", Health.WRONG, words, details)
    else:
        yield Result("migrations", Health.OK, _("All migrations have run."), details)


def organization() -> Iterator[Result]:
    """Look whether a body is loaded, and what its register of duties leaves open."""
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.interfaces.shared.words.names import name  # noqa: PLC0415 needs Django
    from dandang.organization.checks import check_duties  # noqa: PLC0415 needs Django
    from dandang.organization.queries import current_policy, directory  # noqa: PLC0415 Django

    known = directory()
    words = _("{body}: {units} units, {posts} posts, {officers} officers.").format(
        body=name(known.body),
        units=len(known.units),
        posts=len(known.posts),
        officers=len(known.officers),
    )
    yield Result("organization", Health.OK, words, {"body": known.body.code})
    policy = current_policy()
    words = _("Policy {name}, version {version}, is in force.").format(
        name=policy.name, version=policy.version
    )
    yield Result("policy", Health.OK, words, {"name": policy.name, "version": policy.version})
    paths = [(code, policy.category_path(code)) for code in policy.categories]
    found = len(check_duties(known, paths, known.local_day(clock.now())))
    words = _("The register of duties has {n} findings: dandang duties check").format(n=found)
    health = Health.ATTENTION if found else Health.OK
    yield Result("duties", health, words, {"findings": found})


def calendar() -> Iterator[Result]:
    """Look how far the calendar of working days reaches."""
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.organization.queries import work_calendar  # noqa: PLC0415 needs Django

    known = work_calendar()
    today = known.local_date(clock.now())
    horizon = known.horizon
    details: dict[str, object] = {"horizon": horizon.isoformat() if horizon else None}
    wanted = today.year + (today.month >= _OCTOBER)
    if known.covers(date(wanted, 12, 31) - timedelta(days=1)):
        words = _("The working-day calendar reaches to {day}.").format(day=horizon)
        yield Result("calendar", Health.OK, words, details)
        return
    covered = known.covers(today)
    year = wanted if covered else today.year
    words = _("There is no working-day calendar for {year} yet.").format(year=year)
    health = Health.ATTENTION if covered else Health.WRONG
    yield Result("calendar", health, words, {**details, "missing": year})


def ledger() -> Iterator[Result]:
    """Look how far the log is behind what has been committed."""
    from django.utils import timezone  # noqa: PLC0415 needs Django

    from dandang.ledger.sequencer import lag  # noqa: PLC0415 needs Django

    found = lag()
    age = (timezone.now() - found.oldest).total_seconds() if found.oldest else 0.0
    details: dict[str, object] = {"waiting": found.waiting, "oldest_seconds": round(age)}
    words = _("{n} events wait for their index in the log.").format(n=found.waiting)
    if age > _LATE_SECONDS:
        words += " " + _("The oldest waits for {n} seconds: is dandang work running?").format(
            n=round(age)
        )
    health = Health.ATTENTION if age > _LATE_SECONDS else Health.OK
    yield Result("ledger", health, words, details)


def clocks() -> Iterator[Result]:
    """Look whether clocks fire in time, and for those that were set aside."""
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.lifecycle.escalation.queries import standing  # noqa: PLC0415 needs Django

    found = standing(clock.now())
    details: dict[str, object] = {
        "due": found.due,
        "late_seconds": found.late_seconds,
        "aside": len(found.aside),
    }
    words = _("{n} clocks wait to fire.").format(n=found.due)
    health = Health.OK
    if found.late_seconds > _LATE_SECONDS:
        health = Health.ATTENTION
        words += " " + _("The oldest waits for {n} seconds: is dandang work running?").format(
            n=found.late_seconds
        )
    if found.aside:
        health = Health.WRONG
        words += " " + _("{n} were set aside: dandang work --status").format(n=len(found.aside))
    yield Result("clocks", health, words, details)


def figures() -> Iterator[Result]:
    """Look how far the figures for everybody are behind the log."""
    from dandang.interfaces.shared import clock  # noqa: PLC0415 needs Django
    from dandang.publication.figures.working import standing  # noqa: PLC0415 needs Django

    found = standing()
    age = (clock.now() - found.at).total_seconds() if found.at else None
    details: dict[str, object] = {
        "behind": found.behind,
        "at": found.at,
        "rebuilding": found.is_rebuilding,
    }
    words = _("{n} events are not in the figures for everybody yet.").format(n=found.behind)
    is_late = age is None or age > _FIGURES_SECONDS
    if is_late:
        words += " " + _("They are not kept up: is dandang work running?")
    if found.is_rebuilding:
        words += " " + _("Everything is being counted anew.")
    yield Result("figures", Health.ATTENTION if is_late else Health.OK, words, details)


def followers() -> Iterator[Result]:
    """Look how far the index of cases and the published cases are behind the log."""
    from django.utils import timezone  # noqa: PLC0415 needs Django

    from dandang.finding.following import standing  # noqa: PLC0415 needs Django
    from dandang.publication.cases.following import (  # noqa: PLC0415 needs Django
        standing as published,
    )

    found, (shown, shown_since) = standing(), published()
    since = [at for at in (found.since, shown_since) if at]
    age = (timezone.now() - min(since)).total_seconds() if since else 0.0
    details: dict[str, object] = {
        "search_behind": found.behind,
        "search_to_write": found.to_write,
        "published_behind": shown,
    }
    words = _(
        "{n} events are not in the index of cases yet, {shown} not in the published cases."
    ).format(n=found.behind, shown=shown)
    is_late = age > _LATE_SECONDS
    if is_late:
        words += " " + _("The oldest waits for {n} seconds: is dandang work running?").format(
            n=int(age)
        )
    if found.to_write:
        words += " " + _("{n} cases are still to be written anew.").format(n=found.to_write)
    yield Result("followers", Health.ATTENTION if is_late else Health.OK, words, details)


def frozen_time() -> Iterator[Result]:
    """Warn where the time stands still, which only a demonstration may have."""
    from django.conf import settings  # noqa: PLC0415 needs Django

    from dandang.organization.queries import frozen_time as frozen  # noqa: PLC0415 needs Django

    at = frozen()
    if at is not None:
        words = _("The time stands still at {at}, as in a demonstration.").format(at=at)
        health = Health.ATTENTION if settings.DEMO else Health.WRONG
        yield Result("frozen_time", health, words, {"at": at})


def browser() -> Iterator[Result]:
    """Look for what only the browser tests and screenshots need."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    words = _("Chromium: {path}").format(path=found or _("none; only browser tests need it"))
    yield Result("chromium", Health.OK, words, {"path": found})
    fonts = _chinese_fonts()
    words = _("Chinese fonts on this machine: {n}").format(n="?" if fonts is None else fonts)
    yield Result("fonts", Health.OK, words, {"chinese": fonts})


def _chinese_fonts() -> int | None:
    program = shutil.which("fc-list")
    if program is None:
        return None
    command = [program, ":lang=zh", "family"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 a fixed question
    return len(done.stdout.splitlines())


def configuration() -> Iterator[Result]:
    """Name the settings that are in the environment; secrets are not shown."""
    names = sorted(one for one in os.environ if one.startswith("DANDANG_"))
    names += [one for one in ("DATABASE_URL",) if one in os.environ]
    shown = ", ".join(names) or _("none")
    words = _("Settings in the environment: {names}").format(names=shown)
    yield Result("settings", Health.OK, words, {"names": names})


BEFORE_THE_DATABASE: tuple[Check, ...] = (configuration, state_directory, browser)
IN_THE_DATABASE: tuple[Check, ...] = (
    server,
    migrations,
    organization,
    calendar,
    ledger,
    clocks,
    figures,
    followers,
    frozen_time,
)
