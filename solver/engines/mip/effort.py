"""A solve that work ends, not the clock: alike on any machine."""

from time import monotonic

from solver.engines.mip.contenders import highs_at_work
from solver.engines.mip.incumbent import Incumbent
from solver.engines.mip.search import Search

BRANCHES, COLUMNS, PARTS = 20, 2_000, 8
"""Nodes and columns of branch and bound, and parts of the search, for each unit."""


def spend(incumbent: Incumbent, effort: int, seed: int, end: float) -> None:
    """Branch, search and branch again, each by so much work.

    Parameters
    ----------
    effort
        Units of work.
    seed
        Of all random choices.
    end
        When to stop all the same, by the monotonic clock.
    """
    _branch(incumbent, 1, end)
    start = incumbent.search_start
    search = Search(incumbent.model, incumbent.relaxed, start, seed=seed, threads=1)
    for _ in range(PARTS * effort):
        if incumbent.is_over or monotonic() >= end:
            return
        search.improve_by_work()
        incumbent.improve(search.best)
        incumbent.report()
    _branch(incumbent, effort, end)


def _branch(incumbent: Incumbent, effort: int, end: float) -> None:
    """Branch and bound in a process, unless the program is too large for the effort."""
    rest = incumbent.remaining
    if incumbent.is_over or rest.kept.sum() > COLUMNS * effort:
        return
    with highs_at_work(rest, end, BRANCHES * effort) as contender:
        outcome = contender.process.outcome(end)
    if outcome is not None:
        incumbent.apply(rest, outcome)
