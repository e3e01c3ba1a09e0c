"""Territory, product and language: the rep's list covers what the lead needs."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, solved

LIST = {"territory": "territories", "product": "products", "language": "languages"}
pytestmark = pytest.mark.parametrize("kind", LIST)


def company(kind, *needs, pair_value=0.9):
    """A lead per need; R0 covers A alone, and R1, of higher value, B."""
    return Company(
        leads=[{kind: need, "priority": "hot"} for need in needs],
        reps=[{LIST[kind]: ("A",)}, {LIST[kind]: ("B",)}],
        pair_value={(f"L{i}", "R1"): pair_value for i in range(len(needs))},
    )


def test_hard_is_obeyed(kind):
    """The lead stays with who covers its need, though another is of higher value."""
    assert best_owners(company(kind, "A")) == {"L0": "R1"}
    assert best_owners(company(kind, "A"), {"kind": kind}) == {"L0": "R0"}


def test_broken_on_purpose_is_named(kind):
    """The check names the rule and the pair, and nothing else."""
    owner = {"L0": "R1", "L1": "R1"}
    found = broken(company(kind, "A", "B"), owner, {"kind": kind})
    assert found == [(kind, "L0", "R1")]


@pytest.mark.parametrize(("penalty", "owner"), [(0.3, "R1"), (0.5, "R0")])
def test_soft_costs_the_penalty(kind, penalty, owner):
    """It is broken where the other rep gains more than the penalty (.9 - .5)."""
    soft = {"kind": kind, "strength": "soft", "penalty": penalty}
    day, result = solved(company(kind, "A"), soft)
    assert day.problem.value.tolist() == pytest.approx([0.5, 0.9 - penalty])
    assert result.objective == pytest.approx(max(0.5, 0.9 - penalty))
    assert best_owners(company(kind, "A"), soft) == {"L0": owner}
    assert broken(company(kind, "A"), {"L0": "R1"}, soft) == []


def test_where_restricts_it(kind):
    """A lead that where does not pick goes anywhere."""
    hot = {"kind": kind, "where": {"priority": "hot"}}
    cold = {"kind": kind, "where": {"priority": "cold"}}
    assert best_owners(company(kind, "A"), hot) == {"L0": "R0"}
    assert best_owners(company(kind, "A"), cold) == {"L0": "R1"}
    assert broken(company(kind, "A"), {"L0": "R1"}, cold) == []


def test_a_lead_without_a_need_goes_anywhere(kind):
    """Nothing is said of a lead whose cell is empty."""
    assert best_owners(company(kind, None), {"kind": kind}) == {"L0": "R1"}
    assert broken(company(kind, None), {"L0": "R1"}, {"kind": kind}) == []


def test_a_star_covers_every_need(kind):
    """A rep whose list holds * takes them all, one without a list takes none."""
    staff = Company([{kind: "A"}, {kind: "C"}], [{LIST[kind]: ("B", "*")}, {}])
    assert best_owners(staff, {"kind": kind}) == {"L0": "R0", "L1": "R0"}
    owner = {"L0": "R0", "L1": "R1"}
    assert broken(staff, owner, {"kind": kind}) == [(kind, "L1", "R1")]


def test_one_of_several_is_enough(kind):
    """A rep with two entries serves the leads of both."""
    both = Company([{kind: "A"}, {kind: "B"}], [{LIST[kind]: ("B", "A")}])
    assert best_owners(both, {"kind": kind}) == {"L0": "R0", "L1": "R0"}
