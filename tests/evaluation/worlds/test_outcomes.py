import numpy as np
import pandas as pd
import pytest

from evaluation import PRESETS, STARTS_AT, WorldSpec, draw_world
from evaluation.worlds.past import assigned_at_random
from evaluation.worlds.random_numbers import normals, uniforms

LATER = STARTS_AT + pd.Timedelta(days=36_500)


def test_past_is_in_order_and_over() -> None:
    """created_at <= assigned_at <= closed_at <= the start, wherever they are known."""
    past = draw_world(PRESETS["mild"], seed=0).history(4000)
    assert (past["created_at"] <= past["assigned_at"]).all()
    closed = past[past["outcome"] != "open"]
    assert (closed["assigned_at"] <= closed["closed_at"]).all()
    assert closed["closed_at"].max() <= STARTS_AT
    assert past.loc[past["outcome"] == "open", "closed_at"].isna().all()
    assert (past["won_value"].notna() == (past["outcome"] == "won")).all()
    assert past["created_at"].dt.day_of_week.max() == 4


def test_outcomes_follow_the_truth() -> None:
    """Leads of a true probability are won as often, in every tenth of them."""
    world = draw_world(WorldSpec(interaction_sd=0.5, delay_days=0), seed=0)
    past = world.history(40_000)
    expected = world.truth(past).probability(past["lead_id"], past["rep_id"])
    won = (past["outcome"] == "won").to_numpy()
    for tenth in np.array_split(np.argsort(expected), 10):
        error = np.sqrt(expected[tenth].mean() / len(tenth))
        assert abs(won[tenth].mean() - expected[tenth].mean()) < 4 * error


def test_delays_have_their_median_and_won_leads_take_longer() -> None:
    """Half of the lost leads close within 14 days, half of the won within 28."""
    world = draw_world(WorldSpec(delay_days=14, won_delay=2.0), seed=0)
    leads = world.leads(20_000)
    past = world.served(leads, ["R001"] * len(leads), LATER)
    days = (past["closed_at"] - past["assigned_at"]) / pd.Timedelta(days=1)
    median = days.groupby(past["outcome"]).median()
    assert median["lost"] == pytest.approx(14, rel=0.05)
    assert median["won"] == pytest.approx(28, rel=0.1)


def test_a_lead_has_the_same_random_number_with_whoever_serves_it() -> None:
    """With a rep who is better for it, a lead that was won is won again."""
    world = draw_world(PRESETS["strong"], seed=1)
    leads = world.leads(3000)
    truth = world.truth(leads)
    every = np.arange(len(leads))
    first, second = (truth.at(every, np.full(len(leads), rep)) for rep in (0, 1))
    one, other = (
        world.served(leads, [rep_id] * len(leads), LATER)["outcome"] == "won"
        for rep_id in ("R001", "R002")
    )
    assert (other | ~one)[second >= first].all()
    assert (one | ~other)[first >= second].all()
    backwards = world.served(leads.iloc[::-1], ["R001"] * len(leads), LATER)
    assert (one == (backwards["outcome"] == "won").sort_index()).all()


def test_round_robin_history_is_as_likely_for_every_eligible_rep() -> None:
    """Each of the 24 got 1 in 24, and the propensity says so."""
    past = draw_world(PRESETS["mild"], 0).history(24_000, with_propensity=True)
    assert past["propensity"].to_numpy() == pytest.approx(1 / 24)
    assert past["rep_id"].value_counts().between(850, 1150).all()


def test_propensities_of_confounded_history_are_honest() -> None:
    """Weighted by them, each rep's leads look like all leads; unweighted not."""
    world = draw_world(WorldSpec(confounding=0.4, hidden_sd=0.5), seed=0)
    past = world.history(40_000, with_propensity=True)
    quality = world.truth(past).lead_logit
    weight = 1 / past["propensity"].to_numpy()
    favoured = world.reps["rep_id"].iloc[int(world.staff.favour.argmax())]
    theirs = (past["rep_id"] == favoured).to_numpy()
    assert quality[theirs].mean() > quality.mean() + 0.3
    balanced = np.average(quality[theirs], weights=weight[theirs])
    assert balanced == pytest.approx(quality.mean(), abs=0.1)
    assert weight[theirs].sum() == pytest.approx(len(past), rel=0.15)


def test_new_reps_have_no_past() -> None:
    """They start when history ends."""
    world = draw_world(PRESETS["cold_start"], seed=0)
    start = world.reps.set_index("rep_id")["start_date"]
    new = set(start.index[start == STARTS_AT])
    assert len(new) == 8
    assert not new & set(world.history(3000)["rep_id"])


def test_drift_moves_the_reps_and_ends_today() -> None:
    """Effects of a year ago differ from today's by the drift."""
    world = draw_world(WorldSpec(drift_sd=0.3, interaction_sd=0, rep_sd=0), seed=0)
    leads = world.leads(1)
    old = leads.assign(created_at=STARTS_AT - pd.Timedelta(days=365))
    rep = np.arange(24)
    logits = [
        world.truth(table).lead_logit[0]
        - np.log(1 / world.truth(table).at(np.zeros(24, dtype=int), rep) - 1)
        for table in (leads, old)
    ]
    assert np.std(logits[1] - logits[0]) > 0.15
    assert np.ptp(logits[0]) < 0.01


def test_assigned_by_hand() -> None:
    """Odds 1 to 3 for two eligible reps: a quarter of the numbers is the first's."""
    eligible = np.array([[True, False, True], [False, True, False]])
    group, uniform = np.array([0, 0, 0, 0, 1]), np.array([0, 0.2, 0.3, 0.99, 0.5])
    favour = np.array([0.0, 9.0, np.log(3.0)])
    rep, propensity = assigned_at_random(eligible, group, np.ones(5), favour, uniform)
    assert rep.tolist() == [0, 0, 2, 2, 1]
    assert propensity == pytest.approx([0.25, 0.25, 0.75, 0.75, 1])


def test_an_unknown_rep_is_refused() -> None:
    """The rep is named."""
    world = draw_world(PRESETS["mild"], seed=0)
    with pytest.raises(ValueError, match="rep 'X' is not in this world"):
        world.served(world.leads(1), ["X"], LATER)


def test_random_numbers_are_uniform_and_independent() -> None:
    """Streams of other seeds and purposes have nothing in common."""
    ids = np.array([f"L{place}" for place in range(20_000)], dtype=object)
    one = uniforms(ids, 0, "a")
    assert np.quantile(one, [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.02)
    assert one.min() > 0 and one.max() < 1
    for other in (uniforms(ids, 1, "a"), uniforms(ids, 0, "b")):
        assert abs(np.corrcoef(one, other)[0, 1]) < 0.03
    assert np.array_equal(one[::-1], uniforms(ids[::-1], 0, "a"))
    assert normals(ids, 0, "a").std() == pytest.approx(1, abs=0.03)


def test_waiting_halves_the_odds_of_a_win_and_moves_the_assignment() -> None:
    """After a half-life half as many are won, so many working days later."""
    spec = WorldSpec(decay_half_life=3, base_rate=0.4, delay_days=0)
    world = draw_world(spec, seed=0)
    leads = world.leads(20_000)
    reps = ["R001"] * len(leads)
    at_once = world.served(leads, reps, LATER)
    late = world.served(leads, reps, LATER, np.full(len(leads), 3))
    won, still = ((table["outcome"] == "won").sum() for table in (at_once, late))
    assert still / won == pytest.approx(0.5, abs=0.02)
    assert not ((late["outcome"] == "won") & (at_once["outcome"] == "lost")).any()
    moved = late["assigned_at"] - at_once["assigned_at"]
    assert (moved == pd.Timedelta(days=3)).all()


def test_waiting_skips_the_weekend() -> None:
    """Two working days after Friday it is Tuesday."""
    world = draw_world(PRESETS["mild"], seed=0)
    friday = world.leads(5, day=4)
    late = world.served(friday, ["R001"] * 5, LATER, np.full(5, 2))
    waited = late["assigned_at"].dt.normalize() - friday["created_at"].dt.normalize()
    assert (waited == pd.Timedelta(days=4)).all()


def test_worlds_stay_what_they_were() -> None:
    """A seed gives the same company as in every version before."""
    world = draw_world(PRESETS["confounded"], seed=7)
    past = world.history(3000, with_propensity=True)
    assert past["rep_id"].tolist()[:5] == ["R016", "R010", "R024", "R011", "R015"]
    assert (past["outcome"] == "won").sum() == 129
    assert past["propensity"].sum() == pytest.approx(203.9124013)
    assert past["deal_value"].tolist()[:2] == pytest.approx([23739.76, 16359.98])
    coming = world.leads(3, day=3)["signal_2"].tolist()
    assert coming == pytest.approx([0.78824368, 0.72031412, -0.40142645])
