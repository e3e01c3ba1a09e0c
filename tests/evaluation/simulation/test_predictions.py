import numpy as np
import pytest

from evaluation.simulation.arrivals import PATIENCE, Arrivals
from evaluation.simulation.predictions import ORACLE, Retrained, predictions_of
from evaluation.simulation.record import Record, through_days
from solver import POLICIES
from tests.evaluation.simulation.small_worlds import small_arrivals

GREEDY = POLICIES["greedy"]


@pytest.fixture(scope="module")
def arrivals() -> Arrivals:
    return small_arrivals()


def test_models_are_trained_when_it_is_due(arrivals: Arrivals, monkeypatch) -> None:
    """Predictions of coming leads change on the day of a training, and on no other."""
    asked: list[int] = []

    def fitted(_arrivals: Arrivals, _history: object, day: int) -> None:
        asked.append(day)

    monkeypatch.setattr("evaluation.simulation.predictions.fitted", fitted)
    through_days(arrivals, GREEDY, Retrained(arrivals, arrivals.truth, 3))
    assert asked == [3, 6]


@pytest.mark.slow
def test_training_changes_predictions(arrivals: Arrivals) -> None:
    """Those of the leads to come, not those of leads that are gone."""
    first = np.full(len(arrivals.rep), 0.3)
    predictions = predictions_of("greedy", arrivals, first, retrain_days=7)
    through_days(arrivals, GREEDY, predictions)
    predicted = predictions(0, Record.empty(arrivals))
    later = arrivals.pairs_of(arrivals.n_leads_by(6), arrivals.n_leads_by(7))
    gone = arrivals.pairs_of(0, arrivals.n_leads_by(7 - PATIENCE - 1))
    assert (predicted[gone] == 0.3).all()
    assert (predicted[later] != 0.3).all()


def test_who_looks_at_no_value_keeps_the_first_model(arrivals: Arrivals) -> None:
    """Nothing is trained for a policy that does not need it."""
    first = np.zeros(len(arrivals.rep))
    kept = predictions_of("round_robin", arrivals, first, None)
    assert kept(7, Record.empty(arrivals)) is first
    other = predictions_of("round_robin", arrivals, first, 1)
    assert isinstance(other, Retrained)


def test_the_oracle_knows_what_waiting_costs() -> None:
    """Of the second morning's leads, those of the first have half their probability."""
    slow = small_arrivals("strong", "decay_half_life=1")
    oracle = predictions_of(ORACLE, slow, slow.truth, 1)
    known = oracle(1, Record.empty(slow))
    today, late = slow.n_leads_by(0), slow.n_leads_by(1)
    old, new = slow.pairs_of(0, today), slow.pairs_of(today, late)
    assert known[old] == pytest.approx(slow.truth[old] / 2)
    assert np.array_equal(known[new], slow.truth[new])
