"""The simulation benchmark yields every policy, and how long it took."""

from benchmarks.evaluation_simulation import simulation_part
from evaluation import EXPECTED, MEASURED, TRUTH
from solver import POLICIES


def test_every_policy_has_its_row():
    """One row each with prediction, truth and evidence apart; the last tells time."""
    *rows, timing = simulation_part(2, seeds=1, leads_per_day=48, n_history=0)
    assert {row["policy"] for row in rows} == set(POLICIES)
    assert all({EXPECTED, TRUTH, MEASURED} <= set(row) for row in rows)
    assert timing["policies"] == len(POLICIES)
    assert timing["leads assigned"] == sum(row["assigned"] for row in rows)
    assert timing["seconds"] > 0
