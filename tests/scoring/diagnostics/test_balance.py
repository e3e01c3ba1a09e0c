import numpy as np
import pandas as pd
import pytest

from scoring.diagnostics.balance import check_balance
from scoring.diagnostics.strata import level_name
from tests.scoring.synthetic_history import texts


def world(seed, n=1200, n_reps=12, hot=0.0, n_territories=2, n_products=2):
    """Leads of two territories; with `hot`, good ones go to senior reps."""
    rng = np.random.default_rng(seed)
    territory = rng.integers(0, n_territories, n)
    product = rng.integers(0, n_products, n)
    quality = rng.normal(0, 1, n) + territory + 0.5 * product
    reps = np.arange(n_reps).reshape(-1, n_territories).T[territory]
    appeal = hot * quality[:, None] * np.linspace(-1, 1, n_reps)[reps]
    rep = (appeal + rng.gumbel(size=reps.shape)).argmax(axis=1)
    rows = pd.DataFrame(
        {
            "rep_id": texts(f"R{j:02d}" for j in reps[np.arange(n), rep]),
            "territory": texts(f"T{j}" for j in territory),
            "product": texts(f"P{j}" for j in product),
            "origin": texts([""] * n),
        }
    )
    return rows, quality


@pytest.mark.slow
def test_leads_assigned_at_random_seldom_raise_an_alarm():
    """In at most one world of twenty, although reps keep to their territories."""
    alarms = [
        any(of.is_uneven for of in check_balance(*world(seed, n=500)))
        for seed in range(80)
    ]
    assert np.mean(alarms) <= 0.075


def test_random_assignment_is_named_as_such():
    """Every territory and product, and no warning."""
    balance = check_balance(*world(0, n=4000))
    names = [of.name for of in balance]
    assert names[:4] == ["territory T0", "territory T1", "product P0", "product P1"]
    assert names[4] == "territory T0, product P0"
    assert np.mean([of.looks_random for of in balance]) > 0.7
    assert not any(of.low_overlap for of in balance)
    assert balance[0].looks_random


def test_hot_leads_to_senior_reps_are_found():
    """Each territory is named, with its reps at both ends and what their leads tell."""
    rows, quality = world(1, hot=2.5)
    balance = check_balance(rows, quality)
    first = balance[0]
    assert first.is_uneven and not first.looks_random
    assert first.share_between > 0.2
    better = {rep.rep_id for rep in first.low_overlap if rep.better}
    worse = {rep.rep_id for rep in first.low_overlap if not rep.better}
    assert "R10" in better and "R00" in worse
    for rep in first.low_overlap:
        assert rep.n_leads == (rows["rep_id"] == rep.rep_id).sum()
        assert rep.effective_leads < rep.n_leads / 2


def test_a_mild_preference_is_found_though_reps_can_be_compared():
    """Uneven, but with overlap enough: no warning."""
    first = check_balance(*world(2, n=4000, hot=0.4))[0]
    assert first.is_uneven
    assert first.low_overlap == ()
    assert first.effective_share > 0.8


def test_reps_of_different_days_are_not_compared_by_the_drift():
    """Where quality rises and half the reps came late, nothing is uneven."""
    rng = np.random.default_rng(3)
    n = 3000
    late = np.arange(n) > n / 2
    rep = rng.integers(0, 5, n) + np.where(late, rng.integers(0, 2, n) * 5, 0)
    rows = pd.DataFrame(
        {"rep_id": texts(f"R{j}" for j in rep), "origin": texts([""] * n)}
    )
    quality = rng.normal(0, 1, n) + 2 * np.arange(n) / n
    (of,) = check_balance(rows, quality)
    assert of.name == "the whole company"
    assert not of.is_uneven


def test_leads_that_reps_found_are_no_assignment():
    """They are left out: whoever finds good leads was not assigned them."""
    rows, quality = world(4)
    found = (rows["rep_id"] == "R00") & (quality > 0)
    own = rows.assign(origin=texts(np.where(found, "self_generated", "distributed")))
    found = found.to_numpy()
    balance = check_balance(own, quality)
    assert balance == check_balance(rows[~found], quality[~found])


@pytest.mark.parametrize("n", [0, 1, 10])
def test_few_leads_tell_nothing(n):
    """Ten rows are no evidence of anything."""
    rows, quality = world(5)
    balance = check_balance(rows.iloc[:n], quality[:n])
    assert not any(of.is_uneven or of.looks_random for of in balance)
    assert not any(of.low_overlap for of in balance)


def test_leads_that_are_all_alike_tell_nothing():
    """Where quality does not vary, assignment neither looks random nor uneven."""
    rows, quality = world(6)
    balance = check_balance(rows, np.zeros(len(quality)))
    assert 0 < len(balance) < 18
    assert not any(of.is_uneven or of.looks_random for of in balance)


def test_uneven_leads_leave_most_strata_without_overlap():
    """In most of them some rep cannot be compared; at random none."""
    assert not any(of.low_overlap for of in check_balance(*world(0, n=4000)))
    uneven = check_balance(*world(1, hot=2.5))
    assert np.mean([bool(of.low_overlap) for of in uneven]) > 0.5


def test_a_level_that_names_its_column_is_not_named_twice():
    """Territory 1 stays as it is, T1 becomes territory T1."""
    assert level_name("territory", "Territory 1") == "Territory 1"
    assert level_name("territory", "T1") == "territory T1"
