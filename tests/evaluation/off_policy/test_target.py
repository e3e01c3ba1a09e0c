"""Targets: what a policy would have done, lead by lead."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm import DataError
from evaluation.off_policy import Pairs, Target, uniform_target
from tests.evaluation.off_policy.synthetic_logs import (
    REPS,
    always,
    anyone,
    synthetic_log,
)

LOG = synthetic_log(n_days=10, per_day=20)


def refusal(**columns):
    table = always(LOG, "R0").assign(**columns)
    with pytest.raises(DataError) as refused:
        Target.from_table(LOG, table)
    return str(refused.value)


def test_a_sure_policy_agrees_with_the_log_or_not():
    """One where the log did the same, nothing elsewhere; every lead is assigned."""
    target = Target.from_table(LOG, always(LOG, "R1").sample(frac=1, random_state=0))
    assert (target.of_logged(LOG) == (LOG.rep_id == "R1")).all()
    assert (target.planned == 1).all()


def test_a_lead_may_be_unassigned_in_part():
    """What the probabilities of a lead lack is that of no assignment."""
    table = pd.concat([always(LOG, "R0"), always(LOG, "R2")]).assign(probability=0.25)
    target = Target.from_table(LOG, table.iloc[:-1])
    assert target.planned[:-1] == pytest.approx(0.5)
    assert target.planned[-1] == pytest.approx(0.25)


def test_the_uniform_policy_draws_among_those_eligible():
    """One in two where two may have the lead; nobody where nobody may."""
    may = np.zeros((LOG.n_leads, 4), dtype=bool)
    may[1:, :2] = True
    target = uniform_target(LOG, Pairs.from_matrix(may, REPS))
    assert target.planned[0] == 0
    assert target.planned[1:] == pytest.approx(1)
    with pytest.raises(ValueError, match="eligible for 1 leads, 200 are logged"):
        uniform_target(LOG, Pairs.from_matrix(may[:1], REPS))


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"lead_id": "L9"}, "row 2, column lead_id: 'L9': not a lead of the log"),
        ({"probability": -0.1}, "expected a number from 0 to 1"),
        ({"probability": "a lot"}, "expected a number from 0 to 1"),
        ({"rep_id": None}, "a policy assigns leads to somebody"),
    ],
)
def test_what_is_no_policy_is_named(columns, message):
    """Row, column, value and what was expected."""
    assert message in refusal(**columns)


def test_a_lead_is_not_assigned_twice():
    """Probabilities above one, and the same pair twice, are named."""
    both = pd.concat([always(LOG, "R0"), always(LOG, "R1")], ignore_index=True)
    with pytest.raises(DataError, match="lead L00000 sum to 2, expected at most 1"):
        Target.from_table(LOG, both)
    same = pd.concat([always(LOG, "R0"), always(LOG, "R0")], ignore_index=True)
    with pytest.raises(DataError, match="this pair appears before"):
        Target.from_table(LOG, same.assign(probability=0.1))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_pairs_of_some_leads_are_those_of_the_table(data):
    """Choosing leads, then pairs, is choosing rows of the table."""
    n_leads = data.draw(st.integers(1, 6))
    row = st.tuples(st.booleans(), st.booleans(), st.booleans())
    table = np.array(data.draw(st.lists(row, min_size=n_leads, max_size=n_leads)))
    chosen = data.draw(st.lists(st.integers(0, n_leads - 1), min_size=1, max_size=8))
    pairs = Pairs.from_matrix(table, REPS[:3]).of_leads(np.array(chosen))
    expected = Pairs.from_matrix(table[chosen], REPS[:3])
    assert pairs.indptr.tolist() == expected.indptr.tolist()
    assert pairs.rep.tolist() == expected.rep.tolist()


def test_reps_are_found_by_their_ids():
    """Whoever the other table does not know is nobody there."""
    pairs = anyone(LOG, ["R3", "R1"])
    assert pairs.positions_in(np.array(["R1", "R2"], dtype=object))[:2].tolist() == [
        -1,
        0,
    ]
