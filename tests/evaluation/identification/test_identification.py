"""Histories without propensities: randomised ones are recognised, no others."""

import numpy as np
import pandas as pd
import pytest

from evaluation.identification import identify
from evaluation.off_policy import QUEUES, Pairs
from reporting.text.evidence.identification import identification_text
from tests.evaluation.off_policy.synthetic_logs import (
    AFTER_ALL,
    REPS,
    synthetic_history,
)


def history_of(**options):
    options = {"n_days": 40, "per_day": 100, "seed": 4} | options
    return synthetic_history(**options).drop(columns="propensity")


def everyone(history):
    return Pairs.from_matrix(np.full((len(history), 4), True), REPS)


def assigned_to(history, rows, rep):
    """Return the history with these rows assigned to one rep."""
    return history.assign(rep_id=history["rep_id"].mask(rows, rep))


def test_a_randomised_history_is_recognised():
    """Every lead gets one over the reps eligible, and the log says it is assumed."""
    history = history_of()
    found = identify(history, everyone(history))
    assert found.is_identified
    assert (found.propensity == 0.25).all()
    log = found.read_log(history, AFTER_ALL)
    assert log.n_leads == 4000
    assert log.source == QUEUES
    assert "an assumption" in identification_text(found)


def test_a_strict_rotation_is_recognised():
    """More even than chance is no sign of favour."""
    history = history_of()
    turns = pd.Series(np.resize(REPS, len(history)), dtype=object)
    assert identify(history.assign(rep_id=turns), everyone(history)).is_identified


def test_propensities_are_those_of_who_was_eligible():
    """In the north two reps, in the south four."""
    history = history_of()
    north = (history["territory"] == "N").to_numpy()
    may = np.full((len(history), 4), True)
    may[north, 2:] = False
    moved = history["rep_id"].map({"R0": "R0", "R1": "R1", "R2": "R0", "R3": "R1"})
    history["rep_id"] = history["rep_id"].where(~north, moved)
    found = identify(history, Pairs.from_matrix(may, REPS))
    assert (found.propensity == np.where(north, 0.5, 0.25)).all()


def test_turns_may_be_in_proportion_to_capacity():
    """Two in five for each of two reps; as equal turns the same history fails."""
    history = history_of(propensity=(0.4, 0.4, 0.1, 0.1))
    capacity = np.array([4.0, 4.0, 1.0, 1.0])
    found = identify(history, everyone(history), capacity)
    expected = history["rep_id"].map({"R0": 0.4, "R1": 0.4, "R2": 0.1, "R3": 0.1})
    assert found.propensity == pytest.approx(expected.to_numpy())
    equal = identify(history, everyone(history))
    assert {queue.doubt for queue in equal.queues} == {"unequal_shares"}
    assert "equal shares" in identification_text(equal)


def test_hot_leads_to_one_rep_are_not_randomised():
    """The reason names what differs."""
    history = history_of()
    hot = (history["size"] > 1) & (history.index % 3 == 0)
    found = identify(assigned_to(history, hot, "R0"), everyone(history))
    assert not found.is_identified
    assert {q.doubt for q in found.queues} <= {"unequal_quality", "unequal_column"}
    sentence = identification_text(found)
    assert "some reps got better leads" in sentence or "size" in sentence
    assert np.isnan(found.propensity).all()


def test_an_absence_nobody_wrote_down_is_noticed():
    """In all it may even out, in a stretch of time it does not."""
    history = history_of()
    third = history.index // (len(history) // 4)
    history = assigned_to(history, (third == 0) & (history["rep_id"] == "R0"), "R1")
    history = assigned_to(history, (third == 1) & (history["rep_id"] == "R1"), "R0")
    sentence = identification_text(identify(history, everyone(history)))
    assert "did not get equal shares" in sentence


def test_too_few_leads_are_not_random():
    """What could not have shown is not absent."""
    history = history_of(n_days=10, per_day=20)
    found = identify(history, everyone(history))
    assert not found.is_identified
    assert {queue.doubt for queue in found.queues} == {"too_few_leads"}
    assert "too few leads to tell" in identification_text(found)


def test_leads_of_ineligible_reps_speak_against_the_rules():
    """A quarter went to a rep who may have none of them."""
    history = history_of()
    may = np.full((len(history), 4), True)
    may[:, 3] = False
    found = identify(history, Pairs.from_matrix(may, REPS))
    assert {queue.doubt for queue in found.queues} == {"ineligible_reps"}
    assert "of its leads went to ineligible reps" in identification_text(found)


def test_one_randomised_queue_counts_beside_another():
    """It is large enough to rule out what the other shows."""
    history = with_fewer_of("S", history_of())
    south = history["territory"] == "S"
    hot = south & (history["size"] > 0)
    found = identify(assigned_to(history, hot, "R0"), everyone(history))
    assert found.is_identified
    assert np.isfinite(found.propensity[~south]).all()
    assert np.isnan(found.propensity[south]).all()
    sentence = identification_text(found)
    assert "looks random in territory N" in sentence
    assert "does not in territory S: size differs between reps" in sentence


def test_a_queue_that_passes_beside_most_leads_that_fail_is_luck():
    """Somebody chose; one of the queues does not show it."""
    history = with_fewer_of("N", history_of())
    hot = (history["territory"] == "S") & (history["size"] > 0)
    found = identify(assigned_to(history, hot, "R0"), everyone(history))
    assert not found.is_identified
    assert "most_leads_fail" in {queue.doubt for queue in found.queues}
    assert "most leads lie in queues that do not" in identification_text(found)


def with_fewer_of(territory, history):
    """Return the history without a tenth of the leads of a territory."""
    is_left_out = (history["territory"] == territory) & (history.index % 10 == 0)
    return history[~is_left_out].reset_index(drop=True)


def test_a_rotation_over_overlapping_reps_is_recognised():
    """Who waited longest: reps with few eligible leads get more of them than evenly."""
    history = history_of()
    may = np.array([[1, 1, 1, 0], [0, 1, 1, 1]], bool)[1 * (history["size"] > 0)]
    history = history.drop(columns="territory").assign(rep_id=rotated(may))
    eligible = Pairs.from_matrix(may, REPS)
    even = identify(history, eligible)
    assert {queue.doubt for queue in even.queues} == {"unequal_column"}
    found = identify(history, eligible, manner="rotation")
    assert found.is_identified
    assert "like a rotation (round robin)" in identification_text(found)
    picked = history["size"] < -0.7
    chosen = identify(assigned_to(history, picked, "R1"), eligible, manner="rotation")
    assert not chosen.is_identified


def rotated(may):
    """Return who has each lead if the eligible rep who waited longest does."""
    last, owners = -np.arange(4.0), []
    for turn, row in enumerate(may, start=1):
        owners.append(np.where(row, last, np.inf).argmin())
        last[owners[-1]] = turn
    return np.array(REPS, dtype=object)[owners]


def test_rows_may_come_in_any_order():
    """The propensity stays with its row."""
    history = history_of(propensity=(0.4, 0.4, 0.1, 0.1))
    capacity = np.array([4.0, 4.0, 1.0, 1.0])
    mixed = history.sample(frac=1, random_state=0).reset_index(drop=True)
    found = identify(mixed, everyone(mixed), capacity)
    expected = mixed["rep_id"].map({"R0": 0.4, "R1": 0.4, "R2": 0.1, "R3": 0.1})
    assert found.propensity == pytest.approx(expected.to_numpy())


def test_eligibility_is_of_every_row():
    """Another number of leads is a mistake."""
    history = history_of()
    with pytest.raises(ValueError, match="history has 4000"):
        identify(history, everyone(history[:10]))


@pytest.mark.slow
def test_confounded_worlds_are_not_taken_for_randomised():
    """Hot leads went to favoured reps; in the same world without that, they did not."""
    from dataclasses import replace

    from evaluation import PRESETS, draw_world

    def share(spec):
        worlds = [draw_world(spec, seed) for seed in range(8)]
        histories = [world.history(8_000) for world in worlds]
        pairs = [
            Pairs.from_matrix(world.eligible(history), list(world.reps["rep_id"]))
            for world, history in zip(worlds, histories, strict=True)
        ]
        found = map(identify, histories, pairs)
        return np.mean([each.is_identified for each in found])

    spec = replace(PRESETS["mild"], hidden_sd=0.5)
    for confounding in (0.3, 1.0):
        assert share(replace(spec, confounding=confounding)) == 0
    assert share(spec) >= 0.75
