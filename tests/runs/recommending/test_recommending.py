"""The best reps for a lead, with what each breaks and costs, and how sure that is."""

import json
import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from crm import DataError
from runs import LeadAsked, explain_run, recommend_of_run
from runs.folder.reading import read_folder
from runs.folder.scores import read_scores
from runs.recommending.of_scenario import recommend_of_scenario


def rightrep(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def run(demo):
    return demo / "demo"


@pytest.fixture(scope="module")
def model(demo):
    return demo / "demo.model"


@pytest.fixture(scope="module")
def lead_id(run):
    """An assigned lead with some eligible reps."""
    return "D0000-0000001"


@pytest.fixture(scope="module")
def asked(run, lead_id):
    return recommend_of_run(run, LeadAsked(lead_id))


@pytest.fixture(scope="module")
def new(run, model):
    cells = {"product": "Cloud", "territory": "North", "language": "en"}
    return recommend_of_run(run, LeadAsked(cells=cells), model)


def test_reps_are_those_of_the_explanation(run, lead_id, asked):
    """The same reps, values, prices and costs of forcing; the highest value first."""
    explained = explain_run(run, lead_id)
    eligible = {a.rep_id: a for a in explained.alternatives if not a.excluded_by}
    assert {rep.rep_id for rep in asked.reps} == set(eligible)
    values = [rep.value for rep in asked.reps]
    assert values == sorted(values, reverse=True)
    for rep in asked.reps:
        other = eligible[rep.rep_id]
        assert rep.value == pytest.approx(other.value)
        assert rep.price == pytest.approx(other.price)
        assert rep.forced_cost == pytest.approx(other.forced_cost, abs=1e-9)
        assert rep.is_owner == other.is_chosen


def test_the_difference_has_the_error_of_both_reps(run, lead_id, asked):
    """By what the rep effects' standard errors make of the two probabilities."""
    folder = read_folder(run)
    scores, _ = read_scores(folder)
    lead = folder.crm.leads["lead_id"].tolist().index(lead_id)
    reps = folder.crm.reps["rep_id"].tolist()
    best, other = asked.reps[0], asked.reps[1]
    at = np.array([reps.index(best.rep_id), reps.index(other.rep_id)])
    p, error = scores.probability(np.full(2, lead), at), scores.error([lead] * 2, at)
    assert other.error == pytest.approx(math.hypot(*(p * (1 - p) * error)))
    assert other.behind == pytest.approx(best.value - other.value)
    assert best.error == best.behind == 0
    assert other.low < other.behind < other.high


def test_barred_reps_are_better_and_name_their_rules(asked):
    """None is shown who would be no better than who may have it."""
    assert asked.barred
    for rep in asked.barred:
        assert rep.excluded_by and rep.behind <= 0


def test_soft_rules_name_what_they_charge(run, asked):
    """What they charge is what the value lacks."""
    charged = next(rep for rep in asked.reps if rep.charges)
    assert charged.value + sum(cost for _, cost in charged.charges) == pytest.approx(
        charged.p_convert
    )


def test_slots_left_are_those_of_the_run(run, asked):
    """The slots that the run leaves, the lead's own apart; who is full is said so."""
    rows = pd.read_csv(run / "assignments.csv", dtype=str)
    for rep in asked.reps:
        assert (rep.slots_left == 0) == ("full" in rep.obstacles)
    owner = next(rep for rep in asked.reps if rep.is_owner)
    assert owner.slots_left >= 1 and (rows["rep_id"] == owner.rep_id).any()


def test_no_slot_left_means_tomorrow(run):
    """A lead whose eligible reps are full is kept for the next run."""
    rows = pd.read_csv(run / "unassigned.csv", dtype=str)
    full = rows.loc[rows["reason"] == "reps_full", "lead_id"].iloc[0]
    done = rightrep("recommend", run, full)
    assert done.exit_code == 0
    assert "keep it for tomorrow's run" in done.stdout


def test_a_lead_that_came_in_meanwhile(run, new):
    """It is scored by the model, and held against what the run left."""
    assert {rep.rep_id for rep in new.reps} <= set(
        pd.read_csv(run / "inputs" / "reps.csv", dtype=str)["rep_id"]
    )
    assert all(0 < rep.p_convert < 1 for rep in new.reps)
    assert all(math.isnan(rep.forced_cost) for rep in new.reps)
    assert "taken as missing" in new.notes[0]
    assert not any("is not the model" in note for note in new.notes)


def test_a_lead_of_a_file_is_the_described_one(run, model, new, tmp_path):
    """However it is given, the reps are the same."""
    file = tmp_path / "new.csv"
    file.write_text(
        "lead_id;created_at;territory;product;language\n"
        "N1;2026-01-05T18:00:00Z;North;Cloud;en\n"
    )
    found = recommend_of_run(run, LeadAsked(file=file), model)
    assert found.lead_id == "N1"
    figures = [(rep.rep_id, pytest.approx(rep.value)) for rep in new.reps]
    assert [(rep.rep_id, rep.value) for rep in found.reps] == figures


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"prodct": "x"}, "did you mean 'product'"),
        ({"engagement": "=1+1"}, "numbers or times"),
        ({"created_at": "never"}, "time"),
    ],
)
def test_a_lead_that_cannot_be_read(run, model, cells, message):
    """What is wrong with it is named."""
    with pytest.raises(DataError, match=message):
        recommend_of_run(run, LeadAsked(cells=cells), model)


def test_a_new_lead_needs_the_model(run):
    """A run folder keeps none."""
    with pytest.raises(DataError, match="--model"):
        recommend_of_run(run, LeadAsked(cells={"product": "Cloud"}))


def test_json_has_a_sentence_for_each_rep(run, lead_id):
    """And no figure that is none."""
    done = rightrep("recommend", run, lead_id, "--n", 1, "--json")
    told = json.loads(done.stdout, parse_constant=pytest.fail)
    assert len(told["reps"]) == 2 and told["n_eligible"] == 2
    assert told["sentence"] and told["reps"][0]["sentence"].startswith("Jonas Weber")
    assert {"rule", "strength"} <= told["barred"][0]["breaks"][0].keys()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["L1", "--model", "m"],
        ["--lead", "x"],
        ["--lead", "=x"],
        ["--lead", "x=1", "--lead", "x=2"],
    ],
)
def test_wrong_uses_are_told(run, arguments):
    """A lead has to be named or described; a folder has its own scores."""
    assert rightrep("recommend", run, *arguments).exit_code == 2


def test_the_owner_and_the_best_with_room_are_always_listed(run, lead_id, asked):
    """However few are asked for."""
    short = recommend_of_run(run, LeadAsked(lead_id, n=1))
    assert [rep.is_owner for rep in short.reps] == [False, True]
    assert short.n_eligible == asked.n_eligible == 2
    rows = pd.read_csv(run / "assignments.csv", dtype=str)
    for other in rows["lead_id"][4:6]:
        found = recommend_of_run(run, LeadAsked(other, n=1))
        assert any(rep.is_owner for rep in found.reps)
        assert found.owner in [rep.person for rep in found.reps]


def test_advice_where_all_are_alike(asked):
    """Who may have it today, and who is as good as far as data can tell."""
    from reporting.text.reps.recommended_words import advice

    free = [replace(rep, obstacles=(), is_owner=False) for rep in asked.reps]
    told = advice(replace(asked, owner="", reps=tuple(free)))
    assert told.startswith(f"Give it to {free[0].person}.")
    assert free[1].person in told
    full = replace(free[0], obstacles=("full",))
    sure = replace(free[1], error=0.0)
    told = advice(replace(asked, owner="", reps=(full, sure)))
    assert told.startswith(f"Give it to {sure.person}, or keep it for tomorrow's run.")
    assert advice(replace(asked, owner="", reps=())).startswith("No rep may have it")


@pytest.mark.slow
def test_a_scenario_recommends_as_its_run(small, run, model):
    """The day is solved, then asked as a run is."""
    lead = pd.read_csv(small / "run" / "assignments.csv", dtype=str)["lead_id"][0]
    options = "--model", small / "daily.model", "--json"
    by_day = rightrep("recommend", small / "daily.yaml", lead, *options)
    by_run = rightrep("recommend", small / "run", lead, "--json")
    told, expected = json.loads(by_day.stdout), json.loads(by_run.stdout)
    assert [rep["rep_id"] for rep in told["reps"]] == [
        rep["rep_id"] for rep in expected["reps"]
    ]
    assert told["owner"] == expected["owner"]


@pytest.mark.slow
def test_a_scenario_recommends_for_a_lead_that_came_in(small):
    """Slots are those of the day, and that today's runs are not known is said."""
    options = "--model", small / "daily.model", "--lead", "territory=North"
    done = rightrep("recommend", small / "daily.yaml", *options, "--json")
    told = json.loads(done.stdout)
    assert told["sentence"].startswith("Give it to ")
    assert {rep["slots_left"] for rep in told["reps"]} - {0.0, 1.0}
    assert any("Without a ledger" in note for note in told["notes"])


def test_a_word_that_history_never_had_is_told(small):
    """With the nearest one; the lead is scored as of a kind of its own."""
    options = "--model", small / "daily.model", "--lead", "territory=Nort"
    done = rightrep("recommend", small / "run", *options, "--json")
    notes = json.loads(done.stdout)["notes"]
    new = "territory 'Nort' is new: history never had it; did you mean 'North'?"
    assert new in notes


def test_of_a_scenario_that_draws_the_optimum_is_named_as_such(small, tmp_path):
    """The run's draw may give the lead to another."""
    lead = read_folder(small / "run").crm.leads["lead_id"][0]
    asked = LeadAsked(lead)
    model = small / "daily.model"
    (unread,) = recommend_of_scenario(small / "daily.yaml", asked, None, model).notes
    assert unread.startswith("History was not read")
    experiment = "experiment: {control_share: 0.2, control_policy: round_robin}"
    text = f"extends: {small / 'daily.yaml'}\n{experiment}\n"
    path = tmp_path / "drawn.yaml"
    path.write_text(text, encoding="utf-8")
    note, last = recommend_of_scenario(path, asked, None, model).notes
    assert "draws owners at random" in note and last == unread
