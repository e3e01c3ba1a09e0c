"""What reps were assigned, by the hours they are there."""

import numpy as np
import pytest

from evaluation.fairness import NEUTRAL, PER_HOUR, TIMES_FAIR, fairness_of
from solver import Solution
from tests.solver.companies import Company
from tests.solver.days import day_of

RULES = {"kind": "capacity"}, {"kind": "territory"}


def day():
    """Two leads in the North, both reps; two in the South, for R1 alone; R2 is away."""
    leads = [{"territory": place} for place in ("North", "North", "South", "South")]
    reps = [
        {"territories": ("North",), "team": "a", "seniority": 1, "hours_per_day": 4},
        {"territories": ("*",), "team": "b", "seniority": 1, "hours_per_day": 8},
        {"territories": ("*",), "team": "b", "active": False, "hours_per_day": 8},
    ]
    values = {
        ("L0", "R0"): 0.2,
        ("L0", "R1"): 0.4,
        ("L1", "R0"): 0.1,
        ("L1", "R1"): 0.5,
    }
    values |= {("L2", "R1"): 0.6, ("L3", "R1"): 0.1}
    return day_of(Company(leads, reps, pair_value=values), *RULES)


def assigned_to(made, *owners):
    problem = made.problem
    pair = [
        int(np.flatnonzero((problem.lead == i) & (problem.rep == j))[0])
        for i, j in enumerate(owners)
    ]
    return Solution(problem, np.array(pair))


def test_leads_count_the_same_with_everyone():
    """L0 and L1 count .3, with the mean of their two reps, whoever has them."""
    made = day()
    rows = fairness_of(made, assigned_to(made, 0, 1, 1, 1)).by_rep
    assert rows[NEUTRAL].tolist() == pytest.approx([0.3, 1.0, 0.0])
    assert rows[PER_HOUR].tolist()[:2] == pytest.approx([0.075, 0.125])
    assert rows["leads"].tolist() == [1, 3, 0]
    assert rows["leads per hour"].tolist()[:2] == [0.25, 0.375]


def test_fair_is_what_eligibility_allows():
    """By hours, R0 gets a third of the North's .6, and R1 all else."""
    made = day()
    rows = fairness_of(made, assigned_to(made, 0, 1, 1, 1)).by_rep
    assert rows[TIMES_FAIR].tolist()[:2] == pytest.approx([0.3 / 0.2, 1.0 / 1.1])
    assert np.isnan(rows[TIMES_FAIR][2])


def test_groups_are_the_sums_of_their_reps():
    """Also their bands are bands of sums, and hours of who is away count nothing."""
    made = day()
    found = fairness_of(made, assigned_to(made, 0, 1, 1, 1))
    assert found.by_team["team"].tolist() == ["a", "b"]
    assert found.by_team["reps"].tolist() == [1, 1]
    assert found.by_team["hours"].tolist() == [4, 8]
    assert found.by_seniority["leads"].tolist() == [4]
    assert found.by_seniority[NEUTRAL].tolist() == pytest.approx([1.3])
    assert found.by_seniority["fair top leads"].tolist() == pytest.approx([1.0])


def test_top_leads_have_the_band_of_the_fair_assignment():
    """Twenty reps, 400 leads, 40 of them top: 2 each, and 0 to 5 by chance."""
    rng = np.random.default_rng(0)
    value = np.sort(rng.random(400))
    values = {(f"L{i}", f"R{j}"): value[i] for i in range(400) for j in range(20)}
    company = Company(
        [{} for _ in value], [{"daily_capacity": 20}] * 20, pair_value=values
    )
    made = day_of(company, {"kind": "capacity"})
    drawn = fairness_of(made, assigned_to(made, *rng.permutation(np.arange(400) // 20)))
    assert drawn.by_rep["top leads"].sum() == 40
    assert drawn.by_rep["fair top leads"].tolist() == pytest.approx([2.0] * 20)
    assert (drawn.by_rep["top leads from"] == 0).all()
    assert (drawn.by_rep["top leads to"] == 5).all()
    hoarded = fairness_of(made, assigned_to(made, *np.arange(400) // 20))
    assert drawn.n_outside <= 3
    assert hoarded.by_rep["top leads"].tolist() == [0] * 18 + [20, 20]
    assert hoarded.n_outside == 2


def test_one_figure_for_all():
    """Equal shares are fair; none at all for one of two is not."""
    made = day_of(Company([{}, {}], [{}, {}]), {"kind": "capacity"})
    even, skewed = (fairness_of(made, assigned_to(made, 0, j)) for j in (1, 0))
    assert (even.gini, even.gini_of_fair, even.min_max) == (0.0, 0.0, 1.0)
    assert (skewed.gini, skewed.min_max) == (pytest.approx(0.5), 0.0)
    assert (even.n_envious, skewed.n_envious) == (0, 1)


def test_nothing_assigned_is_no_failure():
    """No lead, no rep at work: no warning, and nothing unequal."""
    made = day_of(Company([{}], [{"active": False}]), {"kind": "capacity"})
    found = fairness_of(made, Solution.unassigned(made.problem))
    assert (found.gini, found.n_envious, found.n_outside) == (0.0, 0, 0)
    assert found.by_team.empty and found.by_seniority.empty
