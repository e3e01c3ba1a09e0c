"""From a problem, its pairs stored or computed, to a market in canonical order."""

from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.market.canonical import by_least_key, in_order, keys
from solver.engines.price.market.graph import graph_of
from solver.engines.price.market.lists import Lists, lists_of
from solver.engines.price.market.market import Entries, Leads, Market
from solver.problem.exceptions import StoredPairs
from solver.problem.factorised import FactorisedProblem
from solver.problem.problem import Problem
from solver.problem.segments import Segments

N_SIZES = 64
"""Sizes of values by which leads of a segment are ordered, eight to a factor of e."""
EXTREME = 350.0
"""Log odds beyond which odds are as good as none."""


class _Part(NamedTuple):
    """Some leads of a problem with lists of their own, before they are ordered."""

    lead: NDArray[np.int64]
    lists: Lists


def market_of(problem: Problem | FactorisedProblem, seed: int) -> Market:
    """Return the market of a problem's leads and slots; limits are not in it.

    Parameters
    ----------
    seed
        Draws the order in which what is equal is looked at.
    """
    rep_key = keys(problem.rep_ids, seed)
    if isinstance(problem, Problem):
        everyone = np.arange(problem.n_leads)
        pairs = StoredPairs(
            problem.indptr, problem.rep, problem.value, problem.uses_slot
        )
        part = _Part(everyone, lists_of(pairs, problem.unassigned_value, rep_key))
        return _stored_market(problem, part, seed)
    lead = np.unique(problem.exceptions.lead)
    pairs = problem.of_leads(lead).pairs(0, len(lead))
    part = _Part(lead, lists_of(pairs, problem.unassigned_value[lead], rep_key))
    return _factorised_market(problem, part, seed)


def _stored_market(problem: Problem, part: _Part, seed: int) -> Market:
    lists, nothing = part.lists, np.zeros(problem.n_leads)
    segments = Segments(
        lists.start, lists.rep, np.zeros(len(lists.rep)), np.zeros(len(lists.rep))
    )
    leads = Leads(
        lists.segment,
        nothing,
        nothing,
        lists.outside,
        lists.first,
        lists.value,
        np.empty((0, 0)),
    )
    return _ordered(problem, segments, leads, lists.outside_rep, seed, 0.0, _NONE)


_NONE = np.empty((0, 0))


def _factorised_market(problem: FactorisedProblem, part: _Part, seed: int) -> Market:
    """Return the market in which leads with exceptions have their values stored."""
    lists, segments, segment = part.lists, problem.segments, problem.segment
    outside, first = problem.unassigned_value, np.empty(0, dtype=np.int64)
    outside_rep = np.full(problem.n_leads, -1, dtype=np.int32)
    if len(part.lead):
        nothing = np.zeros(len(lists.rep))
        segment = segment.copy()
        segment[part.lead] = lists.segment + len(segments)
        segments = Segments(
            np.concatenate([segments.start, segments.start[-1] + lists.start[1:]]),
            np.concatenate([segments.rep, lists.rep]),
            np.concatenate([segments.added, nothing]),
            np.concatenate([segments.charge, nothing]),
        )
        outside[part.lead], outside_rep[part.lead] = lists.outside, lists.outside_rep
        first = np.full(problem.n_leads, -1, dtype=np.int64)
        first[part.lead] = lists.first
    with_factors, step = problem.rep_factors.size > 0, problem.step
    of_lead, of_entry = problem.log_odds, segments.added
    if not with_factors:
        of_lead = odds_against(of_lead)
        of_entry, step = entry_odds_against(of_entry, step), 0.0
    leads = Leads(
        segment.astype(np.int32, copy=False),
        of_lead,
        problem.amount,
        outside,
        first,
        lists.value,
        problem.lead_factors if with_factors else _NONE,
    )
    segments = Segments(segments.start, segments.rep, of_entry, segments.charge)
    return _ordered(
        problem, segments, leads, outside_rep, seed, step, problem.rep_factors
    )


def odds_against(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return exp(-log odds): of lead and rep, their product is the odds of no win."""
    return np.exp(-np.clip(log_odds, -EXTREME, EXTREME))


def entry_odds_against(added: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Return the same of what reps add, in steps of the log odds; 0 for none."""
    return odds_against(np.rint(added / step) * step if step else added)


def _ordered(
    problem: Problem | FactorisedProblem,
    segments: Segments,
    leads: Leads,
    outside_rep: NDArray[np.int32],
    seed: int,
    step: float,
    rep_factors: NDArray[np.float64],
) -> Market:
    """Return the market of these leads, in an order that no file decides."""
    rep_order = np.argsort(keys(problem.rep_ids, seed), kind="stable")
    rep_rank = np.empty_like(rep_order)
    rep_rank[rep_order] = np.arange(len(rep_order))
    lead_key = keys(problem.lead_ids, seed)
    rank = by_least_key(leads.segment, lead_key, len(segments))
    n_used = len(np.unique(leads.segment))
    entries, moved = _renumbered(segments, rank, n_used, rep_rank, step, rep_factors)
    if len(leads.first):
        leads = leads._replace(stored=_moved(leads, segments.start, moved))
    size = rank[leads.segment] * N_SIZES + _size(leads, segments.start)
    if len(segments) * N_SIZES < 1 << 16:
        size = size.astype(np.uint16)
    order = in_order(size, leads.part, lead_key)
    return Market(
        leads=Leads(
            rank.astype(np.int32)[leads.segment[order]],
            leads.part[order].astype(np.float64, copy=False),
            leads.amount[order].astype(np.float64, copy=False),
            leads.outside[order].astype(np.float64, copy=False),
            leads.first[order] if len(leads.first) else leads.first,
            leads.stored,
            leads.factors[order] if leads.factors.size else leads.factors,
        ),
        entries=entries,
        capacity=problem.capacity[rep_order].astype(np.int64),
        graph=graph_of(entries.start, entries.rep, problem.n_reps),
        lead_order=order,
        rep_order=rep_order,
        outside_rep=outside_rep,
    )


def _renumbered(
    segments: Segments,
    rank: NDArray[np.int64],
    n_used: int,
    rep_rank: NDArray[np.int64],
    step: float,
    rep_factors: NDArray[np.float64],
) -> tuple[Entries, NDArray[np.int64]]:
    """Return the segments in their order, and where each new entry stood before.

    Segments without leads are left out of the new ones.
    """
    of_entry = np.repeat(np.arange(len(segments)), np.diff(segments.start))
    moved = np.lexsort((rep_rank[segments.rep], rank[of_entry]))
    moved = moved[: np.count_nonzero(rank[of_entry] < n_used)]
    length = np.empty(len(segments), dtype=np.int64)
    length[rank] = np.diff(segments.start)
    start = np.concatenate([[0], np.cumsum(length[:n_used])]).astype(np.int64)
    if rep_factors.size:
        rep_factors = rep_factors[np.argsort(rep_rank)]
    entries = Entries(
        start,
        rep_rank[segments.rep[moved]].astype(np.int32),
        segments.added[moved].astype(np.float64, copy=False),
        segments.charge[moved].astype(np.float64, copy=False),
        np.ascontiguousarray(rep_factors, dtype=np.float64),
        float(step),
    )
    return entries, moved


def _moved(
    leads: Leads, start: NDArray[np.int64], moved: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return stored values with each lead's options in the new order."""
    place = np.empty(int(start[-1]), dtype=np.int64)
    old = moved - np.repeat(start[:-1], np.diff(start))[moved]
    # Entries of a segment stay together, so their order within it is what moves.
    segment_of = np.repeat(np.arange(len(start) - 1), np.diff(start))[moved]
    new = np.arange(len(moved))
    first_new = np.full(len(start) - 1, len(moved))
    np.minimum.at(first_new, segment_of, new)
    place[start[segment_of] + new - first_new[segment_of]] = old
    lead = np.flatnonzero(leads.first >= 0)
    segment = leads.segment[lead]
    count = np.diff(start)[segment]
    begin = np.concatenate([[0], np.cumsum(count)])[:-1]
    within = np.arange(int(count.sum())) - np.repeat(begin, count)
    base = np.repeat(leads.first[lead], count)
    source = base + place[np.repeat(start[segment], count) + within]
    stored = np.empty_like(leads.stored)
    stored[base + within] = leads.stored[source]
    return stored


def _size(leads: Leads, start: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the size of each lead's values as a whole number, 0 to N_SIZES - 1.

    Parameters
    ----------
    start
        First entry of each segment, and the end.
    """
    if leads.factors.size:
        value = leads.amount / (1 + np.exp(-leads.part))
    else:
        value = leads.amount / (1 + leads.part)
    if len(leads.first):
        own = np.flatnonzero(leads.first >= 0)
        value = value.copy()
        value[own] = 0.0
        own = own[np.diff(start)[leads.segment[own]] > 0]
        value[own] = leads.stored[leads.first[own]]
    value = np.abs(value)
    # To a power of two, or the order of the sum would tell where sizes end.
    mean = float(value[value > 0].mean()) if np.any(value > 0) else 1.0
    typical = 2.0 ** round(log2(mean))
    steps = 8 * np.log(np.maximum(value / typical, 1e-30)) + N_SIZES // 2
    return np.clip(steps, 0, N_SIZES - 1).astype(np.int64)
