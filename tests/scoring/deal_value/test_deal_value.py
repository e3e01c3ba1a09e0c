import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import mean_tweedie_deviance

from scoring.deal_value.deal_value import deviances, fit_deal_value, select
from scoring.deal_value.estimates import MeanValue, OwnValue, ValueRegression
from scoring.deal_value.fitting import POWER
from scoring.history.rows import closed_history
from scoring.lead_features.features import Features
from scoring.lead_features.selection import choose_features
from scoring.model_file.codec import TreeReader, TreeWriter
from tests.scoring.synthetic_history import history_of, leads_of


def world(kind, seed=0, n=2000, sd=0.7):
    """Closed rows and what each would bring, by its own estimate, features or none."""
    rows = closed_history(history_of(seed, n)[0])
    rng = np.random.default_rng(seed)
    expected = {
        "own": 0.8 * rows["deal_value"],
        "features": 3000 * np.exp(1.5 * (rows["source"] == "partner")),
        "nothing": pd.Series(np.full(n, 5000.0)),
    }[kind]
    brought = expected * rng.lognormal(-(sd**2) / 2, sd, n)
    won = rows["outcome"] == "won"
    if kind == "features":
        rows = rows.assign(deal_value=rng.lognormal(9, 1.5, n))
    return rows.assign(won_value=brought.where(won)), expected.to_numpy()


def fitted(rows, **more):
    """The estimate that is chosen, and where it comes from."""
    return fit_deal_value(rows, choose_features(rows, None), **more)


@pytest.mark.parametrize(
    ("kind", "estimate"),
    [("own", OwnValue), ("features", ValueRegression), ("nothing", MeanValue)],
)
def test_the_estimate_that_is_nearest_is_chosen(kind, estimate):
    """And what it expects is close to the truth, one by one and in sum."""
    rows, truth = world(kind)
    value, finding = fitted(rows)
    assert isinstance(value, estimate)
    found = value.predict(rows)
    assert found.dtype == np.float64
    assert found.sum() == pytest.approx(truth.sum(), rel=0.15)
    assert np.median(np.abs(np.log(found / truth))) < 0.2
    selection = finding.selection
    assert selection.chosen == finding.source
    assert selection.chosen in selection.deviance
    assert selection.n_train + selection.n_test == finding.n_won
    assert finding.n_won == rows["won_value"].notna().sum()


def test_a_value_for_all_is_their_mean_not_their_median():
    """Heavy tails carry the revenue: sums come out right, medians would halve them."""
    rows, truth = world("nothing", sd=1.2, n=6000)
    found = fitted(rows)[0].predict(rows)
    assert found.sum() == pytest.approx(truth.sum(), rel=0.1)
    assert rows["won_value"].median() < 0.6 * found[0]


def test_missing_estimates_take_what_such_leads_brought():
    """Where blank estimates hide small deals, a blank counts as small."""
    rows, _ = world("own")
    rng = np.random.default_rng(1)
    blank = rng.random(len(rows)) < 0.3
    rows["won_value"] = rows["won_value"].mask(blank, rows["won_value"] * 0 + 70.0)
    rows["deal_value"] = rows["deal_value"].mask(blank)
    value, finding = fitted(rows)
    assert isinstance(value, OwnValue)
    assert value.predict(rows)[blank] == pytest.approx(70)
    assert finding.source == "own estimate"
    assert finding.where_missing == pytest.approx(70)


def test_nothing_and_less_than_nothing_are_values_too():
    """Deals won for free lower the mean; a negative one counts as free."""
    rows, _ = world("nothing")
    won = np.flatnonzero(rows["won_value"].notna())
    values = rows["won_value"].to_numpy().copy()
    values[won[::4]], values[won[1::4]] = 0.0, -1e6
    found = fitted(rows.assign(won_value=values))[0].predict(rows)
    assert found[0] == pytest.approx(2500, rel=0.15)
    assert np.all(found >= 0)


def test_a_slip_of_the_pen_does_not_decide():
    """One won value of 1e15 does not give every lead billions."""
    rows, _ = world("nothing")
    rows.loc[rows["won_value"].idxmax(), "won_value"] = 1e15
    assert np.all(fitted(rows)[0].predict(rows) < 100_000)


def test_weights_count_rows():
    """Weight two is the row twice; weight nought is no row."""
    rows, _ = world("nothing")
    weight = np.tile([2.0, 0.0], len(rows) // 2)
    halved = fitted(rows, weight=weight)[0].predict(rows)
    values = rows["won_value"][weight > 0]
    assert halved[0] == pytest.approx(values.mean())


@pytest.mark.parametrize("n_paid", [0, 1, 20])
def test_few_won_values_leave_the_leads_own(n_paid):
    """The estimates are taken as they are, with a mean for the missing."""
    rows, _ = world("nothing")
    paid = rows["won_value"].where(rows["won_value"].notna().cumsum() <= n_paid)
    rows = rows.assign(won_value=paid)
    leads = leads_of(np.random.default_rng(2), 30)
    leads.loc[3, "deal_value"] = np.nan
    leads.loc[4, "deal_value"] = 0.0
    value, finding = fitted(rows, leads=leads)
    found = value.predict(leads)
    known = np.delete(np.arange(30), 3)
    assert found[known].tolist() == leads["deal_value"][known].tolist()
    won = rows[rows["outcome"] == "won"]
    means = won["won_value"].mean() if n_paid else won["deal_value"].mean()
    assert found[3] == pytest.approx(means)
    assert finding.selection is None
    assert (finding.source, finding.n_won) == ("own estimate", n_paid)


def test_history_without_values_asks_the_leads():
    """Where only the leads state a value, the missing take their mean."""
    rows = closed_history(history_of(n=200)[0]).drop(columns="deal_value")
    leads = leads_of(np.random.default_rng(2), 4).assign(
        deal_value=[10.0, 20.0, np.nan, 0.0]
    )
    assert fitted(rows, leads=leads)[0].predict(leads).tolist() == [10, 20, 15, 0]


@pytest.mark.parametrize("leads", [None, "same"])
def test_where_no_value_is_known_every_lead_counts_one(leads):
    """Revenue is then the number of deals, and the finding says so."""
    rows = closed_history(history_of(n=200)[0]).assign(deal_value=np.nan)
    value, finding = fitted(rows, leads=None if leads is None else rows)
    assert value.predict(rows).tolist() == [1.0] * 200
    assert finding.source == "none"


def test_all_won_values_nought_are_no_values():
    """A column that was never filled in but with 0 says nothing."""
    rows, _ = world("own")
    rows = rows.assign(won_value=rows["won_value"] * 0)
    assert fitted(rows)[1].source == "own estimate"


@pytest.mark.parametrize("kind", ["own", "features", "nothing"])
def test_a_saved_value_gives_the_same_numbers(kind):
    """Through a file that may hold these types only."""
    rows, _ = world(kind)
    value, finding = fitted(rows)
    writer = TreeWriter()
    reader = TreeReader(writer.arrays)
    assert reader.content(writer.node(finding)) == finding
    loaded = reader.content(writer.node(value))
    assert loaded.predict(rows).tolist() == value.predict(rows).tolist()


def test_no_features_and_no_leads_are_no_trouble():
    """A regression on the weekday alone loses; no leads have no values."""
    rows, _ = world("nothing")
    bare = Features({}, (), {}, {}, {})
    value, _ = fit_deal_value(rows, bare)
    assert value.predict(rows.iloc[:0]).shape == (0,)
    regression, _ = world("features")
    assert fitted(regression)[0].predict(regression.iloc[:0]).shape == (0,)


def test_the_deviance_is_tweedies():
    """As scikit-learn has it, nought included."""
    value, expected = np.array([0.0, 2.0, 7.0]), np.array([1.0, 2.0, 3.0])
    assert deviances(value, expected).mean() == pytest.approx(
        mean_tweedie_deviance(value, expected, power=POWER)
    )


def test_the_deviance_is_least_at_the_mean():
    """However skewed the values, no other constant is nearer."""
    value = np.random.default_rng(0).lognormal(0, 1.5, 500)
    grid = value.mean() * np.linspace(0.5, 2, 301)
    loss = [deviances(value, np.full(500, of)).mean() for of in grid]
    assert grid[np.argmin(loss)] == pytest.approx(value.mean(), rel=0.01)


def test_the_simplest_stays_unless_clearly_beaten():
    """A gain within its standard error is none; a clear one is named with it."""
    rng = np.random.default_rng(1)
    level = np.exp(rng.normal(0, 1, 400))
    value, one = level * rng.lognormal(0, 0.3, 400), np.ones(400)
    near = value.mean() * rng.lognormal(0, 0.01, 400)
    mean = np.full(400, value.mean())
    stays = select(value, one, {"a": mean, "b": near}, 9)
    assert (stays.chosen, stays.gain, stays.n_train) == ("a", 0, 9)
    beaten = select(value, one, {"a": mean, "b": near, "c": level}, 9)
    assert beaten.chosen == "c"
    assert beaten.gain == pytest.approx(beaten.deviance["a"] - beaten.deviance["c"])
    assert beaten.gain > 2 * beaten.standard_error > 0
