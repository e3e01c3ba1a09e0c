"""The rep under another name, and columns of leads that merely go with the rep."""

import numpy as np
import pandas as pd
import pytest

from scoring import ConversionModel
from scoring.leakage.alias import determined, find_alias
from tests.scoring.synthetic_history import history_of, leads_of, texts


@pytest.fixture
def history():
    return history_of(n=600)[0]


def queue(column, leads=None):
    leads = leads_of(np.random.default_rng(1), 30) if leads is None else leads
    return leads.assign(**{column: texts(["Queue"] * len(leads))})


@pytest.mark.parametrize("name", ["Owner Name", "desk", "Vertriebler", "ownerEmail"])
def test_the_owners_name_beside_the_id_is_left_out(history, name):
    """Its values belong to one rep each, and today's leads hold others."""
    history[name] = history["rep_id"].map(lambda rep: f"Name {rep}")
    alias = find_alias(name, history, queue(name), None)
    assert alias.certain
    assert "the rep under another name" in alias.reason


def test_a_number_of_the_rep_is_left_out(history):
    """An extension or a seat is the rep, too, though no text."""
    history["extension"] = history["rep_id"].str[1:].astype(float) + 100
    leads = leads_of(np.random.default_rng(1), 30).assign(extension=0.0)
    assert find_alias("extension", history, leads, None).certain


def test_nearly_is_enough(history):
    """One lead in twenty has changed hands since."""
    history["Owner"] = history["rep_id"].where(history.index % 20 > 0, "R00")
    assert find_alias("Owner", history, None, None).certain


def test_the_reps_team_is_left_out_where_their_table_says_so(history):
    """A coarser column is determined by the rep, and no attribute of the lead."""
    rep_ids = sorted(history["rep_id"].unique())
    team = {rep: f"T{place % 2}" for place, rep in enumerate(rep_ids)}
    reps = pd.DataFrame({"rep_id": rep_ids, "team": [team[rep] for rep in rep_ids]})
    history["group"] = history["rep_id"].map(team)
    assert find_alias("group", history, None, reps).certain
    assert find_alias("group", history, None, None) is None


@pytest.mark.slow
def test_a_territory_of_one_rep_stays_and_is_named(history):
    """It is the lead's, but neither can be told from the other."""
    history["territory"] = history["rep_id"].map(lambda rep: f"land {rep}")
    alias = find_alias("territory", history, None, None)
    assert not alias.certain
    model = ConversionModel().fit(history)
    assert model.lead_model_.features.tells_rep == {"territory": alias.reason}
    assert model.rep_effects_.answer == "cannot_tell"
    assert "territory tells which rep had the lead" in model.rep_effects_.doubt


@pytest.mark.parametrize("name", ["source", "visits", "deal_value", "lead_id"])
def test_what_leads_are_like_is_no_alias(history, name):
    """Whoever got them."""
    assert find_alias(name, history, None, None) is None


def test_what_is_told_is_counted_beyond_the_commonest():
    """A column that is nearly always the same tells nothing."""
    one = np.array([0] * 995 + [1] * 5)
    assert determined(np.arange(1000) % 7, one) == 0.0
    assert determined(np.arange(100) % 5, np.arange(100) % 5) == 1.0
    assert determined(np.arange(100), np.arange(100) % 5) == 0.0


@pytest.mark.slow
def test_a_rep_effect_is_found_beside_the_owners_name():
    """It vanished where the lead model knew the rep by the name."""
    history, _ = history_of(n=4000, rep_sd=0.6)
    history["Owner Name"] = history["rep_id"].map(lambda rep: f"Name {rep}")
    model = ConversionModel().fit(history, queue("Owner Name"))
    assert model.rep_effects_.answer == "yes"
    assert "Owner Name" in model.lead_model_.features.aliases
