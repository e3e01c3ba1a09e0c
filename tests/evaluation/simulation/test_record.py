import numpy as np
import pytest

from evaluation.simulation.arrivals import PATIENCE, Arrivals
from evaluation.simulation.figures import CONVERSIONS, figures_of
from evaluation.simulation.record import Record, through_days
from evaluation.worlds.outcomes import won
from solver import POLICIES, is_value_blind
from tests.evaluation.simulation.small_worlds import small_arrivals


def by_truth(arrivals: Arrivals, name: str) -> Record:
    """Return the record of a policy that knows the truth."""
    return through_days(arrivals, POLICIES[name], lambda day, record: arrivals.truth)


@pytest.fixture(scope="module")
def arrivals() -> Arrivals:
    return small_arrivals()


@pytest.mark.parametrize("name", POLICIES)
def test_every_policy_keeps_to_slots_and_pairs(arrivals: Arrivals, name: str) -> None:
    """Nobody gets more than their slots, nor a lead before it came or too late."""
    record = by_truth(arrivals, name)
    assigned = record.assigned
    assert len(assigned) > 0
    load = np.zeros_like(arrivals.capacity)
    np.add.at(load, (record.day[assigned], record.rep[assigned]), 1)
    assert (load <= arrivals.capacity).all()
    assert record.waited.min() >= 0
    assert record.waited.max() <= PATIENCE


@pytest.mark.parametrize("name", [n for n in POLICIES if is_value_blind(POLICIES[n])])
def test_blind_policies_look_at_no_value(arrivals: Arrivals, name: str) -> None:
    """They do the same whatever is predicted."""
    zeros = np.zeros(len(arrivals.rep))
    other = through_days(arrivals, POLICIES[name], lambda day, record: zeros)
    assert np.array_equal(by_truth(arrivals, name).rep, other.rep)


def test_nobody_beats_the_oracle_on_the_same_waiting_leads(arrivals: Arrivals) -> None:
    """It is the optimum by the truth: no policy wins more of one day's leads."""
    problem, _ = arrivals.problem(np.arange(30), arrivals.truth, day=0)
    values = {
        name: policy(problem, np.random.default_rng(0)).value
        for name, policy in POLICIES.items()
    }
    assert max(values.values()) == pytest.approx(values["optimal"])


def test_in_the_null_world_nobody_wins_more() -> None:
    """With slots for all, every policy wins the same leads: true lift is 0."""
    null = small_arrivals("null", "load=0.5", "lead_sd=0.5")
    records = [by_truth(null, name) for name in POLICIES]
    assert len({len(record.assigned) for record in records}) == 1
    totals = [record.truth.sum() for record in records]
    assert totals == pytest.approx([totals[0]] * len(totals))
    wins = {figures_of(one, "any", 0.0)[0][CONVERSIONS] for one in records}
    assert len(wins) == 1


def test_a_lead_has_the_same_outcome_with_the_same_rep(arrivals: Arrivals) -> None:
    """Whatever the policy: the history says what the figures count."""
    records = [by_truth(arrivals, name) for name in ("round_robin", "optimal")]
    one, other = (
        won(arrivals.lead_ids, record.truth, arrivals.world.seed) for record in records
    )
    same = (records[0].rep == records[1].rep) & (records[0].day == records[1].day)
    assert same.sum() > 5
    assert np.array_equal(one[same], other[same])


def test_waiting_costs_what_the_half_life_says() -> None:
    """A lead that waited one half-life has half its probability."""
    slow = small_arrivals("overloaded", "decay_half_life=1", "territories_per_rep=5")
    record = by_truth(slow, "round_robin")
    assigned = record.assigned
    pair = [
        int(np.flatnonzero(slow.rep[slow.pairs_of(i, i + 1)] == record.rep[i])[0])
        + int(slow.indptr[i])
        for i in assigned
    ]
    assert record.waited.max() >= 2
    expected = slow.truth[pair] * 0.5**record.waited
    assert record.truth[assigned] == pytest.approx(expected)


def test_no_outcome_is_known_before_it_closed(arrivals: Arrivals) -> None:
    """On a morning only what has closed is known, and nothing of that day."""
    record = by_truth(arrivals, "round_robin")
    morning = arrivals.dates[5]
    early = Record(**{**vars(record)})
    early.rep = np.where(record.day < 5, record.rep, -1)
    history = early.history(5, n_rows=10_000)
    assert len(history) == 400 + (record.day[record.assigned] < 5).sum()
    assert history["assigned_at"].max() < morning
    closed = history["outcome"] != "open"
    assert history.loc[closed, "closed_at"].max() <= morning
    assert history.loc[~closed, "closed_at"].isna().all()
    assert (~closed).sum() > 20
    newest = early.history(5, n_rows=50)
    assert newest["lead_id"].tolist() == history["lead_id"].tolist()[-50:]
