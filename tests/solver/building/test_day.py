"""The day's tables, rules and scores become the problem they describe."""

from collections import Counter

import numpy as np
import pytest

from solver import ProblemError, build_day, solve
from tests.solver.companies import Company
from tests.solver.days import day_of, owners_of, rules_of

COMPANY = Company(
    leads=[
        {"territory": "FR", "created_at": "2026-09-07T07:00:00Z", "account_id": "A"},
        {"territory": "DE", "created_at": "2026-09-07T06:00:00Z", "priority": "cold"},
        {"created_at": "2026-09-07T07:00:00Z"},
    ],
    reps=[{"territories": ("FR",), "daily_capacity": 2}, {"active": False}, {}],
    accounts={"A": "R2"},
    pair_value={("L0", "R0"): 0.9},
)
TERRITORY = {"kind": "territory"}
OWNER = {"kind": "account_owner"}
SENIOR = {"kind": "seniority", "min_seniority": 1}
COLD = {"kind": "qualify", "where": {"priority": "cold"}}


def soft(rule, penalty):
    return {**rule, "strength": "soft", "penalty": penalty}


def table(problem):
    """Return lead id and rep id of each pair, with its value."""
    pairs = problem.lead_ids[problem.lead], problem.rep_ids[problem.rep]
    return dict(zip(zip(*pairs, strict=True), problem.value.round(6), strict=True))


def test_without_rules_every_pair_with_a_rep_at_work():
    """R1 is away; nothing else is forbidden, limited or forced."""
    day = day_of(COMPANY)
    assert day.available.tolist() == [True, False, True]
    assert table(day.problem) == {
        ("L0", "R0"): 0.9,
        ("L0", "R2"): 0.5,
        ("L1", "R0"): 0.5,
        ("L1", "R2"): 0.5,
        ("L2", "R0"): 0.5,
        ("L2", "R2"): 0.5,
    }
    assert day.problem.capacity.tolist() == [3, 3, 3]
    assert not day.problem.must.any()
    assert day.problem.uses_slot.all()


def test_arrival_is_the_rank_in_time():
    """Leads that arrived together share a rank."""
    assert day_of(COMPANY).problem.arrival.tolist() == [1, 0, 1]


def test_hard_rules_remove_pairs():
    """R0 covers FR alone, R2 nothing, and L2 needs nothing."""
    problem = day_of(COMPANY, TERRITORY).problem
    assert list(table(problem)) == [("L0", "R0"), ("L2", "R0"), ("L2", "R2")]


def test_penalties_add_up():
    """A pair that breaks two soft rules is charged for both."""
    day = day_of(COMPANY, soft(TERRITORY, 0.2), soft(OWNER, 0.1))
    assert table(day.problem) == {
        ("L0", "R0"): pytest.approx(0.9 - 0.1),
        ("L0", "R2"): pytest.approx(0.5 - 0.2),
        ("L1", "R0"): pytest.approx(0.5 - 0.2),
        ("L1", "R2"): pytest.approx(0.5 - 0.2),
        ("L2", "R0"): 0.5,
        ("L2", "R2"): 0.5,
    }


def test_leads_that_are_kept_have_no_pair():
    """The first rule that keeps a lead is the one that is named."""
    day = day_of(COMPANY, COLD, {**COLD, "name": "again"})
    assert day.kept_by.tolist() == ["", "qualify", ""]
    assert {lead_id for lead_id, _ in table(day.problem)} == {"L0", "L2"}


def test_two_rules_of_one_kind_are_both_obeyed():
    """Each is known by its own name."""
    north = {"kind": "team", "teams": ["north"], "where": {"territory": "FR"}}
    day = day_of(COMPANY, {**north, "name": "a"}, {**TERRITORY, "name": "b"})
    assert [rule.name for rule in day.hard_filters] == ["a", "b"]
    assert list(table(day.problem)) == [("L2", "R0"), ("L2", "R2")]
    assert day.rule("b").kind == "territory"


def test_two_rules_of_one_name_are_refused():
    """One would hide the other."""
    with pytest.raises(ProblemError, match="share a name"):
        day_of(COMPANY, SENIOR, {**SENIOR, "min_seniority": 2})


def test_the_day_under_other_rules_is_as_if_built_anew(monkeypatch):
    """Rules left out, added, and softened under their names; those shared stand."""
    day = day_of(COMPANY, TERRITORY, OWNER, COLD)
    territory, owner, cold = day.rules
    asked = []
    for rule in {type(rule) for rule in day.rules}:

        def eligibility(self, crm, real=rule.eligibility):
            asked.append(self)
            return real(self, crm)

        monkeypatch.setattr(rule, "eligibility", eligibility)
    soft_owner, [senior] = owner.softened(0.1), rules_of(SENIOR)
    for rules in ([territory, cold], [cold, soft_owner, territory, senior], []):
        other = day.under(rules)
        again = build_day(day.crm, rules, day.pair_value)
        assert table(other.problem) == table(again.problem)
        assert other.filters.keys() == again.filters.keys()
        assert other.kept_by.tolist() == again.kept_by.tolist()
        assert other.available.tolist() == again.available.tolist()
    assert [rule for rule in asked if rule is soft_owner] == [soft_owner] * 2
    assert [rule for rule in asked if rule is territory] == [territory] * 2


@pytest.mark.parametrize("company", [Company([], [{}]), Company([{}], [])])
def test_no_leads_or_no_reps(company):
    """There is a problem, with nothing in it to decide."""
    rules = TERRITORY, OWNER, COLD, {"kind": "capacity"}
    problem = day_of(company, *rules).problem
    assert problem.n_pairs == 0
    assert np.array_equal(problem.indptr, np.zeros(len(company.leads) + 1))


@pytest.mark.parametrize("rule", [[], [{"kind": "one_owner", "same": "company"}]])
def test_equal_reps_take_turns_by_day(rule):
    """One lead a day goes to each of four about as often, in either engine."""
    owners = Counter()
    for day_of_month in range(1, 29):
        as_of = f"2026-09-{day_of_month:02}T08:00:00Z"
        company = Company([{"company": "a"}] * 2, [{}] * 4, as_of=as_of)
        day = day_of(company, {"kind": "max_per_rep", "max_leads": 2}, *rule)
        result = solve(day.problem, seed=day.seed(0), time_limit=60)
        owners[owners_of(result.solution)["L0"]] += 1
    assert len(owners) == 4
    assert max(owners.values()) < 15


def test_a_day_has_one_seed_of_its_own():
    """The same at the same moment, another one for another seed or moment."""
    seeds = [
        day_of(Company([{}], [{}], as_of=as_of)).seed(seed)
        for as_of in ("2026-09-07T08:00:00Z", "2026-09-08T08:00:00Z")
        for seed in (0, 1, 0)
    ]
    assert len(set(seeds)) == 4
    assert seeds[0] == seeds[2]
