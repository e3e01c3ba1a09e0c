"""Contested leads, who holds them, and what it costs to pass them on."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.dual.shortlist import Shortlist
from solver.engines.price.exchange.heaps import Moves, insert, no_moves, remove
from solver.engines.price.machine.compiled import compiled
from solver.engines.price.market.graph import Graph


class Exchange(NamedTuple):
    """A shortlist with the graph of reps and the moves along its arcs.

    Attributes
    ----------
    start, rep, value, held
        The options, as in :class:`Shortlist`.
    lead
        Shape (n_options,); the lead of each option.
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
    row: NDArray[np.int64]
    head: NDArray[np.int32]
    back: NDArray[np.int32]
    moves: Moves


def exchange_of(options: Shortlist, graph: Graph) -> Exchange:
    """Return the exchange of a shortlist, no move known yet."""
    counts = np.diff(options.start)
    return Exchange(
        options.start,
        options.rep,
        options.value,
        options.held,
        np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        graph.row,
        graph.head,
        graph.back,
        no_moves(len(options.rep), len(graph.head)),
    )


@compiled
def offer_all(exchange: Exchange, group: NDArray[np.int32], number: int) -> None:
    """Make known what the leads of one group of reps could do.

    Parameters
    ----------
    group
        Shape (n_reps,).
    """
    for lead in range(len(exchange.held)):
        # The outside comes last, so the first option is a rep's.
        if group[exchange.rep[exchange.start[lead]]] == number:
            _offer(exchange, lead)


@compiled
def _offer(exchange: Exchange, lead: int) -> None:
    moves, held = exchange.moves, exchange.held[lead]
    holder = exchange.rep[held]
    for option in range(exchange.start[lead], exchange.start[lead + 1]):
        if option != held:
            moves.key[option] = exchange.value[held] - exchange.value[option]
            insert(moves, _arc(exchange, holder, exchange.rep[option]), option)


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
