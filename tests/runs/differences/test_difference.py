"""`rightrep diff`: what changed between two run folders, and what changed it."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from reporting import difference_csv, difference_text
from runs import difference_of
from runs.differences.difference import _figures
from runs.differences.mixture import Mixture
from runs.differences.side import Side
from runs.job.rule_costs import solve_day
from solver import Status

PARTS = frozenset(
    [
        "leads",
        "lead cells",
        "scores",
        "values",
        "moment",
        "reps",
        "accounts",
        "absences",
    ]
)
CHANGES = {
    "min_seniority: 2": "min_seniority: 3",
    "    penalty: 0.02": "    penalty: 0.05",
    "solve:": "  - kind: max_per_rep\n    name: few\n    max_leads: 3\nsolve:",
    "  - kind: territory\n": "",
    "seed: 1": "seed: 2",
}


def rightrep(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def solved(company, name, text):
    (company / f"{name}.yaml").write_text(text, encoding="utf-8")
    options = "--model", company / "daily.model", "--out", company / name
    done = rightrep("run", company / f"{name}.yaml", *options)
    assert done.exit_code == 0, done.stderr


@pytest.fixture(scope="module")
def runs(small, shared):
    """Return a folder with a run, and one of another scenario and other tables."""
    return shared("diff", lambda folder: fill(small, folder / "company")) / "company"


def fill(small, company):
    shutil.copytree(small, company)
    text = (company / "daily.yaml").read_text(encoding="utf-8")
    for old, new in CHANGES.items():
        assert old in text
        text = text.replace(old, new)
    reps = (company / "reps.csv").read_text(encoding="utf-8")
    changed = reps.replace("R3,3,Çem", "R3,1,<b>=1+1</b>")
    assert changed != reps
    (company / "reps.csv").write_text(changed, encoding="utf-8")
    leads = (company / "leads.csv").read_text(encoding="utf-8").splitlines()
    added = leads[3].replace("L002", "N" * 300)
    kept = [leads[0], *leads[2:], added]
    (company / "leads.csv").write_text("\n".join(kept) + "\n", encoding="utf-8")
    solved(company, "changed", text)


@pytest.fixture(scope="module")
def difference(runs):
    return difference_of(runs / "run", runs / "changed")


def test_every_change_is_told(difference):
    """Rules key by key, cells of tables, rows of one run only, and the seed."""
    text = difference_text(difference)
    for told in (
        "where.deal_value" not in text,
        "Rule large deals (seniority): min_seniority 3 instead of 2" in text,
        "Rule language: penalty 0.05 instead of 0.02" in text,
        "Rule few (max_per_rep) is new: " in text,
        "Rule territory is gone: " in text,
        "Scenario: solve.seed 2 instead of 1." in text,
        "daily_capacity of 1 rep changed: <b>=1+1</b> (R3) 1 instead of 3." in text,
        "1 lead is gone: L000." in text,
    ):
        assert told, text
    assert len(difference.rules) == 4


def test_objectives_of_two_units_are_not_subtracted(sides):
    """Conversions less revenue would be a figure of nothing."""
    old, new = sides
    objective = new.run.file.scenario.objective.model_copy(
        update={"maximise": "revenue"}
    )
    scenario = new.run.file.scenario.model_copy(update={"objective": objective})
    run = replace(new.run, file=replace(new.run.file, scenario=scenario))
    figures = _figures(old, replace(new, run=run))
    assert "objective" not in figures
    assert np.isnan(figures["objective, conversions"][1])
    assert np.isnan(figures["objective, revenue"][0])


def test_steps_lead_from_one_run_to_the_other(difference):
    """Each moved lead is moved for good by one step, and nothing is unexplained."""
    settled = [lead for step in difference.steps for lead in step.settled]
    moves = difference.moves
    assert len(moves) > 5
    assert sorted(settled) == sorted(moves["lead_id"])
    causes = [[change.cause for change in step.changes] for step in difference.steps]
    rules = [["rule"]] * 4
    ways = [["leads"], ["reps"], *rules, ["ties"]]
    assert causes == [["solved again"], *ways, ["not attributed"]]
    assert not difference.steps[0].moved and not difference.steps[-1].moved
    old, new = (pd.read_csv(run, dtype=str) for run in _assigned(difference))
    owner, now = (dict(zip(t["lead_id"], t["rep_id"], strict=True)) for t in (old, new))
    for row in moves.itertuples():
        assert owner.get(row.lead_id) != now.get(row.lead_id)
        if row.way != "newly_unassigned":
            assert row.after == now[row.lead_id]


def _assigned(difference):
    runs = difference.before, difference.after
    return [f"{run.folder}/assignments.csv" for run in runs]


@pytest.fixture(scope="module")
def sides(runs):
    return Side.of(runs / "run"), Side.of(runs / "changed")


def test_a_mixture_is_the_one_day_or_the_other(sides):
    """With no part taken it is the first run's problem, with all the second's."""
    old, new = sides
    for taken, side in ((frozenset(), old), (PARTS, new)):
        mixed = Mixture(old, new, taken, tuple(side.rules)).day.problem
        expected = side._day.problem
        assert mixed.lead_ids.tolist() == expected.lead_ids.tolist()
        assert mixed.rep.tolist() == expected.rep.tolist()
        assert mixed.capacity.tolist() == expected.capacity.tolist()
        np.testing.assert_allclose(mixed.value, expected.value, rtol=1e-12)


def test_other_cells_take_their_scores_along(sides):
    """A lead's score moves with its cells, and not before."""
    old, new = sides
    half = Side(new.run, new.scores, new.value * 2)
    altered = frozenset(["L005"])
    start = Mixture(old, half, frozenset(["leads", "reps"]), (), altered)
    place = list(new.lead_ids).index("L005"), list(new.lead_ids).index("L006")
    pairs = np.array(place), np.zeros(2, dtype=np.int32)
    base = start.pair_value(*pairs)
    with_cells = start.taking("lead cells").pair_value(*pairs)
    with_values = start.taking("values").pair_value(*pairs)
    np.testing.assert_allclose(with_cells / base, [2, 1])
    np.testing.assert_allclose(with_values / base, [1, 2])


def test_a_run_does_not_differ_from_itself(runs):
    """Nothing changed is said, and no step is solved."""
    same = difference_of(runs / "run", runs / "run")
    assert same.is_nothing and same.steps == []
    assert "Nothing changed" in difference_text(same)


@pytest.mark.slow
def test_what_an_experiment_drew_is_a_step_of_its_own(company):
    """No rule is blamed for what was drawn at random."""
    runs, text = company, (company / "daily.yaml").read_text(encoding="utf-8")
    solved(runs, "drawn", f"{text}experiment:\n  control_share: 0.5\n")
    drawn = difference_of(runs / "run", runs / "drawn")
    [step] = [step for step in drawn.steps if step.moved]
    assert [change.cause for change in step.changes] == ["drawn"]
    back = difference_of(runs / "drawn", runs / "run")
    [undone] = [step for step in back.steps if step.moved]
    assert [change.cause for change in undone.changes] == ["drawn before"]
    assert undone.moved == step.moved


def test_the_command_prints_json_and_csv(runs, difference):
    """The same leads in both, and those that are in one run only."""
    record = json.loads(
        rightrep("diff", runs / "run", runs / "changed", "--json").stdout,
        parse_constant=pytest.fail,
    )
    table = difference_csv(difference)
    assert record["leads"] == table.to_dict("records")
    assert set(table["way"]) >= {"new_owner", "only_before", "only_after"}
    assert not record["nothing_changed"]


def test_a_changed_folder_is_refused(runs, tmp_path):
    """As `explain` does; and a folder that is none."""
    other = shutil.copytree(runs / "run", tmp_path / "run")
    with (other / "unassigned.csv").open("a", encoding="utf-8") as stream:
        stream.write("\n")
    done = rightrep("diff", other, runs / "changed")
    assert (done.exit_code, "cannot be compared" in done.stderr) == (3, True)
    assert "not a run folder" in rightrep("diff", tmp_path, other).stderr


def test_without_time_nothing_is_made_up(runs):
    """What could not be told apart is one step that says so."""
    difference = _hurried(runs)
    [last] = [step for step in difference.steps if step.settled]
    assert {change.cause for change in last.changes} >= {"rule", "not attributed"}
    assert "not told apart in time: " in difference_text(difference)


def test_a_day_that_is_not_proven_blames_no_change(runs, monkeypatch):
    """What is short of the optimum is another thing each time it is solved."""

    def unproven(*given, **also):
        return replace(solve_day(*given, **also), status=Status.FEASIBLE)

    monkeypatch.setattr("runs.differences.attribution.solve_day", unproven)
    steps = difference_of(runs / "run", runs / "changed").steps
    assert len(steps) == 1 and len(steps[0].changes) == 8


def _hurried(runs):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("runs.differences.difference.PART", 1e-9)
        return difference_of(runs / "run", runs / "changed")
