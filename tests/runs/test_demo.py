"""The demo shows every kind of rule in its scenario at work."""

from pathlib import Path

import pandas as pd
import pytest

from evaluation import TRUTH
from runs import Demo, make_demo
from scoring import load_model


@pytest.fixture(scope="module")
def demo(demo: Path) -> Demo:
    """The demo, made again but for its model, which is that of its folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("scoring.train", lambda *_: load_model(demo / "demo.model"))
        return make_demo()


@pytest.fixture(scope="module")
def assigned(demo: Demo) -> pd.DataFrame:
    """The assigned leads, each beside its rep and its account's owner."""
    crm = demo.run.scored.day.crm
    rows = demo.run.assignments[["lead_id", "rep_id"]].merge(crm.leads, on="lead_id")
    reps = crm.reps.drop(columns=["active", "start_date"])
    return rows.merge(reps, on="rep_id").merge(crm.accounts, "left", on="account_id")


@pytest.mark.slow
def test_leads_stay_unassigned_for_many_reasons(demo: Demo) -> None:
    """At least four, each told of some leads; most leads have a rep."""
    reasons = demo.run.unassigned["reason"].value_counts()
    assert len(reasons) >= 4
    assert len(demo.run.assignments) > len(demo.run.unassigned) > 20


def test_two_reps_are_away_and_get_nothing(demo: Demo) -> None:
    """Fourteen of sixteen are at work."""
    day = demo.run.scored.day
    assert (~day.available).sum() == 2
    gone = set(day.crm.reps["rep_id"][~day.available])
    assert not gone & set(demo.run.assignments["rep_id"])


def test_full_books_take_fewer_leads_than_slots(demo: Demo) -> None:
    """Some reps at work have fewer slots than their daily capacity."""
    day = demo.run.scored.day
    slots = day.problem.capacity[day.available]
    assert (slots < day.crm.reps["daily_capacity"][day.available]).any()


def test_hard_rules_hold(assigned: pd.DataFrame) -> None:
    """Territory, product, seniority of large deals, and the floor for a visit."""
    for row in assigned.itertuples():
        assert row.territory in row.territories
        assert row.product in row.products
    large = assigned["deal_value"] >= 20_000
    assert large.any() and (assigned.loc[large, "seniority"] >= 3).all()
    assert assigned["deal_value"].min() >= 500


@pytest.mark.parametrize("rule", ["language", "customers", "team"])
def test_soft_rules_are_kept_mostly_and_broken_sometimes(
    assigned: pd.DataFrame, rule: str
) -> None:
    """A penalty decides: not all leads and not none go where the rule likes."""
    if rule == "language":
        pairs = zip(assigned["language"], assigned["languages"], strict=True)
        kept = [language in spoken for language, spoken in pairs]
    elif rule == "customers":
        known = assigned[assigned["account_id"] != ""]
        kept = (known["rep_id"] == known["owner_rep_id"]).tolist()
    else:
        north = assigned[assigned["territory"] == "North"]
        kept = (north["team"] == "Atlas").tolist()
    assert {True, False} == set(kept)


def test_customers_need_no_slot(demo: Demo) -> None:
    """With their own manager, a lead of an account is assigned beside the slots."""
    solution = demo.run.result.solution
    assert solution.load.sum() > solution.slots_used.sum()


def test_the_optimum_really_wins_more_than_round_robin(demo: Demo) -> None:
    """In ground truth, not only as the model expects."""
    assert lift_in_truth(demo) > 0.05


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_it_does_so_in_other_companies(seed: int) -> None:
    """The demo of any seed can be shown."""
    assert lift_in_truth(make_demo(seed)) > 0.05


def lift_in_truth(demo: Demo) -> float:
    true = demo.comparison.set_index("policy")[TRUTH]
    return float(true["optimal"] / true["round_robin"] - 1)


def test_a_company_that_was_changed_is_another(demo: Demo, tmp_path) -> None:
    """The folder holds this very company until a file is touched."""
    for name, content in demo.files.items():
        if name.startswith("company/"):
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(str(content), encoding="utf-8", newline="")
    assert demo.is_company_in(tmp_path)
    path.write_text("", encoding="utf-8")
    assert not demo.is_company_in(tmp_path)
