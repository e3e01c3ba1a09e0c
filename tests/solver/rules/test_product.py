"""Product: specialists get the leads for what they sell."""

import pytest

from tests.solver.companies import Company
from tests.solver.days import best_owners, broken, solved

RULE = {"kind": "product"}
SOFT = {**RULE, "strength": "soft"}


def company(need=("car",), worth=0.9):
    """A lead per need; R0 covers car alone, and R1, worth more, home."""
    return Company(
        leads=[{"product": each, "priority": "hot"} for each in need],
        reps=[{"products": ("car",)}, {"products": ("home",)}],
        worth={(f"L{i}", "R1"): worth for i in range(len(need))},
    )


def test_hard_is_obeyed():
    """The lead stays with who covers its need, though another is worth more."""
    assert best_owners(company()) == {"L0": "R1"}
    assert best_owners(company(), RULE) == {"L0": "R0"}


def test_broken_on_purpose_is_named():
    """The check names the rule and the pair, and nothing else."""
    owner = {"L0": "R1", "L1": "R1"}
    assert broken(company(("car", "home")), owner, RULE) == [("product", "L0", "R1")]


@pytest.mark.parametrize(("penalty", "owner"), [(0.3, "R1"), (0.5, "R0")])
def test_soft_costs_the_penalty(penalty, owner):
    """It is broken where the other rep is worth more than the penalty (.9 - .5)."""
    day, result = solved(company(), {**SOFT, "penalty": penalty})
    assert day.problem.value.tolist() == pytest.approx([0.5, 0.9 - penalty])
    assert result.objective == pytest.approx(max(0.5, 0.9 - penalty))
    assert best_owners(company(), {**SOFT, "penalty": penalty}) == {"L0": owner}
    assert broken(company(), {"L0": "R1"}, {**SOFT, "penalty": penalty}) == []


def test_where_restricts_it():
    """A lead that where does not pick goes anywhere."""
    assert best_owners(company(), {**RULE, "where": {"priority": "hot"}}) == {
        "L0": "R0"
    }
    cold = {**RULE, "where": {"priority": "cold"}}
    assert best_owners(company(), cold) == {"L0": "R1"}
    assert broken(company(), {"L0": "R1"}, cold) == []


def test_a_lead_without_a_need_goes_anywhere():
    """Nothing is said of a lead whose cell is empty."""
    assert best_owners(company((None,)), RULE) == {"L0": "R1"}
    assert broken(company((None,)), {"L0": "R1"}, RULE) == []


def test_a_star_covers_every_need():
    """A rep whose list holds * takes them all, one without a list takes none."""
    needs = [{"product": "car"}, {"product": "elsewhere"}]
    staff = Company(needs, [{"products": ("home", "*")}, {}])
    assert best_owners(staff, RULE) == {"L0": "R0", "L1": "R0"}
    assert broken(staff, {"L0": "R0", "L1": "R1"}, RULE) == [("product", "L1", "R1")]


def test_one_of_several_is_enough():
    """A rep with two entries serves the leads of both."""
    both = Company(
        [{"product": "car"}, {"product": "home"}], [{"products": ("home", "car")}]
    )
    assert best_owners(both, RULE) == {"L0": "R0", "L1": "R0"}
