"""What an import costs for each row, and how much memory it takes, whatever the number of rows.

python benchmarks/import_rows.py [ROWS] [--parquet] [--profile]   (with the project's environment)

The file is made up: rows of the size of real service requests, a quarter of them ended. It is
read alone, imported, and imported again. Memory is looked at a tenth of the way and at the end.
With --parquet the same rows are in a Parquet file, with typed times, as one row group.
"""

import cProfile
import io
import pstats
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from django.utils import timezone
from measuring import Meter, own_database, peak_memory  # first: it sets Django up

from dandang.lifecycle.intake.importing.maps import load_map, ready_organization
from dandang.lifecycle.intake.importing.opening import opened
from dandang.lifecycle.intake.importing.rows import RowReader
from dandang.lifecycle.intake.importing.run import Run, Tally
from dandang.organization.actions.adopt import adopt_policy
from dandang.organization.actions.load import load_organization
from dandang.organization.folder import load_folder
from dandang.policy import ready_policy
from dandang.terms import Actor

PLAN = load_map("nyc311")
TYPES = ("Noise - Residential", "Illegal Parking", "Rodent", "Street Condition", "Lost Property")
COLUMNS = PLAN.columns.all()


def made_up(number: int) -> dict[str, str]:
    return {
        "unique_key": str(number),
        "created_date": f"2023-12-{number % 28 + 1:02}T01:31:34.000",
        "complaint_type": TYPES[number % len(TYPES)],
        "descriptor": "Something of the usual length said again " * 4,
        "location_type": "Residential Building/House",
        "borough": "QUEENS",
        "incident_address": f"{number} CORONA AVENUE",
        "status": "In Progress" if number % 4 else "Closed",
    }


def write_csv(path: Path, rows: int) -> None:
    """Write a file that the ready map reads."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{','.join(COLUMNS)}\n")
        for number in range(rows):
            values = made_up(number)
            file.write(",".join(values.get(name, "") for name in COLUMNS) + "\n")


def write_parquet(path: Path, rows: int) -> None:
    """Write the same rows in a process of its own, whose memory is not ours."""
    program = "import sys, import_rows; import_rows.write_arrow(sys.argv[1], int(sys.argv[2]))"
    folder = str(Path(__file__).parent)
    subprocess.run([sys.executable, "-c", program, str(path), str(rows)], cwd=folder, check=True)


def write_arrow(path: str, rows: int) -> None:
    """Write the rows with typed times."""
    import pyarrow as pa  # noqa: PLC0415 its memory counts only where it is used
    from pyarrow import parquet  # noqa: PLC0415 as above

    table = pa.Table.from_pylist(
        [made_up(number) for number in range(rows)],
        schema=pa.schema([(name, pa.string()) for name in COLUMNS]),
    )
    place = table.schema.get_field_index("created_date")
    times = table.column(place).cast(pa.timestamp("us"))
    parquet.write_table(table.set_column(place, "created_date", times), path)


def imported(path: Path, rows: int) -> Tally:
    """Import the file; tell the peak of memory a tenth of the way."""
    with opened(path, PLAN) as file:
        run = Run(PLAN, file.header, now=timezone.now(), rejected=print)
        told = False
        for tally in run.take_in(file.records, stop=lambda: False):
            if not told and tally.rows > rows / 10:
                print(f"{'peak memory, a tenth of the way':<34}{peak_memory():>10,.1f} MiB")
                told = True
    return run.tally


def set_up() -> None:
    operator, now = Actor.system(), timezone.now()
    load_organization(load_folder(ready_organization("nyc311")), by=operator, now=now)
    adopt_policy(ready_policy("generic-311"), by=operator, now=now)


def main() -> None:
    rows = next((int(word) for word in sys.argv[1:] if word.isdigit()), 10_000)
    with own_database(), tempfile.TemporaryDirectory() as folder:
        set_up()
        path = Path(folder) / ("rows.parquet" if "--parquet" in sys.argv else "rows.csv")
        write = write_parquet if "--parquet" in sys.argv else write_csv
        write(path, rows)
        began = time.perf_counter()
        with opened(path, PLAN) as file:
            print(
                f"{'checking the file first':<34}{rows / (time.perf_counter() - began):>10,.0f}/s"
            )
            began = time.perf_counter()
            reader = RowReader(PLAN, file.header)
            number = sum(bool(reader.read(record.cells)) for record in file.records)
        print(f"{'reading alone':<34}{number / (time.perf_counter() - began):>10,.0f}/s")
        profile, profiling = cProfile.Profile(), "--profile" in sys.argv
        run = partial(profile.runcall, imported) if profiling else imported
        for name in ("importing", "importing again"):
            meter = Meter()
            with meter.measure(rows):
                tally = run(path, rows)
            print(meter.line(name), f" opened {tally.opened:,}")
        print(f"{'peak memory, at the end':<34}{peak_memory():>10,.1f} MiB")
        if profiling:
            report = io.StringIO()
            pstats.Stats(profile, stream=report).sort_stats("tottime").print_stats(35)
            print(report.getvalue())


if __name__ == "__main__":
    main()
