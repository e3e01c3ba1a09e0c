"""The randomised assignment that an experiment asks for on a day's problem."""

from math import inf

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow import tree_of
from solver.engines.flow.min_cost_flow import OutOfTimeError
from solver.engines.flow.tree import Tree
from solver.policies import POLICIES, CutShort, attempts
from solver.problem.deadline import Deadline
from solver.problem.problem import Problem
from solver.problem.solution import Solution
from solver.randomised.assignment import SHARES, RandomisedAssignment
from solver.randomised.by_day import RandomisedByDay
from solver.randomised.by_lead import RandomisedByLead
from solver.randomised.marginals import Marginals, capped_optimum

SERVED = 400_000
"""Leads that the control policy serves in all its draws together."""
MOST, FEWEST = 500, 100
"""Draws of the control policy, on a small day and on a large one."""
DRAWING = 0.5
"""Part of the time limit for the control policy, where a cap is to be solved too."""
WHOLE_DAYS = 20
"""Draws where the whole day is drawn, each possibly with a slow repair."""


class RandomisationError(ValueError):
    """The experiment and the day's rules cannot both hold."""


def randomise(
    problem: Problem,
    optimum: Solution,
    rng: np.random.Generator,
    *,
    control_share: float = 0.0,
    control_policy: str = "round_robin",
    max_pair_probability: float | None = None,
    time_limit: float = inf,
) -> RandomisedAssignment:
    """Return the randomised assignment of a day whose optimum is known.

    Parameters
    ----------
    optimum
        What would be assigned without the experiment.
    rng
        Draws the control policy's allocations, and breaks ties.
    control_share
        Probability that a lead is in the control arm, to four decimals.
    control_policy
        Name of the policy that allocates the control arm.
    max_pair_probability
        Cap of every pair's probability over both arms, to four decimals, not below
        the share. A lead with so few eligible reps that it could not be assigned
        has the cap of one rep among equals.
    time_limit
        Seconds, for the control policy's allocations and the capped optimum.

    Raises
    ------
    RandomisationError
        Where the rules do not nest or leave too few reps for the cap, the control
        arm alone could exceed it, or the time limit passes.
    """
    deadline, is_capped = Deadline.after(time_limit), max_pair_probability is not None
    share, tree = round(control_share * SHARES), tree_of(problem)
    rngs = [rng] * (n_draws(problem, tree) if share else 0)
    drawing = deadline.part(DRAWING if is_capped else 1.0)
    drawn = list(attempts(POLICIES[control_policy], problem, rngs, drawing))
    control = tuple(each.solution for each in drawn)
    n_open = sum(not each.is_final for each in drawn)
    cut_short = CutShort(control_policy, len(drawn), len(rngs), n_open)
    optimal = Marginals.mean([optimum])
    if max_pair_probability is not None:
        cap = round(max_pair_probability * SHARES)
        seed = int(rng.integers(2**31))
        left = deadline.seconds
        optimal = _capped(problem, tree, control, share, cap, seed, left)
    if tree is None:
        return RandomisedByDay(optimal, control, share, cut_short)
    return RandomisedByLead(optimal, control, share, cut_short, tree)


def n_draws(problem: Problem, tree: Tree | None) -> int:
    """Return how many allocations of a policy its marginals are the mean of.

    Many, so that every pair the policy may choose is likely to be among them.
    """
    if tree is None:
        return WHOLE_DAYS
    return min(max(SERVED // max(problem.n_leads, 1), FEWEST), MOST)


def _capped(
    problem: Problem,
    tree: Tree | None,
    control: tuple[Solution, ...],
    share: int,
    cap: int,
    seed: int,
    time_limit: float,
) -> Marginals:
    if tree is None:
        rules = ", ".join(unnested_rules(problem))
        raise RandomisationError(
            "a cap needs slots and limits that nest, so that all of them hold in every "
            f"draw; these rules do not: {rules}. Leave the cap out, or these rules"
        )
    if share > cap:
        raise RandomisationError(
            "the control arm alone could exceed the cap; raise the cap"
        )
    draws = max(len(control), 1)
    most = _room_under(problem, control, share, cap, draws)
    whole = (SHARES - share) * draws
    try:
        optimum = capped_optimum(
            problem, tree, most, whole, seed=seed, time_limit=time_limit
        )
    except OutOfTimeError as error:
        message = "the capped optimum was not found in time; allow more"
        raise RandomisationError(message) from error
    if optimum is None:
        raise RandomisationError(
            "the hard rules leave too few reps for this cap; raise it, or leave it out"
        )
    return optimum


def _room_under(
    problem: Problem, control: tuple[Solution, ...], share: int, cap: int, draws: int
) -> NDArray[np.int64]:
    """Return what the cap leaves to each pair of the optimal arm, shape (n_pairs,).

    In parts of ``SHARES * draws``, of which the control arm has taken its own.
    """
    certain = SHARES * draws
    n_eligible = np.diff(problem.indptr)[problem.lead]
    most = np.maximum(cap * draws, -(-certain // n_eligible))
    taken = np.zeros(problem.n_pairs, dtype=np.int64)
    for solution in control:
        taken += share * solution.chosen
    whole = (SHARES - share) * draws
    return np.minimum(most - taken, whole)


def unnested_rules(problem: Problem) -> list[str]:
    """Return the names of the rules without which slots and limits nest.

    Rules on shares and on groups of leads, limits that count hours, and of limits
    that overlap in part the later ones; empty where :func:`solver.engines.flow.tree_of`
    finds a tree.
    """
    rules = [share.rule for share in problem.shares]
    rules += [group.rule for group in problem.groups]
    nested = problem.replace(shares=(), groups=(), limits=())
    for rule in dict.fromkeys(limit.rule for limit in problem.limits):
        limits = tuple(limit for limit in problem.limits if limit.rule == rule)
        more = nested.replace(limits=nested.limits + limits)
        if tree_of(more) is None:
            rules.append(rule)
        else:
            nested = more
    return list(dict.fromkeys(rules))
