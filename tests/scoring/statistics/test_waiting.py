"""Half-lives of worlds whose decay is known, and worlds that have none."""

import numpy as np
import pytest

from reporting.text.model.waiting import waiting_sentence
from scoring.statistics.waiting import find_waiting


def world(seed, n_leads, half_life, confounded=0.0):
    """Return leads won, their scores, and their waits."""
    rng = np.random.default_rng(seed)
    log_odds = rng.normal(-0.5, 1, n_leads)
    days = rng.exponential(2, n_leads) * np.exp(-confounded * log_odds)
    p = 1 / (1 + np.exp(-log_odds)) * 0.5 ** (days / half_life)
    return (rng.random(n_leads) < p).astype(float), log_odds, days


@pytest.mark.parametrize("half_life", [1.0, 4.0])
def test_the_half_life_is_found(half_life):
    finding = find_waiting(*world(1, 20_000, half_life))
    assert finding.answer == "loses"
    assert finding.low < half_life < finding.high
    assert finding.half_life == pytest.approx(half_life, rel=0.2)


def test_intervals_cover_as_they_say():
    covered = [
        finding.low <= 4 <= finding.high
        for finding in (find_waiting(*world(seed, 3_000, 4.0)) for seed in range(100))
    ]
    assert 88 <= sum(covered) <= 100


def test_where_nothing_is_lost_hardly_anything_is_found():
    answers = [find_waiting(*world(s, 3_000, np.inf)).answer for s in range(100)]
    assert answers.count("loses") <= 8


def test_leads_that_are_called_first_as_they_are_better_do_not_mislead():
    """The score is known here; what it does not know would mislead."""
    finding = find_waiting(*world(3, 20_000, np.inf, confounded=0.7))
    assert finding.answer == "cannot_tell"
    assert "No half-life is used" in waiting_sentence(finding)


def test_too_few_leads_or_one_wait_tell_nothing():
    won, log_odds, days = world(4, 1_000, 2.0)
    assert find_waiting(won[:40], log_odds[:40], days[:40]).answer == "too_few"
    assert find_waiting(won, log_odds, np.ones(1_000)).answer == "too_few"
    missing = find_waiting(won, log_odds, np.full(1_000, np.nan))
    assert missing.answer == "too_few" and missing.n_leads == 0


def test_what_was_found_says_that_waits_are_not_random():
    sentence = waiting_sentence(find_waiting(*world(1, 20_000, 2.0)))
    assert "not drawn at random" in sentence and "2.1 days" in sentence
