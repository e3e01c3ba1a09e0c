"""The rule and the policy of the how-tos work wherever ours do."""

import json
import re
import shutil
import subprocess
import sys
from functools import reduce

import pandas as pd
import pytest

from tests.pages.blocks import ROOT, blocks_of
from tests.pages.stages import SHORTER, with_rule

pytestmark = pytest.mark.slow

PAGES = [ROOT / "docs" / "howto" / f"{name}.md" for name in ("new_rule", "new_policy")]
BLOCKS = [block for page in PAGES for block in blocks_of(page)]
COMMANDS = [
    reduce(lambda text, change: text.replace(*change), SHORTER.items(), line)
    for block in BLOCKS
    if block.kind == "commands"
    for line in block.text.splitlines()
]
EXPERIMENT = """
extends: daily.yaml
name: experiment
experiment: {control_share: 0.4, control_policy: first_come}
"""
LONELY = """
extends: daily.yaml
name: lonely
data: {reps: lonely.csv}
rules:
  - {name: large deals to old hands, min_days: 90000}
"""
MORE = [
    "rightrep --plugin first_come.py --plugin experience.py run experiment.yaml "
    "--model daily.model --out runs/experiment",
    "rightrep verify runs/experiment",
    "rightrep --plugin experience.py run lonely.yaml "
    "--model daily.model --out runs/lonely",
]
"""What the page's rule and policy are tried with beside the page's own commands."""
FAULTY = {
    "nowhere.py": (None, "No such file"),
    "broken.py": ("import no_such_module", "ModuleNotFoundError"),
    "halfway.py": ("def f(:\n", "SyntaxError"),
    "unfinished.py": (
        "from typing import Literal\nfrom rightrep import Rule, register_rule\n"
        "@register_rule\nclass Half(Rule):\n    kind: Literal['half'] = 'half'\n",
        "Half needs a method of its own: violations",
    ),
    "ours.py": (
        "from rightrep import Capacity, register_rule\n"
        "@register_rule\nclass Mine(Capacity):\n    pass\n",
        "'capacity' is a kind of rule of rightrep's own",
    ),
}
"""Name of a plug-in -> its content, and why it cannot be loaded."""
WITHOUT = "rightrep check daily.yaml"
CHANGED = "rightrep --plugin experience.py verify runs/changed"
IDLE = (
    "rightrep --plugin idle.py --plugin idle.py --plugin experience.py check daily.yaml"
)
RUN_ALL = """
import json, shlex, sys
from click.testing import CliRunner
from cli import main
for line in json.load(sys.stdin):
    done = CliRunner().invoke(main, shlex.split(line)[1:])
    print(json.dumps([line, done.exit_code, done.stdout, done.stderr]))
"""


@pytest.fixture(scope="module")
def folder(small, tmp_path_factory):
    """Return a company whose scenario has the page's rule, beside the page's code."""
    folder = tmp_path_factory.mktemp("extending") / "company"
    with_rule(lambda _: small, folder)
    for block in BLOCKS:
        if block.kind == "file":
            (folder / block.name).write_text(block.text, encoding="utf-8")
    known = (folder / "reps.csv").read_text(encoding="utf-8")
    known = known.replace(",12,\n", ",12,2024-01-01\n")
    (folder / "lonely.csv").write_text(known, encoding="utf-8")
    (folder / "experiment.yaml").write_text(EXPERIMENT, encoding="utf-8")
    (folder / "lonely.yaml").write_text(LONELY, encoding="utf-8")
    return folder


def run_in(folder, lines):
    """Return exit code, stdout and stderr of each command line, in one process."""
    done = subprocess.run(
        [sys.executable, "-c", RUN_ALL],
        input=json.dumps(lines),
        capture_output=True,
        cwd=folder,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return {line: tuple(answer) for line, *answer in answers}


@pytest.fixture(scope="module")
def answers(folder):
    """Return what the page's commands answer, and a few more."""
    return run_in(folder, [*COMMANDS, *MORE])


@pytest.fixture(scope="module")
def refusals(folder, answers):
    """Return what is answered without the rule, to faulty plug-ins and a changed run.

    Of the run, a large lead was moved by hand to a rep who is too new.
    """
    for name, (text, _) in FAULTY.items():
        if text is not None:
            (folder / name).write_text(text, encoding="utf-8")
    (folder / "idle.py").write_text("def mine(problem, rng):\n    return None\n")
    shutil.copytree(folder / "runs" / "monday", folder / "runs" / "changed")
    path = folder / "runs" / "changed" / "assignments.csv"
    assigned = pd.read_csv(path)
    leads = pd.read_csv(folder / "leads.csv").set_index("lead_id")
    large = leads["deal_value"].reindex(assigned["lead_id"]).to_numpy() >= 2000
    assigned.loc[large.nonzero()[0][0], "rep_id"] = "R1"
    assigned.to_csv(path, index=False)
    faulty = [f"rightrep --plugin {name} schema" for name in FAULTY]
    return run_in(folder, [WITHOUT, *faulty, IDLE, CHANGED])


def test_the_rule_is_obeyed_and_in_the_schema(folder, answers):
    """New reps get no lead above the limit, and editors know the rule's keys."""
    assigned = pd.read_csv(folder / "runs" / "monday" / "assignments.csv")
    leads = pd.read_csv(folder / "leads.csv").set_index("lead_id")
    value = leads["deal_value"].reindex(assigned["lead_id"]).to_numpy()
    assert not set(assigned.loc[value >= 2000, "rep_id"]) & {"R1", "R3"}
    assert set(assigned.loc[value < 2000, "rep_id"]) & {"R1", "R3"}
    [(_, schema, _)] = [answers[line] for line in answers if line.endswith(" schema")]
    experience = json.loads(schema)["$defs"]["Experience"]
    assert experience["required"] == ["kind", "min_days"]


def test_the_rule_is_explained_in_its_own_words(answers):
    """Excluded reps are named with the rule, and so is a lead that nobody may have."""
    [(_, text, _)] = [answers[line] for line in answers if " explain " in line]
    assert re.search(r"excluded by .*large deals to old hands", text)
    [(_, text, _)] = [answers[line] for line in answers if "lonely" in line]
    assert "no rep has been here long enough" in text


def test_a_broken_rule_is_found_without_the_solver(refusals):
    """A lead moved by hand to a rep who is too new."""
    assert refusals[CHANGED][0] == 3
    assert "large deals to old hands" in refusals[CHANGED][1]


def test_without_the_plugin_the_kind_is_unknown(refusals):
    """The scenario names no code; the kinds there are, are named."""
    code, _, errors = refusals[WITHOUT]
    assert code == 3
    assert "unknown kind of rule 'experience'" in errors


def test_the_policy_stands_beside_ours(folder, answers):
    """In a comparison, a simulation with workers, and as the control policy."""
    for name in (" compare ", " simulate "):
        [(_, text, _)] = [answers[line] for line in answers if name in line]
        assert re.search(r"^first_come ", text, re.M), text
    experiment = pd.read_csv(folder / "runs" / "experiment" / "assignments.csv")
    assert {"control", "optimal"} == set(experiment["arm"])


@pytest.mark.parametrize("name", FAULTY)
def test_a_plugin_that_cannot_be_loaded(refusals, name):
    """It is named with the reason, as a wrong use of the command."""
    code, _, errors = refusals[f"rightrep --plugin {name} schema"]
    assert code == 2
    assert f"the plug-in {name} cannot be loaded" in errors
    assert FAULTY[name][1] in errors


def test_a_plugin_that_registers_nothing_is_named(refusals):
    """Its decorator may have been forgotten; the command goes on."""
    code, _, errors = refusals[IDLE]
    assert code == 0
    assert errors.count("the plug-in idle.py registers no rule and no policy") == 1
