from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from evaluation import (
    EXPECTED,
    MEASURED,
    TRUTH,
    Simulation,
    policy_table,
    simulate,
)
from evaluation.simulation import (
    CONVERSIONS,
    HIGH,
    LIFT,
    LOW,
    MATCHING,
    UTILISATION,
)
from solver import POLICIES
from tests.evaluation.simulation.small_worlds import small

CHOSEN = ("optimal", "oracle", "random")
SHORT = {"days": 10, "seeds": 2, "retrain_days": 6, "n_history": 0}
QUICK = small("strong", "delay_days=0")


@pytest.fixture(scope="module")
def simulated() -> Simulation:
    return simulate(QUICK, CHOSEN, **SHORT, workers=1)


@pytest.fixture(scope="module")
def progress() -> list[tuple[int, int]]:
    """What was told while two processes simulated: trials done, and all there are."""
    return []


@pytest.fixture(scope="module")
def in_processes(progress: list[tuple[int, int]]) -> Simulation:
    """In two processes and another order, with callables: one given, one registered."""
    optimal = POLICIES["optimal"]

    def my_optimum(problem, rng):
        return optimal(problem, rng)

    registered = {"registered": lambda *given: optimal(*given)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(POLICIES, "_registered", registered)
        return simulate(
            QUICK,
            [my_optimum, *CHOSEN[::-1], "registered"],
            **SHORT,
            workers=2,
            progress=lambda done, total: progress.append((done, total)),
        )


@pytest.mark.slow
def test_neither_workers_nor_order_matter(
    simulated: Simulation, in_processes: Simulation, progress: list[tuple[int, int]]
) -> None:
    """Two processes and policies in another order give the same figures."""
    key = ["seed", "policy"]
    one, two = (
        each.results.drop(columns="seconds").sort_values(key, ignore_index=True)
        for each in (simulated, in_processes)
    )
    two = two[two["policy"].isin(one["policy"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(one, two, check_exact=True)
    assert progress == [(done, 12) for done in range(1, 13)]


@pytest.mark.slow
def test_all_policies_meet_the_same_leads(simulated: Simulation) -> None:
    """What comes hangs on the seed alone; what is assigned and not adds up to it."""
    results = simulated.results
    assert (results.groupby("seed")["leads"].nunique() == 1).all()
    assert results["leads"].nunique() > 1
    assert (results["assigned"] + results["unassigned"] == results["leads"]).all()
    assert simulated.policies == ("round_robin", *CHOSEN)
    assert simulated.n_worlds == 2


@pytest.mark.slow
def test_callables_are_policies(
    simulated: Simulation, in_processes: Simulation
) -> None:
    """Given, or registered here alone: processes have them, with equal figures."""
    names = "my_optimum", "registered"
    others = CHOSEN[::-1]
    assert in_processes.policies == ("round_robin", names[0], *others, names[1])
    for column in (CONVERSIONS, TRUTH, EXPECTED):
        for name in names:
            own = in_processes.per_world(name, column)
            assert np.array_equal(own, simulated.per_world("optimal", column))


def test_a_callable_may_be_the_baseline() -> None:
    """Named once, it takes part once."""
    greedy = POLICIES["greedy"]
    short = {"days": 2, "seeds": 1, "n_history": 0, "workers": 1}
    simulated = simulate(QUICK, ["greedy", greedy], baseline=greedy, **short)
    assert simulated.policies == ("greedy",)
    assert simulated.baseline == "greedy"


def test_two_policies_of_one_name_are_refused() -> None:
    """Else their rows could not be told apart."""

    def optimal(problem, rng):
        raise NotImplementedError

    with pytest.raises(ValueError, match="two policies are called 'optimal'"):
        simulate(small(), ["optimal", optimal])


def test_months_add_up(simulated: Simulation) -> None:
    """Conversions and truth by month sum to those of all days."""
    by_month = simulated.months.groupby(["seed", "policy"])[[CONVERSIONS, TRUTH]].sum()
    whole = simulated.results.set_index(["seed", "policy"])[[CONVERSIONS, TRUTH]]
    pd.testing.assert_frame_equal(
        by_month.sort_index(), whole.sort_index(), check_dtype=False
    )


def test_the_oracle_wins_most_and_the_truth_is_near_what_was_drawn(
    simulated: Simulation,
) -> None:
    """Drawn outcomes scatter around the truth; knowing it helps in these worlds."""
    assert (
        simulated.per_world("oracle", TRUTH) > simulated.per_world("random", TRUTH)
    ).all()
    won, true = simulated.results[CONVERSIONS], simulated.results[TRUTH]
    assert (abs(won - true) < 4 * np.sqrt(true)).all()
    assert (
        simulated.results.loc[simulated.results["policy"] == "oracle", EXPECTED]
        .isna()
        .all()
    )


def test_the_table_keeps_predictions_and_evidence_apart(simulated: Simulation) -> None:
    """Lifts of the baseline are 0, parts add up, intervals lie around estimates."""
    table = policy_table(simulated).set_index("policy")
    assert (table.loc["round_robin", [MEASURED, LOW, HIGH, LIFT]] == 0).all()
    parts = table[MATCHING] + table[UTILISATION]
    assert parts.to_numpy() == pytest.approx(table[LIFT].to_numpy())
    for low, high in pairwise([LOW, MEASURED, HIGH]):
        assert (table[low] <= table[high]).all()
    assert table.loc["oracle", LIFT] > 0.02
    assert [name for name in table if "expectation" in name] == [EXPECTED]


def test_one_world_has_no_interval() -> None:
    """The estimate stands alone."""
    simulated = simulate(small(), [], days=2, seeds=1, n_history=0, workers=1)
    row = policy_table(simulated).iloc[0]
    assert row[MEASURED] == 0
    assert np.isnan(row[LOW])
    assert simulated.measured("round_robin") is None


def test_without_a_past_nothing_is_expected_at_first() -> None:
    """No history is no error: leads are assigned, and nothing is expected."""
    simulated = simulate(
        small(), ["optimal"], days=4, seeds=1, retrain_days=9, n_history=0, workers=1
    )
    assert (simulated.results[EXPECTED] == 0).all()
    assert (simulated.results["assigned"] > 0).all()


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
