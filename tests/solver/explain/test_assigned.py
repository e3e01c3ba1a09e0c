"""Every assigned lead says why this rep, and who would have it otherwise."""

import numpy as np
import pytest

from solver import Choice
from solver.explain import assigned_leads
from tests.solver.companies import Company
from tests.solver.days import owners_of, solved
from tests.solver.pair_meanings import may_have
from tests.solver.random_companies import random_day

CAPACITY = {"kind": "capacity"}
ONE_SLOT = {"daily_capacity": 1}


def chosen(company, *rules, seed=0):
    """Return lead id -> rep, backup and reason."""
    found = assigned_leads(*solved(company, *rules), seed)
    rows = found[["rep_id", "backup_rep_id", "reason"]].to_numpy().tolist()
    return dict(zip(found["lead_id"], map(tuple, rows), strict=True))


def test_highest_value():
    """Of highest value with R1; the next best is the backup."""
    company = Company([{}], [{}] * 3, pair_value={("L0", "R1"): 0.9, ("L0", "R2"): 0.7})
    assert chosen(company) == {"L0": ("R1", "R2", Choice.HIGHEST_VALUE)}


def test_highest_value_after_prices():
    """L0 makes way at R0 for L1, which would lose more elsewhere."""
    value = {("L0", "R0"): 0.9, ("L0", "R1"): 0.8, ("L1", "R0"): 0.7, ("L1", "R1"): 0.1}
    company = Company([{}, {}], [ONE_SLOT, ONE_SLOT], pair_value=value)
    assert chosen(company, CAPACITY) == {
        "L0": ("R1", "R0", Choice.HIGHEST_VALUE_AFTER_PRICES),
        "L1": ("R0", "R1", Choice.HIGHEST_VALUE),
    }


def test_only_eligible_rep():
    """Without a choice there is no backup either."""
    company = Company([{"territory": "FR"}], [{"territories": ("FR",)}, {}])
    found = chosen(company, {"kind": "territory"})
    assert found == {"L0": ("R0", "", Choice.ONLY_ELIGIBLE_REP)}


@pytest.mark.parametrize("strength", [{}, {"strength": "soft", "penalty": 1}])
def test_account_owner(strength):
    """The owner has it for being the owner, whether others were eligible or not."""
    company = Company([{"account_id": "A"}, {}], [{}, {}], {"A": "R1"})
    found = chosen(company, {"kind": "account_owner", **strength})
    assert found["L0"] == ("R1", "R0" if strength else "", "account_owner")
    assert found["L1"][2] == Choice.HIGHEST_VALUE


def test_locked():
    """A lock is the reason before any other."""
    pair = {"lead_id": "L0", "rep_id": "R1"}
    company = Company([{"account_id": "A"}], [{}, {}], {"A": "R1"})
    found = chosen(
        company, {"kind": "lock", "pairs": [pair]}, {"kind": "account_owner"}
    )
    assert found == {"L0": ("R1", "", "locked")}


def test_the_backup_is_best_after_prices():
    """R1 is of higher value, but its slot is dearer than that of R2."""
    value = {("L0", "R0"): 0.9, ("L0", "R1"): 0.7, ("L1", "R1"): 0.8, ("L2", "R1"): 0.7}
    others = {(f"L{i}", f"R{j}"): 0.0 for i in (1, 2) for j in (0, 2)}
    company = Company([{}] * 3, [{}, ONE_SLOT, {}], pair_value=value | others)
    assert chosen(company, CAPACITY)["L0"] == ("R0", "R2", Choice.HIGHEST_VALUE)


def test_equal_backups_are_drawn_by_the_seed():
    """Nobody is the backup for the sake of an id."""
    company = Company([{}], [{}] * 4, pair_value={("L0", "R0"): 0.9})
    drawn = [chosen(company, seed=seed)["L0"][1] for seed in range(30)]
    assert set(drawn) == {"R1", "R2", "R3"}
    assert drawn[5] == chosen(company, seed=5)["L0"][1]


BY_LOT = {Choice.CONTROL_POLICY, Choice.RANDOMISED_UNDER_CAP}
"""Reasons of a day that was drawn."""


@pytest.mark.slow
def test_choices_are_true_on_random_days():
    """The rep is the solution's, the backup eligible and another, the reason right."""
    seen = set()
    for seed in range(20_480, 20_740):
        company, rules = random_day(seed)
        day, result = solved(company, *rules)
        found = assigned_leads(day, result, seed)
        pairs = dict(zip(found["lead_id"], found["rep_id"], strict=True))
        assert pairs == owners_of(result.solution)
        leads = {row["lead_id"]: row for row in company.lead_rows}
        reps = {row["rep_id"]: row for row in company.rep_rows}
        for row in found.itertuples():
            eligible = {
                rep_id
                for rep_id, rep in reps.items()
                if may_have(company, rules, leads[row.lead_id], rep)
            }
            others = eligible - {row.rep_id}
            assert row.backup_rep_id in (others or {""}), seed
            if row.reason == Choice.ONLY_ELIGIBLE_REP:
                assert not others, seed
            seen.add(row.reason)
        assert_reasons_follow_from_prices(day, result, found)
    assert seen == {*Choice, "locked", "account_owner", "only_to"} - BY_LOT


def assert_reasons_follow_from_prices(day, result, found):
    """In a flow no pair of a lead is of higher value after prices than the one chosen.

    Elsewhere that may be, and the reason says so.
    """
    problem = day.problem
    net = problem.value - result.pair_price
    best = np.full(problem.n_leads, -np.inf)
    np.maximum.at(best, problem.lead, net)
    pair = found["pair"].to_numpy()
    is_best = net[pair] >= best[problem.lead[pair]] - 1e-9
    together = found["reason"].to_numpy() == Choice.BEST_TOGETHER
    assert not np.any(together & is_best)
    if result.engine == "flow":
        assert np.all(is_best)
    highest = found["reason"].to_numpy() == Choice.HIGHEST_VALUE
    for chosen_pair in pair[highest]:
        mine = problem.lead == problem.lead[chosen_pair]
        assert problem.value[chosen_pair] == problem.value[mine].max()
