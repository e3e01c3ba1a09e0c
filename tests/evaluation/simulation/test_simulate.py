from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from evaluation import EXPECTED, MEASURED, TRUE, Simulation, policy_table, simulate
from evaluation.simulation.result import CONVERSIONS, MATCHING
from evaluation.simulation.summary import HIGH, LIFT, LOW, UTILISATION
from tests.evaluation.simulation.companies import small

CHOSEN = ("optimal", "oracle", "random")
SHORT = {"days": 10, "seeds": 2, "retrain_days": 6, "n_history": 0}
QUICK = small("strong", "delay_days=0")


@pytest.fixture(scope="module")
def found() -> Simulation:
    return simulate(QUICK, CHOSEN, **SHORT, workers=1)


def test_neither_workers_nor_order_matter(found: Simulation) -> None:
    """Two processes and policies in another order give the same figures."""
    told: list[tuple[int, int]] = []
    other = simulate(
        QUICK,
        CHOSEN[::-1],
        **SHORT,
        workers=2,
        progress=lambda done, total: told.append((done, total)),
    )
    key = ["seed", "policy"]
    one, two = (
        each.results.drop(columns="seconds").sort_values(key, ignore_index=True)
        for each in (found, other)
    )
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    assert told == [(done, 8) for done in range(1, 9)]


def test_all_policies_meet_the_same_leads(found: Simulation) -> None:
    """What comes hangs on the seed alone; what is given and left adds up to it."""
    results = found.results
    assert (results.groupby("seed")["leads"].nunique() == 1).all()
    assert results["leads"].nunique() > 1
    assert (results["assigned"] + results["left over"] == results["leads"]).all()
    assert found.policies == ("round_robin", *CHOSEN)
    assert found.n_worlds == 2


def test_months_add_up(found: Simulation) -> None:
    """Conversions and truth by month sum to those of all days."""
    by_month = found.months.groupby(["seed", "policy"])[[CONVERSIONS, TRUE]].sum()
    whole = found.results.set_index(["seed", "policy"])[[CONVERSIONS, TRUE]]
    pd.testing.assert_frame_equal(
        by_month.sort_index(), whole.sort_index(), check_dtype=False
    )


def test_the_oracle_wins_most_and_the_truth_is_near_what_was_drawn(
    found: Simulation,
) -> None:
    """Drawn outcomes scatter around the truth; knowing it helps in these worlds."""
    assert (found.of("oracle", TRUE) > found.of("random", TRUE)).all()
    won, true = found.results[CONVERSIONS], found.results[TRUE]
    assert (abs(won - true) < 4 * np.sqrt(true)).all()
    assert found.results.loc[found.results["policy"] == "oracle", EXPECTED].isna().all()


def test_the_table_keeps_belief_and_evidence_apart(found: Simulation) -> None:
    """Lifts of the baseline are 0, parts add up, intervals lie around estimates."""
    table = policy_table(found).set_index("policy")
    assert (table.loc["round_robin", [MEASURED, LOW, HIGH, LIFT]] == 0).all()
    parts = table[MATCHING] + table[UTILISATION]
    assert parts.to_numpy() == pytest.approx(table[LIFT].to_numpy())
    for low, high in pairwise([LOW, MEASURED, HIGH]):
        assert (table[low] <= table[high]).all()
    assert table.loc["oracle", LIFT] > 0.02
    assert [name for name in table if "expectation" in name] == [EXPECTED]


def test_one_world_has_no_interval() -> None:
    """The estimate stands alone."""
    found = simulate(small(), [], days=2, seeds=1, n_history=0, workers=1)
    row = policy_table(found).iloc[0]
    assert row[MEASURED] == 0
    assert np.isnan(row[LOW])
    assert found.measured("round_robin") is None


def test_without_a_past_nothing_is_expected_at_first() -> None:
    """No history is no error: leads are given out, and nothing is expected."""
    found = simulate(
        small(), ["optimal"], days=4, seeds=1, retrain_days=9, n_history=0, workers=1
    )
    assert (found.results[EXPECTED] == 0).all()
    assert (found.results["assigned"] > 0).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"policies": ["optmal"]}, "no policy 'optmal'; did you mean 'optimal'"),
        ({"baseline": "status quo"}, "no policy 'status quo'; there are optimal"),
        ({"days": 0}, "days is 0, expected at least 1"),
        ({"seeds": -1}, "seeds is -1, expected at least 1"),
        ({"retrain_days": 0}, "retrain_days is 0, expected at least 1"),
        ({"n_history": -1}, "n_history is -1, expected at least 0"),
    ],
)
def test_impossible_simulations_are_refused(change: dict, message: str) -> None:
    """What is wrong is named before any world is drawn."""
    asked = {"policies": ["optimal"], **change}
    with pytest.raises(ValueError, match=message):
        simulate(small(), **asked)
