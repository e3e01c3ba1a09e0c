from dataclasses import replace
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest

from crm import TABLES, csv_text
from evaluation import PRESETS, STARTS_AT, World, WorldSpec, draw_world
from tests.few import few

TYPES = {
    "id": "object",
    "text": "object",
    "choice": "object",
    "list": "object",
    "number": "float64",
    "integer": "float64",
    "boolean": "bool",
    "timestamp": "datetime64[ns, UTC]",
}


@pytest.fixture(scope="module")
def mild() -> World:
    return draw_world(PRESETS["mild"], seed=3)


def every_probability(world: World, leads: pd.DataFrame) -> np.ndarray:
    n_leads, n_reps = len(leads), world.spec.n_reps
    lead, rep = np.divmod(np.arange(n_leads * n_reps), n_reps)
    return world.truth(leads).at(lead, rep).reshape(n_leads, n_reps)


def logit(p: np.ndarray) -> np.ndarray:
    return np.log(p / (1 - p))


def interaction(world: World, n_leads: int = 3000) -> np.ndarray:
    """Return what is left of each pair's logit beside its lead and its rep."""
    log_odds = logit(every_probability(world, world.leads(n_leads)))
    beside_lead = log_odds - log_odds.mean(axis=1, keepdims=True)
    return beside_lead - beside_lead.mean(axis=0)


@pytest.mark.parametrize("name", PRESETS)
def test_the_seed_decides_everything(name: str) -> None:
    """The same seed gives the same tables and truth, another one others."""
    one, same, other = (draw_world(PRESETS[name], seed) for seed in (0, 0, 1))
    pd.testing.assert_frame_equal(one.history(500), same.history(500))
    pd.testing.assert_frame_equal(one.leads(50, day=4), same.leads(50, day=4))
    pd.testing.assert_frame_equal(one.reps, same.reps)
    assert not one.history(500).equals(other.history(500))
    leads = one.leads(50)
    assert np.array_equal(every_probability(one, leads), every_probability(same, leads))


PINNED = {
    "mild": "a7919428ae92c7f0",
    "confounded": "3508019ac4bbb541",
}
"""Of every table of the first day and the truth of its pairs, to six decimals."""


@pytest.mark.parametrize("name", PINNED)
def test_tables_of_worlds_are_pinned(name: str) -> None:
    """A seed draws the same tables and truth as in every version before."""
    world = draw_world(PRESETS[name], seed=7)
    tables = world.tables(1500, 60)
    leads = tables["leads"]
    tables["truth"] = world.truth(leads).pairs(world.eligible(leads))
    texts = [
        csv_text(table.round(dict.fromkeys(table.select_dtypes("number"), 6)))
        for table in tables.values()
    ]
    assert sha256("".join(texts).encode()).hexdigest()[:16] == PINNED[name]


def test_tables_are_as_if_read_from_files(mild: World) -> None:
    """Every column that the schema knows has the type that reading gives it."""
    tables = {
        "leads": mild.leads(20),
        "reps": mild.reps,
        "history": mild.history(200, with_propensity=True),
    }
    for name, table in tables.items():
        known = TABLES[name]
        required = {column for column, spec in known.items() if spec.required}
        assert required <= set(table.columns)
        for column in set(known) & set(table.columns):
            assert str(table[column].dtype) == TYPES[known[column].kind], column
    assert tables["history"]["lead_id"].is_unique
    assert isinstance(mild.reps["territories"].iloc[0], tuple)


@pytest.mark.parametrize("name", ["null", "mild", "strong"])
def test_it_converts_at_its_base_rate(name: str) -> None:
    """Shared out evenly, 12 % of the leads convert in every one of these worlds."""
    worlds = [draw_world(PRESETS[name], seed) for seed in range(5)]
    means = [every_probability(w, w.leads(2000)).mean() for w in worlds]
    assert np.mean(means) == pytest.approx(0.12, abs=0.006)


@pytest.mark.parametrize("degree", few([1, 2, 3], 1))
@pytest.mark.parametrize(("rank", "share"), [(8, 0.0), (3, 0.0), (3, 0.5), (1, 1.0)])
def test_interaction_has_its_spread(degree: int, rank: int, share: float) -> None:
    """Whatever its rank, source and degree, its sd is the one asked for."""
    spec = WorldSpec(
        n_reps=200,
        interaction_sd=0.4,
        interaction_rank=rank,
        product_share=share,
        degree=degree,
    )
    spread = [interaction(draw_world(spec, seed)).std() for seed in range(3)]
    assert np.mean(spread) == pytest.approx(0.4, rel=0.08)


def test_rank_and_degree_are_those_asked_for() -> None:
    """The interaction has so many directions, and only degree 1 is linear."""
    spec = WorldSpec(n_reps=30, interaction_rank=2)
    world = draw_world(spec, seed=0)
    assert np.linalg.matrix_rank(interaction(world), tol=1e-6) == 2
    signals = world.leads(3000).filter(like="signal_").to_numpy()
    design = np.column_stack([np.ones(len(signals)), signals])
    for degree, linear in ((1, True), (2, False), (3, False)):
        bent = interaction(draw_world(replace(spec, degree=degree), seed=0))
        left = bent - design @ np.linalg.lstsq(design, bent, rcond=None)[0]
        assert (left.std() < 1e-6) == linear


def test_rep_effects_have_their_spread_and_seniority_its_part() -> None:
    """The sd over reps is `rep_sd`; seniority explains the share it should."""
    spec = WorldSpec(n_reps=2000, rep_sd=0.3, seniority_share=0.4)
    world = draw_world(spec, seed=0)
    effect, seniority = world.staff.effect, world.reps["seniority"]
    assert effect.std() == pytest.approx(0.3, rel=0.05)
    assert np.corrcoef(effect, seniority)[0, 1] ** 2 == pytest.approx(0.4, abs=0.05)


def test_nobody_matters_in_the_null_world() -> None:
    """Every rep converts a lead equally well."""
    world = draw_world(PRESETS["null"], seed=0)
    assert np.ptp(every_probability(world, world.leads(100)), axis=1).max() < 1e-12


def test_hidden_quality_is_in_no_column() -> None:
    """It moves the truth, and the columns do not tell how."""
    world = draw_world(WorldSpec(hidden_sd=1.0, rep_sd=0, interaction_sd=0), seed=0)
    leads = world.leads(4000)
    hidden = world.truth(leads).lead_logit - world.demand.quality(leads)
    assert hidden.std() == pytest.approx(1.0, rel=0.05)
    signals = leads.filter(like="signal_").to_numpy()
    correlation = [abs(np.corrcoef(hidden, signals[:, k])[0, 1]) for k in range(8)]
    assert max(correlation) < 0.06


def test_only_reps_of_the_territory_are_eligible() -> None:
    """Each lead may go to the reps whose list has its territory."""
    world = draw_world(PRESETS["overloaded"], seed=0)
    leads = world.leads(50)
    lists = world.reps["territories"]
    for place, territory in enumerate(leads["territory"]):
        expected = [territory in served for served in lists]
        assert world.eligible(leads)[place].tolist() == expected
    assert {len(served) for served in lists} == {2}


@pytest.mark.parametrize(("load", "slots"), [(1.0, 200), (2.0, 100), (0.8, 250)])
def test_load_is_leads_per_slot(load: float, slots: int) -> None:
    """The reps share out the slots evenly."""
    capacity = draw_world(WorldSpec(load=load), seed=0).reps["daily_capacity"]
    assert capacity.sum() == slots
    assert capacity.max() - capacity.min() <= 1


def test_days_have_leads_of_their_own(mild: World) -> None:
    """A day's leads come on its date, Monday to Friday, none of them twice."""
    days = [mild.leads(30, day) for day in range(7)]
    dates = [day["created_at"].dt.normalize().unique().tolist() for day in days]
    assert all(len(date) == 1 for date in dates)
    assert dates[0] == [STARTS_AT]
    assert dates[5] == [STARTS_AT + pd.Timedelta(days=7)]
    assert pd.concat(days)["lead_id"].is_unique


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"base_rate": 0.0}, "base_rate is 0, expected 0.001 to 0.999"),
        ({"interaction_rank": 9}, "interaction_rank is 9, expected 1 to 8"),
        ({"rep_sd": -0.1}, "rep_sd is -0.1, expected 0 to 5"),
        ({"degree": 4}, "degree is 4, expected 1 to 3"),
        ({"lead_sd": float("nan")}, "lead_sd is nan"),
        ({"n_reps": 3, "territories_per_rep": 2}, "some territory has no rep"),
    ],
)
def test_impossible_worlds_are_refused(change: dict, message: str) -> None:
    """The number that is out of range is named."""
    with pytest.raises(ValueError, match=message):
        WorldSpec(**change)
