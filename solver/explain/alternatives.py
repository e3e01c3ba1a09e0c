"""Every rep as the owner of one lead: what the pair is worth, or what excludes it."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from solver.building.day import Day
from solver.explain.counterfactuals import Loss
from solver.explain.explanation import Alternative
from solver.problem.result import Result

AWAY = "absence"


def alternatives_of(
    day: Day, result: Result, lead: int, loss: Mapping[int, Loss]
) -> tuple[Alternative, ...]:
    """Return every rep: the eligible by value less price, then the excluded.

    Parameters
    ----------
    loss
        Each pair of the lead -> what forcing it loses.
    """
    problem, chosen = day.problem, result.solution.pair[lead]
    pairs = by_net(day, result, lead)
    price = result.pair_price
    eligible = (
        Alternative(
            str(problem.rep_ids[problem.rep[pair]]),
            bool(pair == chosen),
            (),
            float(problem.value[pair]),
            float(price[pair]),
            *loss[int(pair)],
        )
        for pair in pairs
    )
    others = np.setdiff1d(np.arange(problem.n_reps), problem.rep[pairs])
    return (*eligible, *(_excluded(day, lead, int(rep)) for rep in others))


def by_net(day: Day, result: Result, lead: int) -> NDArray[np.int64]:
    """Return the pairs of a lead, the highest value less price first."""
    pairs = np.arange(*day.problem.indptr[lead : lead + 2])
    net = day.problem.value[pairs] - result.pair_price[pairs]
    return pairs[np.argsort(-net, kind="stable")]


def position_of(day: Day, lead_id: str) -> int:
    """Return the position of a lead.

    Raises
    ------
    KeyError
        Where the day has no such lead.
    """
    try:
        return list(day.problem.lead_ids).index(lead_id)
    except ValueError as error:
        raise KeyError(lead_id) from error


def _excluded(day: Day, lead: int, rep: int) -> Alternative:
    return Alternative(
        str(day.problem.rep_ids[rep]),
        False,
        excluded_by(day, lead, rep),
        np.nan,
        np.nan,
        np.nan,
        False,
    )


def excluded_by(day: Day, lead: int, rep: int) -> tuple[str, ...]:
    """Return the hard rules that forbid a pair, and "absence" where the rep is away.

    A rule that keeps the lead from distribution forbids every pair of it.
    """
    at: tuple[NDArray[np.int64], NDArray[np.int32]] = (
        np.array([lead]),
        np.array([rep], dtype=np.int32),
    )
    rules = [
        rule.name for rule in day.hard_filters if not day.filters[rule.name].at(*at)[0]
    ]
    kept_by = [day.kept_by[lead]] if day.kept_by[lead] else []
    away = [] if day.available[rep] else [AWAY]
    return tuple(dict.fromkeys([*kept_by, *rules, *away]))
