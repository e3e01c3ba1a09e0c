"""What rules cost and slots add, as people say it."""

import pytest

from reporting.text.run.rule_prices import cost_sentence, price_sentence


def cost(cost: float, held_back: int, *, proven: bool = True) -> str:
    row = {"cost": cost, "leads_held_back": held_back, "proven": proven}
    return cost_sentence(row, "conversions")


def test_costs_are_told_in_both_directions() -> None:
    """Without a rule more can be won, or less: it may give an owner where none is."""
    more = "Without it: 2.00 more expected conversions after penalties"
    assert cost(2.0, 1) == f"{more}, 1 more lead assigned."
    fewer = "Without it: 2.00 fewer expected conversions after penalties"
    assert cost(-2.0, -3) == f"{fewer}, 3 fewer leads assigned."
    assert cost(2.0, 0) == f"{more}."


def test_nothing_and_what_is_not_proven_are_said() -> None:
    """A rule that costs nothing has a sentence; one cut short names its doubt."""
    assert cost(1e-12, 0) == "It costs nothing today."
    assert cost(0.0, 0, proven=False) == "It costs nothing today. (not proven)"
    assert "at least; the time limit passed" in cost(2.0, 1, proven=False)


@pytest.mark.parametrize(
    ("key", "price", "rule", "sentence"),
    [
        ("R1", 0.25, "", "One more lead for Ann Lee (R1) adds 0.25 conversions."),
        ("R1", 0.25, "hot", "One more for Ann Lee (R1) in rule hot adds 0.25"),
        ("Atlas", -0.5, "least", "One more for Atlas in rule least costs 0.50"),
    ],
)
def test_prices_name_reps_and_limits(
    key: str, price: float, rule: str, sentence: str
) -> None:
    """A slot is one more lead for somebody; a least number costs."""
    row = {"key": key, "price": price, "rule": rule, "what": "x", "together": ""}
    told = price_sentence(row, {"R1": "Ann Lee"}, "conversions")
    assert told.startswith(sentence)


def test_prices_that_hold_together_say_so() -> None:
    """Less may come of one without the other."""
    row = {"key": "R1", "price": 0.1, "rule": "", "together": "rep_slot R2"}
    assert "together with rep_slot R2" in price_sentence(row, {}, "revenue")
