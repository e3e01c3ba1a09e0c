"""What a command does not use, it does not import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.few import few

COUNTING = """
import json, sys
from rightrep.command import main
try:
    main()
finally:
    print("\\n" + json.dumps(sorted(sys.modules)))
"""
HEAVY = {"matplotlib", "numba", "ortools", "scipy", "sklearn", "skops"}
MEMORY = {"sqlalchemy", "alembic", "phonenumbers", "psycopg"}
"""What only a scenario with a ledger, or tables of a database, needs."""
LABELS = {"evaluation", "evaluation.labels"}
OF_THE_PAGE = {
    "evaluation.interval",
    "evaluation.fairness",
    *(
        f"evaluation.fairness.{name}"
        for name in ("distribution", "entitlement", "inequality", "panel")
    ),
}
"""What the section of the page on fairness is made with."""


SCORING = """
import sys
from pathlib import Path
import scoring
assert "numpy" not in sys.modules
model = scoring.load_model(Path(sys.argv[1])).model
from scoring.model_file.acceptance import invented_leads
model.score(invented_leads(model.lead_model_.features), ["R00"])
print(*[name for name in sys.modules if name.startswith("scoring.")])
"""
TRAINING = {"leakage", "diagnostics", "origins", "fitting", "training", "newton"}
TRAINING |= {"mixed_model", "significance", "selection"}

NUMBERED = """
import sys
from benchmarks.scale_instance import instance
from solver.engines.price import solve_factorised
day = instance(300, 20, "plain", seed=0)
print(solve_factorised(day, seed=0, time_limit=60).status.name)
print(*sys.modules)
"""
ROOT = Path(__file__).parents[1]


def output_of(folder, code, *arguments):
    """Return what a program prints that succeeds, in a process of its own."""
    call = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(call, capture_output=True, cwd=folder, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def loaded(folder, *arguments):
    """Return the names of all modules that a command has imported."""
    return set(json.loads(output_of(folder, COUNTING, *arguments).splitlines()[-1]))


def taken_from(packages, modules):
    """Return the modules that are in one of the packages."""
    return {name for name in modules if name.partition(".")[0] in packages}


@pytest.mark.parametrize(
    ("arguments", "unused"),
    few(
        (
            pytest.param(*case)
            for case in [
                (["--help"], HEAVY | {"numpy", "pandas", "pydantic", "crm", "solver"}),
                (["schema"], HEAVY | {"scoring", "evaluation", "runs", "ledger"}),
                (["check", "daily.yaml"], HEAVY | MEMORY | {"scoring", "evaluation"}),
                (["verify", "run"], {"matplotlib", "numba", "sklearn", "skops"}),
                (
                    ["explain", "run", "L001"],
                    {"matplotlib", "numba", "sklearn", "skops", "evaluation"},
                ),
            ]
        ),
        2,
    ),
    ids=lambda argument: argument[0] if isinstance(argument, list) else "",
)
def test_a_command_imports_what_it_uses(small, arguments, unused):
    """Whole libraries and rooms stay where they are."""
    assert taken_from(unused, loaded(small, *arguments)) == set()


@pytest.fixture(scope="module")
def daily_job(small):
    """Return the modules that a run with a model has imported."""
    arguments = "run", "daily.yaml", "--model", "daily.model", "--dry-run"
    return loaded(small, *arguments)


def test_the_daily_job_imports_little_evaluation(daily_job):
    """Labels and the page's fairness; no search over scikit-learn's estimators."""
    assert taken_from({"evaluation"}, daily_job) <= LABELS | OF_THE_PAGE
    assert taken_from({"skops"} | MEMORY, daily_job) == set()
    assert "sklearn.cluster" not in daily_job


def test_the_daily_job_draws_without_plots(daily_job):
    """Nor does it load what only other files, other tables or terminals need."""
    unused = {
        "matplotlib",
        "distributed",
        "numba",
        "PIL",
        "openpyxl",
        "holidays",
        "rapidfuzz",
        "requests",
    }
    assert taken_from(unused, daily_job) == set()
    assert not {name for name in daily_job if name.startswith("reporting.plots")}


def test_a_day_that_is_a_flow_loads_no_other_solver(daily_job):
    """Nor the reader of Excel files, where its tables are text."""
    unused = "ortools.sat.", "solver.engines.mip.", "crm.formats.excel"
    assert not [name for name in daily_job if name.startswith(unused)]


def test_the_daily_job_with_a_model_trains_nothing(daily_job):
    """What only training needs is not loaded."""
    ours = taken_from({"scoring"}, daily_job)
    assert not {name for name in ours if "leakage" in name or "diagnostics" in name}


@pytest.mark.slow
def test_scoring_with_a_saved_model_imports_nothing_that_fits_one(small):
    """No leakage guard, no validation; and naming the room imports no NumPy."""
    modules = output_of(small, SCORING, "daily.model").split()
    parts = {part for name in modules for part in name.split(".")[1:]}
    assert "conversion_model" in parts
    assert not parts & TRAINING


@pytest.mark.slow
def test_a_large_day_of_numbered_leads_needs_no_pandas():
    """It takes as much memory as a million leads."""
    pytest.importorskip("numba")
    status, modules = output_of(ROOT, NUMBERED).splitlines()
    assert status == "OPTIMAL"
    assert not {"pandas", "pyarrow"} & set(modules.split())
