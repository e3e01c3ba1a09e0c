"""Values and lifts: by hand, in both directions, and never without overlap."""

import numpy as np
import pytest

from evaluation.off_policy import (
    Target,
    cross_fit,
    estimate_lift,
    estimate_value,
    read_log,
    uniform_target,
)
from evaluation.off_policy.estimators import (
    contributions_of,
    doubly_robust,
    ips,
    snips,
)
from reporting.text.evidence.off_policy import lift_reason, overlap_reason
from tests.evaluation.off_policy.synthetic_logs import (
    AFTER_ALL,
    REPS,
    always,
    anyone,
    synthetic_history,
    synthetic_log,
)

UNEVEN = (0.5, 0.2, 0.2, 0.2)


class Nothing:
    """Expects nothing of anybody."""

    def expected(self, pairs):
        return np.zeros(len(pairs.rep))


def test_estimators_by_hand():
    """Two leads planned, weights 4 and 1, the first won, both expected at .5."""
    sums = np.array([[2.0, 5.0, 2.0, 4.0, 1.0, 1.5]])
    assert ips(sums) == pytest.approx(2.0)
    assert snips(sums) == pytest.approx(0.8)
    assert doubly_robust(sums) == pytest.approx(0.5 + 1.5 / 5)


def test_without_a_model_the_correction_is_all():
    """Doubly robust is then by self-normalised propensities."""
    log = synthetic_log()
    target = Target.from_table(log, always(log, "R0"))
    contributions = contributions_of(log, target, Nothing())
    assert contributions.residual == pytest.approx(contributions.weighted)
    found = estimate_value(log, target, Nothing())
    assert found.dr.estimate == pytest.approx(found.snips.estimate)


def test_leads_unassigned_at_random_mislead_nobody():
    """One in 33 never got into the log: propensities are smaller, and not wrong."""
    log = log_of_those_kept(0.97)
    best = Target.from_table(log, always(log, "R0"))
    lift = estimate_lift(log, best, uniform_target(log, anyone(log)))
    assert lift.headline.covers(0.5 / 0.275 - 1)
    assert estimate_value(log, best).headline.covers(0.5)


def test_many_unassigned_leads_are_no_log():
    """Which leads they were, the log does not say."""
    log = log_of_those_kept(0.8)
    value = estimate_value(log, uniform_target(log, anyone(log)))
    assert value.headline is None
    assert value.overlap.doubt == "leads_not_logged"
    assert "it should hold 25% more leads" in overlap_reason(value.overlap)


def log_of_those_kept(share):
    """Return a log that lacks leads at random, as its propensities say."""
    history = synthetic_history(rates=UNEVEN).assign(propensity=0.25 * share)
    kept = np.random.default_rng(5).random(len(history)) < share
    return read_log(history[kept].reset_index(drop=True), AFTER_ALL)


def test_the_value_of_the_log_s_own_policy_is_its_mean():
    """Every weight is one: no estimator can err."""
    log = synthetic_log(rates=UNEVEN)
    found = estimate_value(log, uniform_target(log, anyone(log)))
    assert found.ips.estimate == pytest.approx(log.outcome.mean())
    assert found.snips.estimate == pytest.approx(log.outcome.mean())
    assert found.dr.estimate == pytest.approx(log.outcome.mean(), abs=0.003)
    assert found.overlap.effective_leads == pytest.approx(log.n_leads)


def test_the_best_rep_s_lift_is_found_and_its_reverse():
    """.5 against a mean of .275: better by 82 %; the reverse is worse."""
    log = synthetic_log(rates=UNEVEN)
    best = Target.from_table(log, always(log, "R0"))
    anybody = uniform_target(log, anyone(log))
    lift = estimate_lift(log, best, anybody)
    assert lift.verdict == "better"
    assert lift.headline.covers(0.5 / 0.275 - 1)
    assert lift.difference.covers(0.225)
    assert estimate_lift(log, anybody, best).verdict == "worse"


def test_no_difference_is_no_lift():
    """Where every rep wins alike, nobody is better; a policy over itself is nothing."""
    log = synthetic_log()
    first = Target.from_table(log, always(log, "R0"))
    lift = estimate_lift(log, first, uniform_target(log, anyone(log)))
    assert lift.verdict == "no_measurable_lift"
    same = estimate_lift(log, first, first).headline
    assert (same.low, same.estimate, same.high) == (0, 0, 0)


def test_unassigned_leads_win_nothing():
    """A policy that assigns half the leads wins half."""
    log = synthetic_log(rates=UNEVEN)
    half = always(log, "R0").assign(probability=0.5)
    found = estimate_lift(
        log, Target.from_table(log, half), Target.from_table(log, always(log, "R0"))
    )
    assert found.headline.estimate == pytest.approx(-0.5)
    assert found.target_overlap.planned_share == pytest.approx(0.5)


def test_revenue_is_estimated_in_its_own_unit():
    """A hundred per win: the same lift, a hundredfold difference."""
    history = synthetic_history(rates=UNEVEN)
    log = read_log(history, AFTER_ALL, value="revenue")
    best = Target.from_table(log, always(log, "R0"))
    lift = estimate_lift(log, best, uniform_target(log, anyone(log)))
    assert lift.headline.covers(0.5 / 0.275 - 1)
    assert lift.difference.covers(22.5)


def test_a_log_that_was_sure_tells_of_no_other_policy():
    """Propensity one: it never tried anything else."""
    history = synthetic_history(rates=UNEVEN).assign(propensity=1.0)
    log = read_log(history, AFTER_ALL)
    lift = estimate_lift(
        log,
        Target.from_table(log, always(log, "R0")),
        uniform_target(log, anyone(log)),
    )
    assert lift.verdict == "not_identifiable"
    assert lift.target_overlap.doubt == "hardly_tried"
    assert "hardly tried what the policy would do (7" in lift_reason(lift)
    figures = (lift.ips, lift.snips, lift.dr, lift.difference, lift.headline)
    assert figures == (None,) * 5


def test_a_rep_whom_the_log_never_tried_is_named():
    """No model stands in for evidence."""
    log = synthetic_log(rates=UNEVEN)
    value = estimate_value(log, Target.from_table(log, always(log, "R9")))
    assert value.headline is None
    assert value.overlap.untried == ("R9",)
    assert "it never assigned a lead to R9" in overlap_reason(value.overlap)
    few = always(log, "R0").assign(rep_id=np.where(log.day < 3, "R9", "R0"))
    value = estimate_value(log, Target.from_table(log, few))
    assert value.overlap.missing == pytest.approx(0.1, abs=0.05)
    assert value.snips is None


def test_propensities_that_do_not_fit_are_refused():
    """Hot leads went to R0, yet every propensity says one in four."""
    history = synthetic_history(rates=UNEVEN)
    hot = history["size"] > 0
    history["rep_id"] = history["rep_id"].where(~hot, "R0")
    easy = hot & (history.index % 2 > 0)
    history["outcome"] = history["outcome"].where(~easy, "won")
    log = read_log(history, AFTER_ALL)
    lift = estimate_lift(
        log,
        Target.from_table(log, always(log, "R0")),
        uniform_target(log, anyone(log)),
    )
    assert lift.verdict == "not_identifiable"
    doubts = {"leads_not_logged", "propensities_misfit"}
    assert lift.target_overlap.doubt in doubts
    assert "do not fit" in lift_reason(lift)


def test_a_few_hundred_leads_are_too_few():
    """Of 200 leads, 50 went to the rep: no number that looks like evidence."""
    log = synthetic_log(n_days=20, per_day=10)
    value = estimate_value(log, Target.from_table(log, always(log, "R0")))
    assert value.headline is None
    assert value.overlap.doubt == "few_effective_leads"
    assert "at least 100 are needed" in overlap_reason(value.overlap)


def test_a_day_s_outcomes_do_not_change_what_is_expected_of_it():
    """Turning the outcomes of a day over changes nothing of its own expectations."""
    history = synthetic_history(rates=UNEVEN)
    log = synthetic_log(rates=UNEVEN)
    before = cross_fit(log).expected(anyone(log))
    first = log.table["assigned_at"] == log.table["assigned_at"].iloc[0]
    turned = history["outcome"].map({"won": "lost", "lost": "won"})
    history["outcome"] = history["outcome"].where(~first, turned).astype(object)
    other = read_log(history, AFTER_ALL)
    after = cross_fit(other).expected(anyone(other))
    n_first = int(first.sum()) * len(REPS)
    assert after[:n_first] == pytest.approx(before[:n_first])
    assert abs(after - before).max() > 1e-4


def test_the_seed_decides_and_nothing_else():
    """The same seed gives the same interval, another one hardly another."""
    log = synthetic_log(rates=UNEVEN)
    target = Target.from_table(log, always(log, "R0"))
    once, twice = (estimate_value(log, target, seed=3) for _ in range(2))
    assert once == twice
    other = estimate_value(log, target, seed=4)
    assert other.headline != once.headline
    assert other.headline.half_width == pytest.approx(once.headline.half_width, rel=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("rates", [(0.15,) * 4, (0.2, 0.15, 0.1, 0.1)])
def test_intervals_hold_the_truth(rates):
    """In at least 90 of 100 logs of 3,000 leads, for each estimator."""
    true = rates[0] / np.mean(rates) - 1
    held = []
    for seed in range(80):
        log = synthetic_log(rates=rates, seed=seed)
        lift = estimate_lift(
            log,
            Target.from_table(log, always(log, "R0")),
            uniform_target(log, anyone(log)),
            seed=seed,
        )
        held.append(
            [getattr(lift, name).covers(true) for name in ("ips", "snips", "dr")]
        )
    assert (np.mean(held, axis=0) >= 0.9).all()
