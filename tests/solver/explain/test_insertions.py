"""What adding one more pair to an allocation would break or gain, by trying it."""

import numpy as np
import pytest

from solver.explain.insertions import Insertions
from solver.problem.constraints import Group, Share
from solver.problem.solution import Solution
from tests.solver.instances import problem_of
from tests.solver.nested_limits import exact, random_nested

BLOCKS = [pytest.param(n, marks=[] if n < 2 else [pytest.mark.slow]) for n in range(10)]


def random_solution(seed):
    """Return an allocation that obeys every hard rule, or None where none was drawn."""
    rng = np.random.default_rng(seed)
    problem = random_nested(seed)
    penalties = (np.inf, 0.25)
    weight = exact(rng.random(problem.n_leads))
    fair = np.full(problem.n_reps, 1 / problem.n_reps)
    share = Share("fair", weight, fair, 0.5, 1.75, rng.choice(penalties))
    leads = np.flatnonzero(rng.random(problem.n_leads) < 0.6)
    group = Group("one", "A", leads, rng.choice(penalties))
    problem = problem.replace(shares=(share,), groups=(group,) * (len(leads) > 1))
    for _ in range(30):
        start, end = problem.indptr[:-1], problem.indptr[1:]
        pair = np.where(rng.random(len(start)) < 0.5, rng.integers(start, end + 1), -1)
        solution = Solution(problem, np.where(pair < end, pair, -1))
        if not any(solution.breaches()):
            return solution
    return None


@pytest.mark.parametrize("block", BLOCKS)
def test_obstacles_and_gains_are_those_of_trying(block):
    """A pair has an obstacle where adding it breaks a rule, and gains what it gains."""
    tried = []
    for seed in range(100 * block, 100 * block + 100):
        solution = random_solution(seed)
        if solution is None:
            continue
        insertions = Insertions(solution)
        for lead in np.flatnonzero(~solution.assigned):
            found = insertions.obstacles(int(lead))
            hindered = {int(pair) for _, pairs in found for pair in pairs}
            for pair in range(*solution.problem.indptr[lead : lead + 2]):
                more = solution.pair.copy()
                more[lead] = pair
                after = Solution(solution.problem, more)
                tried.append(any(after.breaches()))
                assert (pair in hindered) == tried[-1], seed
                gain = after.objective - solution.objective
                assert insertions.gain[pair] == pytest.approx(gain, abs=1e-12), seed
    assert 0.2 < np.mean(tried) < 0.8


@pytest.mark.parametrize(
    ("owner_of_first", "upper", "lead", "said"),
    [
        (-1, 1.5, 1, ["this lead alone is above a fair share: R0, R1"]),
        (0, 1.5, 1, ["more than a fair share: R0", "still less than a fair share: R1"]),
        (0, np.inf, 2, ["others would have too little: R0"]),
    ],
)
def test_what_a_share_says_of_a_rep_is_true_of_the_rep(
    owner_of_first, upper, lead, said
):
    """Who has nothing is not said to have more than a fair share."""
    problem = problem_of(np.full((3, 2), 0.5), [9, 9])
    weight, fair = np.array([10.0, 1.0, 5.0]), np.full(2, 0.5)
    share = Share("fair", weight, fair, 0.5, upper)
    problem = problem.replace(shares=(share,))
    pair = np.array([owner_of_first, -1, -1])
    found = Insertions(Solution(problem, pair)).obstacles(lead)
    texts = [
        f"{obstacle.text}: {', '.join(problem.rep_ids[problem.rep[pairs]])}"
        for obstacle, pairs in found
    ]
    assert texts == [f"rule fair, {text}" for text in said]
