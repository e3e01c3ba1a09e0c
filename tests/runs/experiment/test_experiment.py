"""A randomised day: arms, propensities, and a folder that can be verified."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from ledger import Ledger
from reporting import write_folder
from runs import allocate, notes, record, run_files, summary, verify
from scenarios import ScenarioError, json_schema, read_scenario
from tests.small_company import SCENARIO

SHARE = "experiment: {control_share: 0.3}\n"
HALF = "experiment: {control_share: 0.5, control_policy: random}\n"
CAP = "experiment: {max_pair_probability: 0.6}\n"
BOTH = "experiment: {control_share: 0.2, max_pair_probability: 0.6}\n"
ONE_OWNER = ("solve:", "  - kind: one_owner\n    same: language\nsolve:")
TWO_LEVEL = ("solve:", "solve:\n  two_level: true")
pytestmark = pytest.mark.usefixtures("nothing_twice")


@pytest.fixture(scope="module")
def company(small, tmp_path_factory):
    folder = tmp_path_factory.mktemp("experiment") / "company"
    return shutil.copytree(small, folder)


@pytest.fixture(scope="module")
def run_of(company):
    """Return a function: what a scenario adds and changes -> the day's run."""

    def run(more, *changes, name="experiment.yaml"):
        text = SCENARIO
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (company / name).write_text(text + more, encoding="utf-8")
        return allocate(company / name, model=company / "daily.model")

    return run


@pytest.fixture(scope="module")
def run(run_of):
    return run_of(f"{SHARE}ledger: ledger.db\n", name="recorded.yaml")


@pytest.fixture(scope="module")
def files(run):
    return run_files(run)


@pytest.fixture
def folder(files, tmp_path):
    write_folder(tmp_path / "run", files)
    return tmp_path / "run"


def rightrep(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def table(folder, name):
    return pd.read_csv(folder / name, keep_default_na=False)


def test_every_assignment_has_its_arm_and_propensity(run, folder):
    """As propensities.csv has them, whose probabilities make one for every lead."""
    options, given = table(folder, "propensities.csv"), table(folder, "assignments.csv")
    total = options.groupby("lead_id")["probability"].sum()
    assert sorted(total.index) == sorted(run.crm.leads["lead_id"])
    assert total.to_numpy() == pytest.approx(1)
    likely = options.groupby(["lead_id", "rep_id"])["probability"].sum()
    pairs = pd.MultiIndex.from_frame(given[["lead_id", "rep_id"]])
    assert given["propensity"].to_numpy() == pytest.approx(likely[pairs].to_numpy())
    drawn = options[options["drawn"]].set_index("lead_id")
    assert len(drawn) == len(run.crm.leads)
    assert drawn.loc[given["lead_id"], "arm"].tolist() == given["arm"].tolist()
    assert set(given["arm"]) == {"optimal", "control"}
    assert (given["reason"] == "control_policy").tolist() == (
        given["arm"] == "control"
    ).tolist()


@pytest.mark.slow
def test_a_good_folder_is_verified(run_of, folder, tmp_path):
    """With a control arm, with a cap, and with both."""
    assert verify(folder).problems == ()
    for number, section in enumerate([CAP, BOTH]):
        out = tmp_path / f"run{number}"
        write_folder(out, run_files(run_of(section)))
        assert verify(out).problems == ()
        assert table(out, "assignments.csv")["propensity"].max() <= 1


def test_the_optimum_is_that_of_a_run_without_experiment(run_of, run, folder):
    """Its owners, its objective and its prices; the objective of the draw is less."""
    plain = run_of("")
    owners = dict(table(folder, "optimum.csv").itertuples(index=False))
    assert owners == plain.owner != run.owner
    told = json.loads((folder / "manifest.json").read_text())
    assert told["experiment"]["optimum"] == {
        "status": "optimal",
        "objective": plain.result.objective,
    }
    assert told["bound"] == pytest.approx(plain.result.bound)
    assert told["objective"] < plain.result.objective
    assert (told["status"], told["gap"] > 0) == ("feasible", True)
    assert run.prices.equals(plain.prices)
    assert run.rule_costs.equals(plain.rule_costs)
    assert json.loads(run_files(plain)["manifest.json"])["experiment"] is None


def test_the_same_day_is_drawn_alike_and_another_is_not(run_of, run, files):
    """The draw follows from the seed and the moment."""
    same = run_files(run_of(SHARE))
    for name in ("assignments.csv", "unassigned.csv", "propensities.csv"):
        assert files[name] == same[name]
    for change in (("seed: 1", "seed: 2"), ("as_of: 2026-09-07", "as_of: 2026-09-08")):
        other = run_of(SHARE, change)
        assert list(other.experiment.draw.arm) != list(run.experiment.draw.arm)


def test_the_ledger_has_the_arms(run, files):
    """And the propensities, for every assigned lead."""
    path = record(run)
    with Ledger(Path(path)) as ledger:
        [run_id] = ledger.runs()["run_id"]
        made = ledger.decisions(run_id).set_index("lead_id")
    given = run.assignments.set_index("lead_id")
    for column in ("arm", "propensity"):
        assert made.loc[given.index, column].tolist() == given[column].tolist()


@pytest.mark.slow
def test_the_commands_run_and_verify_it(run, company, tmp_path):
    """The run's manifest on stdout, and a folder that is as it should be."""
    given = company / "recorded.yaml", "--model", company / "daily.model"
    dry = rightrep("run", *given, "--dry-run", "--json")
    assert (
        json.loads(dry.stdout)["experiment"]["n_control"]
        == run.experiment.figures.n_control
    )
    done = rightrep("run", *given, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert "experiment" in done.stdout
    assert rightrep("verify", tmp_path / "out").exit_code == 0


def test_summary_and_notes_tell_of_it(run):
    """How many leads, by which policy, and that prices are the optimum's."""
    said = dict(summary(run))["experiment"]
    assert f"{run.experiment.figures.n_control} of 30 leads by round_robin" in said
    assert "of the optimum's objective on average (model expectation)" in said
    assert "assigned at random: objective" in dict(summary(run))["proof"]
    assert any("assignment is randomised" in note for note in notes(run))


def test_under_a_cap_nobody_is_said_to_be_best_for_all(run_of):
    """A rep whom the draw chose, not the prices, is said to be drawn."""
    reasons = set(
        run_of("experiment: {max_pair_probability: 0.4}\n").assignments["reason"]
    )
    assert "randomised_under_cap" in reasons
    assert not {"best_together", "control_policy"} & reasons


def test_explain_says_that_a_lead_was_drawn(run, folder):
    """The control arm's leads, and what the optimum does with each."""
    given = table(folder, "assignments.csv").set_index("lead_id")
    best = dict(table(folder, "optimum.csv").itertuples(index=False))
    control = given[given["arm"] == "control"]
    moved = control[
        [best.get(i) not in {None, r} for i, r in control["rep_id"].items()]
    ]
    lead_id, row = next(moved.iterrows())
    done = rightrep("explain", folder, lead_id, "--json")
    told = json.loads(done.stdout)
    assert (told["rep_id"], told["reason"]) == (row["rep_id"], "control_policy")
    assert told["backup_rep_id"] == row["backup_rep_id"]
    assert f"the optimum assigns it to {best[lead_id]}" in told["detail"]
    chosen = {each["rep_id"]: each for each in told["alternatives"]}
    assert [r for r in chosen if chosen[r]["is_chosen"]] == [row["rep_id"]]
    assert chosen[row["rep_id"]]["forced_cost"] >= 0
    assert (
        "in the control arm, whose policy chose the rep"
        in rightrep("explain", folder, lead_id).stdout
    )


def test_explain_says_that_the_draw_left_a_lead_unassigned(run_of, tmp_path):
    """Whom the optimum assigns it to, and no relaxation: there is none to seek."""
    for seed in range(20):
        run = run_of(BOTH, ("seed: 1", f"seed: {seed}"))
        left = run.unassigned[run.unassigned["reason"] == "unassigned_by_randomisation"]
        left = left[left["detail"].str.contains("assigns it to")]
        if len(left):
            break
    write_folder(tmp_path / "run", run_files(run))
    done = rightrep("explain", tmp_path / "run", left["lead_id"].iloc[0], "--json")
    told = json.loads(done.stdout)
    assert (told["rep_id"], told["reason"]) == ("", "unassigned_by_randomisation")
    assert told["detail"] == left["detail"].iloc[0]
    assert told["relaxations"] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "column", "value", "problem"),
    [
        ("assignments.csv", "propensity", 0.5, "its propensity is not that of"),
        ("assignments.csv", "arm", "neither", "was drawn for arm"),
        ("propensities.csv", "probability", 0.0, "the probabilities of arm"),
        ("propensities.csv", "drawn", False, "was drawn 0 times"),
        ("propensities.csv", "arm", "third", "in arm third, which there is not"),
    ],
)
def test_what_was_not_drawn_so_is_found(folder, name, column, value, problem):
    """A row changed by hand, in either table."""
    frame = table(folder, name)
    row = 0 if name == "assignments.csv" else frame.index[frame["drawn"]][0]
    frame[column] = frame[column].astype(object)
    frame.loc[row, column] = value
    frame.to_csv(folder / name, index=False)
    assert any(problem in said for said in verify(folder).problems)


@pytest.mark.slow
def test_without_an_experiment_everything_is_certain(run_of, tmp_path):
    """An arm or a propensity that nothing was drawn for is found."""
    write_folder(tmp_path / "run", run_files(run_of("")))
    assert verify(tmp_path / "run").problems == ()
    frame = table(tmp_path / "run", "assignments.csv")
    assert not (tmp_path / "run" / "propensities.csv").exists()
    frame.loc[0, "arm"] = "control"
    frame.to_csv(tmp_path / "run" / "assignments.csv", index=False)
    assert any(
        "nothing was drawn" in said for said in verify(tmp_path / "run").problems
    )


@pytest.mark.slow
def test_rules_that_do_not_nest_draw_the_whole_day(run_of, tmp_path):
    """One owner per language: all leads are in one arm, and notes name the rule."""
    arms = set()
    for seed in (2, 3):
        run = run_of(HALF, ONE_OWNER, ("seed: 1", f"seed: {seed}"))
        [arm] = set(run.assignments["arm"])
        arms.add(arm)
        assert any("tie leads together: one_owner" in note for note in notes(run))
    assert arms == {"optimal", "control"}
    write_folder(tmp_path / "run", run_files(run))
    assert verify(tmp_path / "run").problems == ()


@pytest.mark.slow
def test_two_levels_have_a_control_arm(run_of, tmp_path):
    """Who decides by teams first may still measure it."""
    run = run_of(SHARE, TWO_LEVEL)
    assert run.experiment.optimum.engine.endswith("two-level")
    write_folder(tmp_path / "run", run_files(run))
    assert verify(tmp_path / "run").problems == ()


@pytest.mark.parametrize(
    ("section", "changes", "said"),
    [
        (CAP, [ONE_OWNER], "these rules do not: one_owner"),
        (CAP, [TWO_LEVEL], "no cap where leads go to teams first"),
    ],
)
def test_a_cap_that_cannot_be_is_named_with_its_line(run_of, section, changes, said):
    """The rules that do not nest, and two levels."""
    with pytest.raises(ScenarioError) as caught:
        run_of(section, *changes)
    [issue] = caught.value.issues
    assert said in str(issue)
    assert "experiment.max_pair_probability" in str(issue)


def test_editors_know_the_bounds():
    """The JSON Schema says them in its own words."""
    section = json_schema()["$defs"]["Experiment"]["properties"]
    cap = section["max_pair_probability"]["anyOf"][0]
    assert (cap["exclusiveMinimum"], cap["maximum"]) == (0, 1)
    share = section["control_share"]
    assert (share["minimum"], share["exclusiveMaximum"]) == (0, 1)
    assert "optimal" not in section["control_policy"]["enum"]


@pytest.mark.parametrize(
    ("section", "key", "said"),
    [
        ("{}", "experiment", "needs a control_share above 0"),
        ("{control_share: 0}", "experiment", "needs a control_share above 0"),
        ("{control_share: 1.0}", "control_share", "less than 1"),
        ("{control_share: -0.1}", "control_share", "greater than or equal to 0"),
        ("{control_share: 0.12345}", "control_share", "at most four decimals"),
        ("{control_share: 10 %}", "control_share", "a number without quotes and unit"),
        ("{max_pair_probability: 0.0}", "max_pair_probability", "greater than 0"),
        ("{max_pair_probability: 1.5}", "max_pair_probability", "less than or equal"),
        ("{control_share: 0.1, control_policy: optimal}", "control_policy", "one of"),
        ("{control_share: 0.1, control_policy: best}", "control_policy", "one of"),
        (
            "{control_share: 0.3, max_pair_probability: 0.2}",
            "experiment",
            "must not be below control_share",
        ),
        ("{share: 0.1}", "experiment", "unknown key"),
    ],
)
def test_a_bad_section_is_named_with_its_line(tmp_path, section, key, said):
    """The key, what was expected, and where."""
    path = tmp_path / "bad.yaml"
    path.write_text(f"{SCENARIO}experiment: {section}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    found = [str(issue) for issue in caught.value.issues if said in str(issue)]
    assert found, [str(issue) for issue in caught.value.issues]
    assert key in found[0]
    assert f"line {len(SCENARIO.splitlines()) + 1}" in found[0]
