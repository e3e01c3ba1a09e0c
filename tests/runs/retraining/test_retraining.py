"""A new model takes the place of the old one where it is not worse, and says so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from ledger.learning.models import MODELS, models_query
from runs import find_model, prepare, retrain
from runs.prepared.identity import file_id
from scoring import load_model, save_model
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

FIRST = datetime(2026, 3, 2, 8, tzinfo=UTC)
N_DAYS, PER_DAY = 60, 8
OLD = "2026-04-05T08:00:00Z"


def history(*signs: int) -> pd.DataFrame:
    """Return leads whose size helps (1) or harms (-1) in each third of the days."""
    random, rows = Random(5), []
    for day in range(N_DAYS):
        at, sign = FIRST + timedelta(day), signs[day * len(signs) // N_DAYS]
        for i in range(PER_DAY):
            size = random.uniform(-2, 2)
            is_won = random.random() < 1 / (1 + np.exp(-sign * size))
            rows.append(
                {
                    "lead_id": f"H{day}-{i}",
                    "created_at": at - timedelta(hours=1),
                    "territory": "North",
                    "size": round(size, 3),
                    "rep_id": f"R{1 + i % 2}",
                    "assigned_at": at,
                    "outcome": "won" if is_won else "lost",
                    "closed_at": at + timedelta(hours=30),
                }
            )
    return pd.DataFrame(rows)


@pytest.fixture
def home(tmp_path):
    days = Company(tmp_path)
    days.write(MONDAY, "L1 North", "L2 South")
    return days


def past(home, *signs: int, moment: str = MONDAY):
    """Return the scenario with this history, as of a moment."""
    history(*signs).to_csv(home.folder / "history.csv", index=False)
    return prepare(home.folder / "days.yaml", as_of=pd.Timestamp(moment))


def old_model(home, *signs: int):
    """Write the model of the first half of these days."""
    file = home.folder / "days.model"
    then = past(home, *signs)
    moment = pd.Timestamp(OLD)
    known = then.crm.history[then.crm.history["assigned_at"] <= moment]
    crm = replace(then.crm, history=known, as_of=moment.tz_convert("UTC"))
    save_model(find_model(replace(then, crm=crm), None), file)
    return file


@pytest.mark.slow
def test_the_first_model_is_written_with_its_card(home):
    file = home.folder / "days.model"
    figures, _ = retrain(past(home, 1), file)
    assert figures.verdict == "first" and load_model(file)
    assert (home.folder / "days.model.card.json").exists()
    again, _ = retrain(past(home, 1), file)
    assert again.verdict == "unchanged" and not again.is_kept


@pytest.mark.slow
def test_where_leads_have_changed_the_new_model_is_better(home):
    file = old_model(home, 1)
    before = file.read_bytes()
    figures, new = retrain(past(home, -1), file)
    assert figures.verdict == "better" and figures.gain.low > 0
    assert figures.since > pd.Timestamp(OLD) and figures.n_test >= 90
    assert file.with_name("days.model.previous").read_bytes() == before
    assert load_model(file).card.training == new.card.training


@pytest.mark.slow
def test_a_worse_model_is_not_written(home):
    """Labels of some weeks are the wrong way round."""
    file = old_model(home, 1, 1)
    before = file.read_bytes()
    signs = (1, 1, 1, -1, -1, -1, -1, 1, 1, 1)
    home.day(MONDAY, "L1 North")
    figures, _ = retrain(past(home, *signs), file, by="ann")
    assert figures.verdict == "worse" and figures.gain.high < 0
    assert file.read_bytes() == before
    assert not file.with_name("days.model.previous").exists()
    with home.ledger as ledger:
        models = ledger.asked(models_query(), MODELS)
    assert models[["verdict", "actor"]].values.tolist() == [["worse", "ann"]]
    assert models["figures"][0]["gain_high"] < 0


@pytest.mark.slow
def test_leads_that_the_old_model_has_seen_compare_nothing(home):
    file = home.folder / "days.model"
    retrain(past(home, 1), file)
    before = file.read_bytes()
    figures, _ = retrain(past(home, 1, moment=TUESDAY), file)
    assert figures.verdict == "not_compared" and "0 were won" in figures.reason
    assert file.read_bytes() == before


@pytest.mark.slow
def test_the_ledger_knows_the_model_that_is_in_use(home):
    home.day(MONDAY, "L1 North")
    file = home.folder / "days.model"
    retrain(past(home, 1), file)
    with home.ledger as ledger:
        models = ledger.asked(models_query(), MODELS)
    assert models["model_id"].tolist() == [file_id(file)]
    assert models["verdict"].tolist() == ["first"]


@pytest.mark.slow
def test_a_write_that_fails_leaves_the_old_model_and_no_record(home, monkeypatch):
    home.day(MONDAY, "L1 North")
    file = old_model(home, 1)
    before = file.read_bytes()

    def full(path, content):
        if path == file:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("runs.retraining.retraining.write_whole", full)
    with pytest.raises(OSError, match="No space"):
        retrain(past(home, -1), file)
    assert file.read_bytes() == before
    with home.ledger as ledger:
        assert ledger.asked(models_query(), MODELS).empty


@pytest.mark.slow
def test_the_command_says_what_it_did(home):
    past(home, 1)
    arguments = ["retrain", str(home.folder / "days.yaml")]
    arguments += ["--model", str(home.folder / "m.model")]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    assert "There was no model" in done.stdout
    done = CliRunner().invoke(main, [*arguments, "--json"])
    assert done.exit_code == 0 and '"verdict": "unchanged"' in done.stdout
