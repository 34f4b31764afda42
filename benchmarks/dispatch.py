"""What the dispatcher's questions cost with very many cases.

python benchmarks/dispatch.py [--cases N] [--open N] [--rounds N]

The city of `worklist_rows.py`: a hundred thousand open cases, four thousand of which wait for
their dispatch and two thousand are disputed; a tenth of all was placed by a person and a twentieth
came back. Asked are the first page of new requests with what speaks for whom, which of fifty and
which of the hundred newest may be the same as others, and where the register has gaps (90 days).
"""

import argparse
import random
from collections.abc import Callable
from datetime import timedelta

from measuring import DATABASE, Meter, own_database  # first: it sets Django up
from worklist_rows import NOW, Filler, load

from dandang.database import Role, connect
from dandang.lifecycle.casework.going import courses
from dandang.lifecycle.casework.keeping_out import KeptOut
from dandang.lifecycle.casework.near import pairs, twins
from dandang.lifecycle.casework.received import received
from dandang.lifecycle.casework.unclear import seen_since
from dandang.lifecycle.states import State
from dandang.organization.queries import current_policy

_PLACED = """
UPDATE casework_case SET
    routed_by = CASE WHEN id % 10 = 0 THEN 'dispatcher' ELSE routed_by END,
    returns = CASE WHEN id % 20 = 0 THEN '{"one|other": 1}'::jsonb ELSE returns END
WHERE id % 10 = 0
"""
# What is particular about the cases of the worklist is just enough to be counted.
_PLAIN = """
UPDATE casework_case SET particulars = '{}'::jsonb
WHERE particulars ? 'calls' OR particulars ? 'asked'
"""
WHO = KeptOut("D-003", ("hotline",), reads_all=True)


def asked() -> dict[str, Callable[[], object]]:
    """Return what a dispatcher asks, by what it is."""
    policy = current_policy()
    first = received(WHO)
    rows = [one.place.row for one in first]
    kinds = {(one.state.category, one.state.area) for one in first}
    lately, quarter = NOW - timedelta(days=30), NOW - timedelta(days=90)
    return {
        "new requests, 50": lambda: received(WHO),
        "disputes, 50": lambda: received(WHO, state=State.DISPUTED),
        f"where {len(kinds)} kinds went": lambda: courses(kinds, hidden_from=WHO),
        "twins of 50": lambda: twins(rows, policy, since=lately, hidden_from=WHO),
        "pairs among the 100 newest": lambda: pairs(policy, since=lately, hidden_from=WHO),
        "gaps of 90 days": lambda: seen_since(quarter, ["not_our_duty"], hidden_from=WHO),
    }


def main() -> None:
    """Fill, ask, print what each question cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--open", type=int, default=100_000, dest="still_open")
    parser.add_argument("--rounds", type=int, default=20)
    typed = parser.parse_args()
    rng = random.Random(6)
    with own_database():
        load(rng)
        Filler(typed.still_open, rng).fill(typed.cases)
        with connect(Role.OWNER, DATABASE) as owner:
            owner.autocommit = True
            owner.execute(_PLACED)
            owner.execute(_PLAIN)
            owner.execute("VACUUM ANALYZE casework_case")
        for name, question in asked().items():
            question()
            meter = Meter()
            for _ in range(typed.rounds):
                with meter.measure(1):
                    question()
            print(meter.line(name))


if __name__ == "__main__":
    main()
