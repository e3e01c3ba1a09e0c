"""Target leakage, in the shapes they have in public lead data."""

import numpy as np
import pandas as pd
import pytest

from scoring.history.rows import closed_history
from scoring.lead_features.selection import choose_features
from tests.scoring.synthetic_history import history_of, leads_of, texts

N = 600
N_LEADS = 40


@pytest.fixture
def history():
    """Six hundred closed rows, sixty more that are open."""
    rows = history_of(seed=1, n=N + 60)[0]
    rows.loc[N:, "outcome"] = "open"
    rows.loc[N:, "closed_at"] = pd.NaT
    return rows


@pytest.fixture
def rng():
    return np.random.default_rng(2)


def is_won(history):
    return (history["outcome"] == "won").to_numpy()


def judged(history, leads=None, with_open=True, **choices):
    open_rows = history[history["outcome"] == "open"] if with_open else None
    return choose_features(
        closed_history(history), leads, open_rows=open_rows, **choices
    )


@pytest.mark.slow
def test_a_world_without_leaks_has_none():
    """Twenty small histories of good columns: nothing is called a leak."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        n = int(rng.choice([60, 150, 400]))
        history = history_of(seed, n)[0]
        history["fax"] = np.where(rng.random(n) < np.linspace(0.9, 0.4, n), 1.5, np.nan)
        history["fit"] = is_won(history) * 0.85 + rng.normal(size=n)
        history.loc[n - 8 :, "outcome"] = "open"
        assert (
            judged(history, leads_of(rng, N_LEADS).assign(fax=2.5, fit=1.0)).leaks == {}
        )


KNOWN_BY_NAME = """
duration; Close Date; close_value; LostReason; won_by; closedate; hs_is_closed_won;
hs_date_entered_2; Loss_Reason__c; days_to_close
"""


@pytest.mark.parametrize("name", KNOWN_BY_NAME.split(";"))
def test_a_name_can_be_enough(history, rng, name):
    """What is made by working on a lead is left out whatever it holds."""
    history[name] = rng.normal(size=len(history))
    features = judged(history)
    assert "by its name" in features.leaks[name]
    assert features.dropped[name] == features.leaks[name]


@pytest.mark.parametrize(
    "name", ["loan_duration", "marital_status", "lostock", "time_in_business", "hs"]
)
def test_names_that_only_resemble_are_kept(history, rng, name):
    """Part of a telling name is not enough."""
    history[name] = rng.normal(size=len(history))
    assert name in judged(history).numeric


def test_an_implausible_auc_is_a_leak(history, rng):
    """Seconds on the phone tell the outcome, under whatever name."""
    history["secs"] = rng.lognormal(5 + 1.5 * is_won(history), 0.8)
    features = judged(history)
    assert "AUC 0." in features.leaks["secs"]
    assert "secs" not in features.numeric


def test_a_leak_that_does_not_rise_is_found(history, rng):
    """Won in the middle of a scale and lost at both ends is as clear."""
    side = rng.choice([-1, 1], len(history))
    history["score"] = np.where(is_won(history), 0, 3 * side) + rng.normal(
        size=len(history)
    )
    assert "implausible" in judged(history).leaks["score"]


def test_tags_written_by_the_seller_are_found(history, rng):
    """Texts such as Ringing and Will revert tell the outcome between them."""
    tags = np.where(is_won(history), "Will revert", "Ringing").astype(object)
    noise = rng.random(len(history)) < 0.2
    tags[noise] = rng.choice(["Busy", "Ringing", "Will revert"], noise.sum())
    history["remark"] = texts(tags)
    assert "implausible" in judged(history).leaks["remark"]


@pytest.mark.parametrize(
    ("name", "leaks"), [("Last Notable Activity", 1), ("Channel", 0)]
)
def test_a_doubtful_name_needs_less(history, rng, name, leaks):
    """An AUC of .7 is plausible for a channel, and not for the last activity."""
    likely = np.where(is_won(history), 0.62, 0.25)
    sent = rng.random(len(history)) < likely
    history[name] = texts(np.where(sent, "SMS sent", "Modified"))
    features = judged(history)
    assert len(features.leaks) == leaks
    assert (name in features.categorical) == (not leaks)


def test_a_striking_column_is_kept_and_named(history, rng):
    """An AUC between .7 and .8 warns."""
    history["fit"] = is_won(history) * 0.95 + rng.normal(size=len(history))
    features = judged(history, with_open=False)
    assert "known in advance?" in features.suspects["fit"]
    assert "fit" in features.numeric


@pytest.mark.parametrize("share", [1.0, 0.3])
def test_what_only_won_rows_have_is_found(history, rng, share):
    """A seller's segment is written down once the deal is signed, if at all."""
    written = is_won(history) & (rng.random(len(history)) < share)
    segment = rng.choice(["pets", "watches", "bags"], len(history))
    history["segment"] = texts(np.where(written, segment, ""))
    reason = judged(history, with_open=False).leaks["segment"]
    assert "of the won and none of the lost rows" in reason


def test_what_open_rows_lack_is_found(history, rng):
    """Filled for won and lost alike, but never before the end."""
    history["rounds"] = rng.normal(size=len(history))
    history.loc[N:, "rounds"] = np.nan
    assert "in none of the 60 open rows" in judged(history).leaks["rounds"]


def test_what_varies_in_closed_rows_only_is_found(history, rng):
    """A counter that stands at 0 while the deal is open."""
    history["rounds"] = rng.poisson(2.0, len(history)).astype(float)
    history.loc[N:, "rounds"] = 0.0
    assert judged(history).leaks["rounds"].startswith("0 in all of the 60 open rows")


@pytest.mark.parametrize("value", [0.0, np.nan])
def test_what_the_leads_lack_is_found(history, rng, value):
    """The leads of the day have nothing yet where history has something."""
    history["calls"] = rng.poisson(4.0, len(history)).astype(float)
    leads = leads_of(rng, N_LEADS).assign(calls=value)
    leads.loc[0, "calls"] = 0.0
    assert "40 leads" in judged(history, leads).leaks["calls"]


def test_leads_of_one_campaign_are_no_leak(history, rng):
    """All leads of a day may share a value that says something."""
    history["campaign"] = texts(rng.choice(["spring", "autumn", "fair"], len(history)))
    leads = leads_of(rng, N_LEADS).assign(campaign=texts(["fair"] * N_LEADS))
    assert "campaign" in judged(history, leads).categorical


def test_two_open_rows_prove_nothing(history, rng):
    """Two empty cells where a third of all is filled are chance."""
    history = history.iloc[: N + 2].copy()
    filled = rng.random(N + 2) < 0.33
    history["fax"] = np.where(
        filled & ~np.isin(np.arange(N + 2), [N, N + 1]), 1.5, np.nan
    )
    history.loc[0, "fax"] = 2.5
    assert "fax" in judged(history).numeric


def test_what_hangs_on_the_date_is_no_leak(history):
    """Open leads are of the last months, and so is their season."""
    last = history["assigned_at"] >= history["assigned_at"].iloc[N - 30]
    history["season"] = texts(np.where(last, "summer", "spring"))
    assert "season" in judged(history).categorical


def test_a_leak_that_the_leads_lack_is_still_a_leak(history, rng):
    """It is named as one, not merely as a column the day's leads do not have."""
    history["tags"] = texts(np.where(is_won(history), "Will revert", "Ringing"))
    leads = leads_of(rng, N_LEADS).assign(tags=texts([""] * N_LEADS))
    assert "tags" in judged(history, leads).leaks
    assert "tags" in judged(history, leads.drop(columns="tags")).leaks


def test_times_after_the_assignment_are_found(history):
    """What happened after the lead was assigned was not known then."""
    history["signed"] = history["assigned_at"] + pd.Timedelta(days=3)
    assert "later than assigned_at in all" in judged(history).leaks["signed"]


def test_a_delay_in_disguise_is_found(history, rng):
    """Days in the pipeline are known when it is over."""
    days = rng.lognormal(2, 1, len(history))
    history["closed_at"] = history["assigned_at"] + pd.to_timedelta(days, unit="D")
    history["pipeline"] = np.round(days) * 24
    assert "rank correlation" in judged(history, with_open=False).leaks["pipeline"]


def test_part_of_a_delay_is_suspicious(history, rng):
    """Days in one stage are some of the days in the pipeline."""
    days = rng.lognormal(2, 1, len(history))
    history["closed_at"] = history["assigned_at"] + pd.to_timedelta(days, unit="D")
    history["first_stage"] = days * rng.lognormal(0, 0.7, len(history))
    features = judged(history, with_open=False)
    assert "rank correlation" in features.suspects["first_stage"]
    assert "first_stage" in features.numeric


def test_the_analyst_can_vouch_for_a_column(history, rng):
    """`keep` overrides the guard, `leave_out` the choice."""
    history["duration"] = rng.normal(size=len(history))
    features = judged(history, keep=["duration"], leave_out=["visits"])
    assert "duration" in features.numeric
    assert features.leaks == {}
    assert features.dropped == {"visits": "left out by choice"}
