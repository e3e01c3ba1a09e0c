import numpy as np
import pytest
from scipy.special import expit

from scoring.rep_effects import expansion
from scoring.rep_effects.expansion import expanded_near
from scoring.rep_effects.rows import RepRows

SHAPES = {
    "one rep": [40],
    "one row each": [1] * 30,
    "one rep has nearly all rows": [900, 1, 0, 2],
    "reps without rows": [0, 5, 0, 0, 3, 0],
    "no rows": [0, 0],
    "all kinds": [0, 1, 2, 3, 7, 11, 12, 13, 70, 300, 301],
}


def rows_of(counts, k, far=1.0):
    rng = np.random.default_rng(len(counts) + k)
    rep = np.repeat(np.arange(len(counts)), counts)
    columns = np.column_stack([np.ones(len(rep)), rng.normal(size=(len(rep), k - 1))])
    offset = far * rng.normal(size=len(rep))
    won = (rng.random(len(rep)) < 0.4).astype(float)
    return RepRows(offset, won, columns, rep, len(counts))


def by_hand(rows, coefficient):
    """Information and score of each rep, one after the other."""
    for rep in range(rows.n_reps):
        own = rows.part(rows.rep == rep)
        p = expit(own.offset + own.columns @ coefficient[rep])
        information = own.columns.T @ (own.columns * (p * (1 - p))[:, None])
        score = own.columns.T @ (own.won - p) + information @ coefficient[rep]
        yield information, score


def check(rows, likelihood, coefficient):
    seen = np.zeros(rows.n_reps, dtype=int)
    expected = list(by_hand(rows, coefficient))
    for stack in likelihood.stacks:
        seen[stack.rep] += 1
        for rep, columns, response in zip(
            stack.rep, stack.columns, stack.response, strict=True
        ):
            information, score = expected[rep]
            assert columns.T @ columns == pytest.approx(information, abs=1e-9)
            assert columns.T @ response == pytest.approx(score, abs=1e-8)
    assert seen.tolist() == (np.bincount(rows.rep, minlength=rows.n_reps) > 0).tolist()


@pytest.mark.parametrize("k", [1, 2, 12, 45])
@pytest.mark.parametrize("shape", SHAPES)
def test_working_responses_say_what_the_rows_say(shape, k):
    """Information and score of every rep are those of all their rows."""
    rows = rows_of(SHAPES[shape], k)
    rng = np.random.default_rng(0)
    coefficient = rng.normal(size=(rows.n_reps, k)) / 5
    likelihood = expanded_near(rows, coefficient)
    assert all(stack.columns.shape[1] <= k for stack in likelihood.stacks)
    check(rows, likelihood, coefficient)


def test_rows_whose_outcome_is_certain_are_no_trouble():
    """Log odds of thousands, right or wrong, give finite responses."""
    rows = rows_of([30, 3, 1], 4, far=5000.0)
    likelihood = expanded_near(rows, np.zeros((3, 4)))
    check(rows, likelihood, np.zeros((3, 4)))


def test_columns_that_say_the_same_are_no_trouble():
    """A column twice, and a column that is constant, condense as others do."""
    rows = rows_of([200, 20, 2], 5)
    rows.columns[:, 3], rows.columns[:, 4] = rows.columns[:, 2], 0.5
    check(rows, expanded_near(rows, np.zeros((3, 5))), np.zeros((3, 5)))


@pytest.mark.parametrize("most", [1, 50, 400])
def test_the_size_of_stacks_changes_nothing(most, monkeypatch):
    """Stacks of one rep each say the same as large ones."""
    rows = rows_of([3] * 20 + [30] * 10, 4)
    monkeypatch.setattr(expansion, "STACK_ROWS", most)
    likelihood = expanded_near(rows, np.zeros((30, 4)))
    check(rows, likelihood, np.zeros((30, 4)))
    assert len(likelihood.stacks) >= (30 if most == 1 else 2)
