"""Policies given as tables: measured by logged outcomes, over any baseline."""

import re

import numpy as np
import pandas as pd
import pytest

from crm import DataError
from runs import evaluate
from solver import POLICIES
from tests.runs.synthetic_company import company_in


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """A history with arms, and the table of a policy that prefers one rep."""

    def with_arms(history):
        is_control = np.arange(len(history)) % 3 == 0
        return history.assign(arm=np.where(is_control, "control", "optimal"))

    folder = tmp_path_factory.mktemp("company")
    path, world = company_in(folder, change=with_arms)
    leads = pd.read_csv(folder / "history.csv")["lead_id"]
    target = folder / "target.csv"
    best = world.reps["rep_id"].iloc[int(world.staff.effect.argmax())]
    pd.DataFrame({"lead_id": leads, "rep_id": best}).to_csv(target, index=False)
    return path, target, world, best


@pytest.mark.slow
def test_a_target_is_measured(company):
    """The interval covers what the policy would really win per lead."""
    path, target, world, best = company
    measured = evaluate(path, target=target)
    rows = measured.log.table
    true = world.truth(rows).probability(rows["lead_id"], [best] * len(rows)).mean()
    assert measured.value.headline.covers(true)
    assert measured.baseline == "round_robin"
    assert [arm.arm for arm in measured.arms] == ["optimal"]


@pytest.mark.slow
def test_a_guessed_day_is_told(company):
    """As by every other command."""
    path = company[0]
    assert not any("as_of is not given" in str(w) for w in evaluate(path).warnings)
    guessed = path.with_name("guessed.yaml")
    guessed.write_text(re.sub("  as_of: .*\n", "", path.read_text()))
    assert any("as_of is not given" in str(w) for w in evaluate(guessed).warnings)


@pytest.mark.slow
def test_a_callable_may_be_the_baseline(company):
    """Shown under its own name; without a target only arms are compared."""

    def mine(problem, rng):
        return POLICIES["random"](problem, rng)

    path, target, _, _ = company
    measured = evaluate(path, target=target, baseline=mine)
    assert measured.baseline == "mine"
    assert measured.lift.headline is not None
    assert evaluate(path, baseline=mine).lift is None


def test_what_is_no_policy_is_named(company, tmp_path):
    """A table without reps; a baseline nobody registered."""
    (tmp_path / "target.csv").write_text("lead_id\nH0000001\n")
    with pytest.raises(DataError, match="a policy needs this column"):
        evaluate(company[0], target=tmp_path / "target.csv")
    with pytest.raises(ValueError, match="no policy 'nobody'"):
        evaluate(company[0], baseline="nobody")
