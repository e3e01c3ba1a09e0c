import numpy as np
import pandas as pd
import pytest

from scoring.censoring.weights import MIN_SHARE, fit_censoring
from scoring.history.rows import closed_history, is_won
from tests.scoring.synthetic_history import AS_OF, texts


def history_of(seed, n=3000, share_won=0.25, never=0.0, faster=0.0):
    """Leads of 300 days; half of the won close within 25 days, of the lost in 14."""
    rng = np.random.default_rng(seed)
    age = rng.uniform(0, 300, n)
    won = rng.random(n) < share_won
    days = rng.lognormal(np.log(np.where(won, 25, 14)), 0.9)
    days *= np.exp(faster * age / 300)
    closes = (rng.random(n) >= never) & (days <= age)
    assigned_at = AS_OF - pd.to_timedelta(np.round(age * 86_400), unit="s").as_unit(
        "ns"
    )
    delay = pd.to_timedelta(np.floor(days * 86_400), unit="s").as_unit("ns")
    outcome = np.where(closes, np.where(won, "won", "lost"), "open")
    return pd.DataFrame(
        {
            "lead_id": texts(f"L{i}" for i in range(n)),
            "rep_id": texts(["R"] * n),
            "assigned_at": assigned_at,
            "closed_at": pd.Series(assigned_at + delay).where(closes),
            "outcome": texts(outcome),
        }
    )


def recent_rates(history):
    """Share won of the rows of the last month, weighted and as they stand."""
    rows = closed_history(history)
    last = (rows["assigned_at"] > AS_OF - pd.Timedelta(days=30)).to_numpy()
    weight = fit_censoring(history, AS_OF).weight(rows)[last]
    won = is_won(rows)[last]
    return np.average(won, weights=weight), won.mean()


@pytest.mark.slow
@pytest.mark.parametrize("world", [{}, {"never": 0.3}, {"share_won": 0.6}])
def test_the_last_month_is_not_biased_low(world):
    """Within five per cent of the truth, where rows as they stand are twenty below."""
    truth = world.get("share_won", 0.25)
    rates = [recent_rates(history_of(seed, 10_000, **world)) for seed in range(12)]
    weighted, naive = np.mean(rates, axis=0)
    assert weighted == pytest.approx(truth, rel=0.05)
    assert naive < 0.8 * truth


@pytest.mark.slow
@pytest.mark.parametrize("faster", [-0.5, 0.5])
def test_delays_that_drift_leave_little_of_the_bias(faster):
    """Where leads take ever longer or shorter, the newer rows say how long."""
    rates = [recent_rates(history_of(seed, 10_000, faster=faster)) for seed in range(8)]
    weighted, naive = np.mean(rates, axis=0)
    assert abs(weighted - 0.25) < 0.5 * abs(naive - 0.25)


def test_what_is_known_of_the_delays_is_told():
    """Medians, the window and the rows left out are those of the world."""
    history = history_of(0, 20_000)
    censoring = fit_censoring(history, AS_OF)
    age = (AS_OF - closed_history(history)["assigned_at"]) / pd.Timedelta(days=1)
    assert censoring.median_won == pytest.approx(25, rel=0.1)
    assert censoring.median_lost == pytest.approx(14, rel=0.1)
    assert censoring.window_days == pytest.approx(110, rel=0.15)
    assert censoring.n_left_out == (age < censoring.min_age).sum() > 0
    assert censoring.n_open == (history["outcome"] == "open").sum()


def test_weights_fall_with_age_from_their_bound_to_one():
    """A row stands for at most five, the older the fewer; the latest are left out."""
    rows = closed_history(history_of(1))
    censoring = fit_censoring(history_of(1), AS_OF)
    weight = censoring.weight(rows)
    age = ((AS_OF - rows["assigned_at"]) / pd.Timedelta(days=1)).to_numpy()
    for outcome in ("won", "lost"):
        of = (rows["outcome"] == outcome).to_numpy() & (age >= censoring.min_age)
        assert np.all(np.diff(weight[of][np.argsort(age[of])]) <= 0)
    assert np.all(weight[age < censoring.min_age] == 0)
    assert np.all(weight[age > 250] == 1)
    assert 2 < weight.max() <= 1 / MIN_SHARE


def test_leads_that_stay_open_for_ever_change_nothing():
    """They are not lost, and no delay is longer for them."""
    history = history_of(2)
    stuck = history.iloc[:500].assign(
        outcome=texts(["open"] * 500),
        closed_at=pd.Series([pd.NaT] * 500, dtype=history["closed_at"].dtype),
    )
    more = pd.concat([history, stuck], ignore_index=True)
    rows = closed_history(history)
    weights = [fit_censoring(h, AS_OF).weight(rows).tolist() for h in (history, more)]
    assert weights[0] == weights[1]


def closed_only(history):
    return history[history["outcome"] != "open"].reset_index(drop=True)


def closed_at_once(history):
    closed = history["outcome"] != "open"
    return history.assign(closed_at=pd.Series([AS_OF] * len(history)).where(closed))


def never_timed(history):
    return history.assign(
        closed_at=pd.Series([pd.NaT] * len(history)).dt.tz_localize("UTC")
    )


@pytest.mark.parametrize(
    "change",
    [
        closed_only,
        closed_at_once,
        never_timed,
        lambda h: h.iloc[:40],
        lambda h: h.iloc[:0],
    ],
    ids=["none open", "closed at once", "no times", "few", "none"],
)
def test_where_delays_cannot_tell_every_row_counts_once(change):
    """No weight is invented."""
    history = change(history_of(3))
    censoring = fit_censoring(history, AS_OF)
    assert np.all(censoring.weight(closed_history(history)) == 1)
    assert censoring.window_days == 0
    assert censoring.median_won is censoring.median_lost is None
    assert censoring.won is None
    assert not censoring.is_misleading


def test_a_rare_outcome_takes_the_delays_of_all():
    """With thirty won rows both outcomes close alike."""
    censoring = fit_censoring(history_of(4, share_won=0.012), AS_OF)
    assert censoring.won is censoring.lost
    assert censoring.median_lost == pytest.approx(14, rel=0.15)


def test_odd_rows_do_no_harm():
    """Closed before assigned counts as at once; without a closing time, as one row."""
    history = history_of(5)
    early = history["outcome"] != "open"
    early &= np.arange(len(history)) % 20 == 0
    times = history["closed_at"].mask(early, history["assigned_at"] - AS_OF.resolution)
    odd = history.assign(closed_at=times.mask(np.arange(len(history)) % 20 == 1))
    rows = closed_history(odd)
    weight = fit_censoring(odd, AS_OF).weight(rows)
    assert np.all(weight[rows["closed_at"].isna().to_numpy()] == 1)
    assert np.all((weight == 0) | ((weight >= 1) & (weight <= 1 / MIN_SHARE)))


def test_what_closed_later_is_open_still():
    """Seen from an earlier day, later closings do not exist."""
    history = history_of(6)
    then = AS_OF - pd.Timedelta(days=100)
    known = history[history["assigned_at"] <= then]
    hidden = known.assign(
        outcome=known["outcome"]
        .where(~(known["closed_at"] > then), "open")
        .astype(object)
    )
    rows = closed_history(hidden)
    fitted = [fit_censoring(h, then) for h in (history, hidden)]
    first, second = (m.weight(rows).tolist() for m in fitted)
    assert first == second
    assert min(first) == 0


def test_an_export_by_closing_date_is_not_taken_for_slow_leads():
    """Where only closings of the last 150 days are there, delays are still found."""
    history = history_of(7, 20_000)
    since = AS_OF - pd.Timedelta(days=150)
    kept = ~(history["closed_at"] < since)
    found = fit_censoring(history[kept].reset_index(drop=True), AS_OF)
    assert found.median_won == pytest.approx(25, rel=0.1)
    assert found.median_lost == pytest.approx(14, rel=0.1)


def test_order_of_rows_does_not_matter():
    """Shuffled history gives the same bits."""
    history = history_of(8)
    rows = closed_history(history)
    shuffled = history.sample(frac=1, random_state=1)
    weights = [
        fit_censoring(h, AS_OF).weight(rows).tolist() for h in (history, shuffled)
    ]
    assert weights[0] == weights[1]


def test_lists_cleared_at_the_end_of_a_quarter_are_no_delays():
    """Where lost leads are closed all at once, weights of a window ago misled."""
    rng = np.random.default_rng(0)
    history = history_of(9, 8000)
    age = (AS_OF - history["assigned_at"]) / pd.Timedelta(days=1)
    to_end = (age - 20) % 91
    lost = rng.random(8000) < 0.7
    days = np.where(lost, to_end, rng.lognormal(np.log(25), 0.9, 8000))
    delay = pd.to_timedelta(np.round(days * 86_400), unit="s").as_unit("ns")
    closed_at = history["assigned_at"] + delay
    closed = (closed_at <= AS_OF) & ~(lost & (age < 20))
    cleared = history.assign(
        closed_at=closed_at.where(closed),
        outcome=texts(np.where(closed, np.where(lost, "lost", "won"), "open")),
    )
    censoring = fit_censoring(cleared, AS_OF)
    assert censoring.is_misleading
    assert np.all(censoring.weight(closed_history(cleared)) == 1)
