"""What a command does not use, it does not import."""

import json
import subprocess
import sys

import pytest

from tests.small_company import write_company

COUNTING = """
import json, sys
from rightrep.command import main
try:
    main()
finally:
    print("\\n" + json.dumps(sorted(sys.modules)))
"""
HEAVY = {"matplotlib", "ortools", "scipy", "sklearn", "skops"}
LABELS = {"evaluation", "evaluation.labels"}


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """Return the folder of a company with a model and a run."""
    folder = tmp_path_factory.mktemp("loading")
    write_company(folder)
    loaded(folder, "train", "daily.yaml", "--model", "daily.model")
    loaded(folder, "run", "daily.yaml", "--model", "daily.model", "--out", "run")
    return folder


def loaded(folder, *arguments):
    """Return the names of all modules that a command has imported."""
    done = subprocess.run(
        [sys.executable, "-c", COUNTING, *arguments],
        capture_output=True,
        cwd=folder,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


def of(packages, modules):
    """Return the modules that are in one of the packages."""
    return {name for name in modules if name.partition(".")[0] in packages}


@pytest.mark.parametrize(
    ("arguments", "unused"),
    [
        (["--help"], HEAVY | {"numpy", "pandas", "pydantic", "crm", "solver"}),
        (["schema"], HEAVY | {"scoring", "evaluation", "runs", "ledger"}),
        (["check", "daily.yaml"], HEAVY | {"scoring", "evaluation"}),
        (["verify", "run"], {"matplotlib", "sklearn", "skops", "scoring"}),
        (["explain", "run", "L001"], {"matplotlib", "sklearn", "skops", "evaluation"}),
    ],
    ids=lambda argument: argument[0] if isinstance(argument, list) else "",
)
def test_a_command_imports_what_it_uses(company, arguments, unused):
    """Whole libraries and rooms stay where they are."""
    assert of(unused, loaded(company, *arguments)) == set()


def test_the_daily_job_imports_no_evaluation(company):
    """But for its labels; and no search over all of scikit-learn's estimators."""
    arguments = "run", "daily.yaml", "--model", "daily.model", "--dry-run"
    modules = loaded(company, *arguments)
    assert of({"evaluation"}, modules) <= LABELS
    assert of({"skops"}, modules) == set()
    assert "sklearn.cluster" not in modules


def test_the_daily_job_with_a_model_trains_nothing(company):
    """What only training needs is not loaded."""
    arguments = "run", "daily.yaml", "--model", "daily.model", "--dry-run"
    ours = of({"scoring"}, loaded(company, *arguments))
    assert not {name for name in ours if "leakage" in name or "diagnostics" in name}
