"""Contested leads, who holds them, and what it costs to pass them on.

What a lead could do becomes known when a search comes to a rep whom it concerns: late
rounds have few reps with too many leads or too few, and most leads are never asked.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.shortlist import Shortlist
from solver.engines.price.exchange.heaps import Moves, insert, no_moves, remove
from solver.engines.price.machine.compiled import compiled
from solver.engines.price.market.graph import Graph

NOBODY, HOLDS, ALL = 0, 1, 2


class Exchange(NamedTuple):
    """A shortlist with the graph of reps and the moves along its arcs.

    Attributes
    ----------
    start, rep, value, held
        The options, as in :class:`Shortlist`.
    lead
        Shape (n_options,); the lead of each option.
    by_rep, rep_start
        Shape (n_options,) and (n_nodes + 1,); the options in the order of their nodes,
        and the first of each node.
    is_known
        Shape (n_contested,); leads whose moves are known.
    knows
        Shape (n_nodes,); `NOBODY`, or whose moves are known at a node: of the leads
        that it `HOLDS`, or of `ALL` that could come to it as well.
    row, head, back
        The graph.
    moves
        The options along each arc, by what they cost.
    """

    start: NDArray[np.int64]
    rep: NDArray[np.int32]
    value: NDArray[np.float64]
    held: NDArray[np.int32]
    lead: NDArray[np.int32]
    by_rep: NDArray[np.int32]
    rep_start: NDArray[np.int64]
    is_known: NDArray[np.bool_]
    knows: NDArray[np.int8]
    row: NDArray[np.int64]
    head: NDArray[np.int32]
    back: NDArray[np.int32]
    moves: Moves


def exchange_of(options: Shortlist, graph: Graph) -> Exchange:
    """Return the exchange of a shortlist, no move known yet."""
    counts, n_nodes = np.diff(options.start), len(graph.row) - 1
    by_rep, rep_start = _by_rep(options.rep, n_nodes)
    return Exchange(
        options.start,
        options.rep,
        options.value,
        options.held,
        np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        by_rep,
        rep_start,
        np.zeros(len(counts), dtype=bool),
        np.zeros(n_nodes, dtype=np.int8),
        graph.row,
        graph.head,
        graph.back,
        no_moves(len(options.rep), len(graph.head)),
    )


@compiled
def _by_rep(
    rep: NDArray[np.int32], n_nodes: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the options in the order of their nodes, and the first of each node."""
    start = np.zeros(n_nodes + 1, dtype=np.int64)
    for option in range(len(rep)):
        start[rep[option] + 1] += 1
    start = np.cumsum(start)
    place, order = start[:-1].copy(), np.empty(len(rep), dtype=np.int32)
    for option in range(len(rep)):
        order[place[rep[option]]] = option
        place[rep[option]] += 1
    return order, start


@compiled
def ask(exchange: Exchange, node: int, whom: int) -> None:
    """Make known what leads could do that a node holds, or that could come to it.

    Parameters
    ----------
    whom
        `HOLDS` or `ALL`.
    """
    if exchange.knows[node] >= whom:
        return
    exchange.knows[node] = whom
    for at in range(exchange.rep_start[node], exchange.rep_start[node + 1]):
        option = exchange.by_rep[at]
        lead = exchange.lead[option]
        concerned = whom == ALL or exchange.held[lead] == option
        if concerned and not exchange.is_known[lead]:
            exchange.is_known[lead] = True
            _offer(exchange, lead)


@compiled
def write_costs(exchange: Exchange, group: NDArray[np.int32], number: int) -> None:
    """Write the least cost along each arc for the leads of one group of reps.

    Which moves they are is not kept: no lead can be passed on then.

    Parameters
    ----------
    group
        Shape (n_reps,).
    """
    cost, value = exchange.moves.cost, exchange.value
    for lead in range(len(exchange.held)):
        # The outside comes last, so the first option is a rep's.
        if group[exchange.rep[exchange.start[lead]]] == number:
            held = exchange.held[lead]
            holder = exchange.rep[held]
            for option in range(exchange.start[lead], exchange.start[lead + 1]):
                if option != held:
                    arc = _arc(exchange, holder, exchange.rep[option])
                    cost[arc] = min(cost[arc], value[held] - value[option])


@compiled
def _offer(exchange: Exchange, lead: int) -> None:
    moves, held = exchange.moves, exchange.held[lead]
    holder = exchange.rep[held]
    for option in range(exchange.start[lead], exchange.start[lead + 1]):
        if option != held:
            arc = _arc(exchange, holder, exchange.rep[option])
            insert(moves, arc, option, exchange.value[held] - exchange.value[option])


@compiled
def _arc(exchange: Exchange, tail: int, head: int) -> int:
    """Return the arc between two nodes, by bisection of the row."""
    low, high = exchange.row[tail], exchange.row[tail + 1]
    while high - low > 1:
        middle = (low + high) >> 1
        if exchange.head[middle] <= head:
            low = middle
        else:
            high = middle
    return low


@compiled
def take(exchange: Exchange, option: int) -> None:
    """Give an option's lead to the option's rep."""
    lead = exchange.lead[option]
    for other in range(exchange.start[lead], exchange.start[lead + 1]):
        if other != exchange.held[lead]:
            remove(exchange.moves, other)
    exchange.held[lead] = option
    _offer(exchange, lead)
