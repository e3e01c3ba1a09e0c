import numpy as np
import pytest

from evaluation.simulation.beliefs import ORACLE, Learning, beliefs_of
from evaluation.simulation.course import PATIENCE, Course
from evaluation.simulation.record import Record
from evaluation.simulation.result import CONVERSIONS, summed_up
from evaluation.simulation.trial import policy_of, through_days
from evaluation.worlds.outcomes import won
from solver import POLICIES, is_value_blind
from tests.evaluation.simulation.companies import small_course


def by_truth(course: Course, name: str) -> Record:
    """Return the record of a policy that knows the truth."""
    return through_days(course, policy_of(name), lambda day, record: course.truth)


@pytest.fixture(scope="module")
def course() -> Course:
    return small_course()


@pytest.mark.parametrize("name", [*POLICIES, ORACLE])
def test_every_policy_keeps_to_slots_and_pairs(course: Course, name: str) -> None:
    """Nobody gets more than their slots, nor a lead before it came or too late."""
    record = by_truth(course, name)
    given = record.given
    assert len(given) > 0
    load = np.zeros_like(course.capacity)
    np.add.at(load, (record.day[given], record.rep[given]), 1)
    assert (load <= course.capacity).all()
    assert record.waited.min() >= 0
    assert record.waited.max() <= PATIENCE


@pytest.mark.parametrize(
    "name", [name for name in POLICIES if is_value_blind(POLICIES[name])]
)
def test_blind_policies_look_at_no_value(course: Course, name: str) -> None:
    """They do the same whatever is believed."""
    nothing = np.zeros(len(course.rep))
    other = through_days(course, policy_of(name), lambda day, record: nothing)
    assert np.array_equal(by_truth(course, name).rep, other.rep)


def test_nobody_beats_the_oracle_on_the_same_waiting_leads(course: Course) -> None:
    """Of one day's leads it wins at least as much in truth as every policy."""
    problem, _ = course.problem(np.arange(30), course.truth, day=0)
    values = {
        name: policy_of(name)(problem, np.random.default_rng(0)).value
        for name in [*POLICIES, ORACLE]
    }
    assert max(values.values()) == pytest.approx(values[ORACLE])


def test_in_the_null_world_nobody_wins_more() -> None:
    """With slots for all, every policy wins the same leads: true lift is 0."""
    null = small_course("null", "load=0.5", "lead_sd=0.5")
    records = [by_truth(null, name) for name in POLICIES]
    assert len({len(record.given) for record in records}) == 1
    totals = [record.truth.sum() for record in records]
    assert totals == pytest.approx([totals[0]] * len(totals))
    wins = {summed_up(one, "any", 0.0).figures[CONVERSIONS] for one in records}
    assert len(wins) == 1


def test_a_lead_has_the_same_outcome_with_the_same_rep(course: Course) -> None:
    """Whatever the policy: the history says what the figures count."""
    records = [by_truth(course, name) for name in ("round_robin", "optimal")]
    one, other = (
        won(course.lead_ids, record.truth, course.world.seed) for record in records
    )
    same = (records[0].rep == records[1].rep) & (records[0].day == records[1].day)
    assert same.sum() > 5
    assert np.array_equal(one[same], other[same])


def test_waiting_costs_what_the_half_life_says() -> None:
    """A lead that waited one half-life has half its probability."""
    slow = small_course("overloaded", "decay_half_life=1", "territories_per_rep=5")
    record = by_truth(slow, "round_robin")
    given = record.given
    pair = [
        int(np.flatnonzero(slow.rep[slow.pairs_of(i, i + 1)] == record.rep[i])[0])
        + int(slow.indptr[i])
        for i in given
    ]
    assert record.waited.max() >= 2
    expected = slow.truth[pair] * 0.5**record.waited
    assert record.truth[given] == pytest.approx(expected)


def test_learning_sees_no_outcome_before_it_closed(course: Course) -> None:
    """On a morning only what has closed is known, and nothing of that day."""
    record = by_truth(course, "round_robin")
    morning = course.dates[5]
    early = Record(**{**vars(record)})
    early.rep = np.where(record.day < 5, record.rep, -1)
    history = early.history(5, n_rows=10_000)
    assert len(history) == 400 + (record.day[record.given] < 5).sum()
    assert history["assigned_at"].max() < morning
    closed = history["outcome"] != "open"
    assert history.loc[closed, "closed_at"].max() <= morning
    assert history.loc[~closed, "closed_at"].isna().all()
    assert (~closed).sum() > 20
    newest = early.history(5, n_rows=50)
    assert newest["lead_id"].tolist() == history["lead_id"].tolist()[-50:]


def test_lessons_come_when_they_are_due(course: Course, monkeypatch) -> None:
    """Beliefs of coming leads change on the day of a lesson, and on no other."""
    asked: list[int] = []

    def lesson(_course: Course, _history: object, day: int) -> None:
        asked.append(day)

    monkeypatch.setattr("evaluation.simulation.beliefs.taught", lesson)
    through_days(course, policy_of("greedy"), Learning(course, course.truth, 3))
    assert asked == [3, 6]


def test_learning_changes_what_is_believed(course: Course) -> None:
    """After a lesson the leads to come are believed otherwise, those gone not."""
    first = np.full(len(course.rep), 0.3)
    beliefs = beliefs_of("greedy", course, first, retrain_days=7)
    through_days(course, policy_of("greedy"), beliefs)
    belief = beliefs(0, Record.empty(course))
    later = course.pairs_of(course.come_by(6), course.come_by(7))
    gone = course.pairs_of(0, course.come_by(7 - PATIENCE - 1))
    assert (belief[gone] == 0.3).all()
    assert (belief[later] != 0.3).all()


def test_the_oracle_knows_what_waiting_costs() -> None:
    """Of the second morning's leads, those of the first have half their worth."""
    slow = small_course("strong", "decay_half_life=1")
    known = beliefs_of(ORACLE, slow, slow.truth, 1)(1, Record.empty(slow))
    today, late = slow.come_by(0), slow.come_by(1)
    old, new = slow.pairs_of(0, today), slow.pairs_of(today, late)
    assert known[old] == pytest.approx(slow.truth[old] / 2)
    assert np.array_equal(known[new], slow.truth[new])
