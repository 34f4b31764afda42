"""`dandang demo`: builds the city once, serves it on this computer, says what to open."""

import json
import os
import sys
import time
import webbrowser
from datetime import datetime

from dandang import __version__
from dandang.database import drop_database, running
from dandang.demo.marker import City, forget, plantings_of, remember, remembered
from dandang.interfaces.cli import parts, serving
from dandang.interfaces.cli.exits import Exit
from dandang.interfaces.cli.faults import Failure
from dandang.interfaces.cli.languages import CHINESE
from dandang.interfaces.cli.languages import translate as _
from dandang.interfaces.cli.output import Output
from dandang.interfaces.cli.session import ready_django, shown

DATABASE = "dandang_demo"


def run(  # noqa: PLR0913 the options of the command
    *,
    out: Output,
    language: str,
    port: int | None,
    cases: int,
    seed: int,
    reset: bool,
    open_browser: bool,
) -> None:
    """Serve the city until Ctrl-C. It is kept: the next start takes no building.

    The language is that of the residents' words, when the city is built; pages speak both.
    """
    database = _choose()
    with running(progress=shown(out), watch=True):
        ready_django()
        city = None if reset else remembered(database)
        if city is None:
            city = _build(out, database, language, cases=cases, seed=seed)
        parts.call(parts.MIGRATE, progress=shown(out))
        chosen = serving.free_port(serving.LOCAL, port)

        def ready() -> None:
            ready_django()  # in this thread, too, the language of the command line
            _tell(out, city, f"http://{serving.LOCAL}:{chosen}")
            if open_browser and sys.stdout.isatty() and _has_display():
                webbrowser.open(f"http://{serving.LOCAL}:{chosen}/")

        serving.serve_until_stopped(serving.LOCAL, chosen, ready=ready)
    out.note(_("Stopped."))


def next_day(*, out: Output) -> None:
    """Let the next working day of the city happen. Raises Failure `no_city`."""
    database = _choose()
    if remembered(database) is None:
        raise _no_city()
    with running(progress=shown(out)):
        ready_django()
        from dandang.demo.advancing import advance  # noqa: PLC0415 needs Django
        from dandang.interfaces.shared.words.times import moment  # noqa: PLC0415 needs Django

        moved = advance()
        words = _("In the city it is {now}; {events} entries were added to the ledger.").format(
            now=moment(moved.now, moved.now), events=moved.events
        )
    out.give({"now": moved.now, "events": moved.events}, words)


def tell_plantings(*, out: Output) -> None:
    """Write the record of what was planted in the city, as JSON. Raises Failure `no_city`."""
    try:
        text = plantings_of(_choose()).read_text(encoding="utf-8")
    except OSError:
        raise _no_city() from None
    out.give(json.loads(text), text.rstrip())


def _choose() -> str:
    """Return the name of the demonstration's database, and let everything else use it."""
    os.environ["DANDANG_DEMO"] = "1"
    return os.environ.setdefault("DANDANG_DATABASE", DATABASE)


def _no_city() -> Failure:
    words = _("There is no demonstration city yet. dandang demo builds one.")
    return Failure(Exit.CONFIGURATION, "no_city", words)


def _build(out: Output, database: str, language: str, *, cases: int, seed: int) -> City:
    """Build the city in a new database; what an interrupted start left behind is dropped."""
    from dandang.demo import memory, planted  # noqa: PLC0415 needs Django
    from dandang.demo.building import BEGINNING, NOW, build  # noqa: PLC0415 needs Django
    from dandang.demo.trying import to_try  # noqa: PLC0415 needs Django
    from dandang.ledger.queries import size  # noqa: PLC0415 needs Django

    began = time.monotonic()
    forget(database)
    memory.forget(database)
    drop_database(database)
    parts.call(parts.MIGRATE, progress=shown(out))
    spoken = "zh" if language == CHINESE else "en"
    with out.progress((NOW - BEGINNING).days, _("Playing the stories of the city")) as bar:
        days = 0

        def tell(at: datetime) -> None:
            nonlocal days
            bar.update((at - BEGINNING).days - days)
            days = (at - BEGINNING).days

        played = build(language=spoken, cases=cases, seed=seed, progress=tell)
    tried = to_try(played.player.played.values())
    city = City(
        version=__version__,
        language=spoken,
        seed=seed,
        cases=cases,
        requests=played.player.requests,
        events=size(),
        reference=tried.reference,
        access_code=tried.access_code,
    )
    memory.save(database, NOW, played.player)
    planted.write(database, played, NOW)
    remember(database, city)
    seconds = time.monotonic() - began
    out.note(_("The city was built in {seconds:.1f} s.").format(seconds=seconds))
    return city


def _tell(out: Output, city: City, address: str) -> None:
    from dandang.demo.roles import ROLES  # noqa: PLC0415 needs Django

    links = {code: f"{address}/demo/as/{code}/" for code in ROLES}
    code = " ".join(city.access_code[at : at + 4] for at in range(0, len(city.access_code), 4))
    lines = [
        "",
        _("Dandang 担当 {version}: a demonstration city. Everything in it is fictional.").format(
            version=__version__
        ),
        _("{requests} requests, {events} entries in the ledger.").format(
            requests=city.requests, events=city.events
        ),
        "",
        _("  Open    {address}   public pages, no sign-in").format(address=f"{address}/"),
        _("  Roles   one click each, on this computer only:"),
        *(f"          {link}   {ROLES[role].words}" for role, link in links.items()),
        _("  Try     follow {reference} at {address}").format(
            reference=city.reference, address=f"{address}/c/"
        ),
        _("          access code {code}").format(code=code),
        "",
        _("  Ctrl-C stops. dandang demo --reset starts over."),
    ]
    record = {
        "url": f"{address}/",
        "roles": links,
        "reference": city.reference,
        "access_code": city.access_code,
        "requests": city.requests,
        "events": city.events,
    }
    out.give(record, *lines)


def _has_display() -> bool:
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
