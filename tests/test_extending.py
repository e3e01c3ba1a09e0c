"""docs/extending.md as it stands: its rule and its policy work wherever ours do."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.small_company import write_company

PAGE = Path(__file__).parents[1] / "docs" / "extending.md"
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
CODE = {
    text.partition("\n")[0].removeprefix("# "): text
    for language, text in BLOCKS
    if language == "python"
}
[RULE] = [text for language, text in BLOCKS if language == "yaml"]
COMMANDS = [
    line for language, text in BLOCKS if not language for line in text.splitlines()
]
STARTED = ["2026-08-20", "2020-01-01", "2026-09-01", "", "2024-05-01", "2026-06-20"]
"""Of the six reps: one and three are too new for the page's rule."""
RUN_ALL = """
import json, shlex, sys
from click.testing import CliRunner
from cli import main
for line in json.load(sys.stdin):
    done = CliRunner().invoke(main, shlex.split(line)[1:])
    print(json.dumps([line, done.exit_code, done.stdout, done.stderr]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a company whose scenario has the page's rule, beside the page's code."""
    folder = tmp_path_factory.mktemp("extending")
    write_company(folder)
    for name, text in CODE.items():
        (folder / name).write_text(text, encoding="utf-8")
    reps = folder / "reps.csv"
    rows = reps.read_text(encoding="utf-8").splitlines()
    cells = ["start_date", *STARTED]
    rows = [f"{row},{cell}" for row, cell in zip(rows, cells, strict=True)]
    reps.write_text("\n".join(rows) + "\n", encoding="utf-8")
    daily = folder / "daily.yaml"
    rule = RULE.replace("rules:\n", "").replace("20000", "2000")
    text = daily.read_text(encoding="utf-8").replace("solve:\n", f"{rule}solve:\n")
    daily.write_text(text, encoding="utf-8")
    experiment = "extends: daily.yaml\nname: experiment\n"
    experiment += "experiment: {control_share: 0.4, control_policy: first_come}\n"
    (folder / "experiment.yaml").write_text(experiment, encoding="utf-8")
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
def told(folder):
    """Return what the page's commands say, and a few more."""
    more = [
        "rightrep --plugin first_come.py --plugin experience.py run experiment.yaml "
        "--out runs/experiment",
        "rightrep verify runs/experiment",
    ]
    return run_in(folder, [*COMMANDS, *more])


def test_every_command_of_the_page_succeeds(told):
    """As pasted; a backtest of so small a company may find nothing to measure."""
    failed = {line: answer for line, answer in told.items() if answer[0]}
    assert not failed


def test_the_rule_is_obeyed_and_in_the_schema(folder, told):
    """New reps get no lead above the limit, and editors know the rule's keys."""
    assigned = pd.read_csv(folder / "runs" / "monday" / "assignments.csv")
    leads = pd.read_csv(folder / "leads.csv").set_index("lead_id")
    value = leads["deal_value"].reindex(assigned["lead_id"]).to_numpy()
    assert not set(assigned.loc[value >= 2000, "rep_id"]) & {"R1", "R3"}
    assert set(assigned.loc[value < 2000, "rep_id"]) & {"R1", "R3"}
    [(_, schema, _)] = [told[line] for line in told if line.endswith(" schema")]
    experience = json.loads(schema)["$defs"]["Experience"]
    assert experience["required"] == ["kind", "min_days"]


def test_the_rule_is_explained_in_its_own_words(folder, told):
    """Excluded reps are named with the rule, and so is a lead that nobody may have."""
    [(_, text, _)] = [told[line] for line in told if " explain " in line]
    assert re.search(r"excluded by .*large deals to old hands", text)
    lonely = folder / "lonely.yaml"
    lonely.write_text(
        "extends: daily.yaml\nname: lonely\nrules:\n"
        "  - {name: large deals to old hands, min_days: 90000}\n",
        encoding="utf-8",
    )
    reps = folder / "reps.csv"
    kept = reps.read_text(encoding="utf-8")
    reps.write_text(kept.replace(",12,\n", ",12,2024-01-01\n"), encoding="utf-8")
    line = "rightrep --plugin experience.py run lonely.yaml --out runs/lonely"
    answers = run_in(folder, [line])
    reps.write_text(kept, encoding="utf-8")
    assert "no rep has been here long enough" in answers[line][1]


def test_a_broken_rule_is_found_without_the_solver(folder, told):
    """A lead moved by hand to a rep who is too new."""
    copy = folder / "runs" / "monday"
    path = copy / "assignments.csv"
    kept = path.read_text(encoding="utf-8")
    assigned = pd.read_csv(path)
    leads = pd.read_csv(folder / "leads.csv").set_index("lead_id")
    large = leads["deal_value"].reindex(assigned["lead_id"]).to_numpy() >= 2000
    assigned.loc[large.nonzero()[0][0], "rep_id"] = "R1"
    assigned.to_csv(path, index=False)
    line = "rightrep --plugin experience.py verify runs/monday"
    answer = run_in(folder, [line])[line]
    path.write_text(kept, encoding="utf-8")
    assert answer[0] == 3
    assert "large deals to old hands" in answer[1]


def test_without_the_plugin_the_kind_is_unknown(folder):
    """The scenario names no code; the kinds there are, are named."""
    line = "rightrep check daily.yaml"
    code, _, errors = run_in(folder, [line])[line]
    assert code == 3
    assert "unknown kind of rule 'experience'" in errors


def test_the_policy_stands_beside_ours(folder, told):
    """In a comparison, a simulation with workers, and as the control policy."""
    for name in (" compare ", " simulate "):
        [(_, text, _)] = [told[line] for line in told if name in line]
        assert re.search(r"^first_come ", text, re.M), text
    experiment = pd.read_csv(folder / "runs" / "experiment" / "assignments.csv")
    assert {"control", "optimal"} == set(experiment["arm"])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("nowhere.py", None, "No such file"),
        ("broken.py", "import no_such_module", "ModuleNotFoundError"),
        ("halfway.py", "def f(:\n", "SyntaxError"),
        (
            "unfinished.py",
            "from typing import Literal\nfrom rightrep import Rule, register_rule\n"
            "@register_rule\nclass Half(Rule):\n    kind: Literal['half'] = 'half'\n",
            "Half needs a method of its own: violations",
        ),
        (
            "ours.py",
            "from rightrep import Capacity, register_rule\n"
            "@register_rule\nclass Mine(Capacity):\n    pass\n",
            "'capacity' is a kind of rule of rightrep's own",
        ),
    ],
)
def test_a_plugin_that_cannot_be_loaded(folder, name, text, said):
    """It is named with the reason, as a wrong use of the command."""
    if text is not None:
        (folder / name).write_text(text, encoding="utf-8")
    line = f"rightrep --plugin {name} schema"
    code, _, errors = run_in(folder, [line])[line]
    assert code == 2
    assert f"the plug-in {name} cannot be loaded" in errors
    assert said in errors


def test_a_plugin_that_registers_nothing_is_named(folder):
    """Its decorator may have been forgotten; the command goes on."""
    (folder / "idle.py").write_text("def mine(problem, rng):\n    return None\n")
    line = "rightrep --plugin idle.py --plugin idle.py --plugin experience.py "
    line += "check daily.yaml"
    code, _, errors = run_in(folder, [line])[line]
    assert code == 0
    assert errors.count("the plug-in idle.py registers no rule and no policy") == 1
