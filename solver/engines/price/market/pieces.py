"""Pieces of a market that share no rep, so that each can be solved by itself."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.market.graph import Graph
from solver.engines.price.market.market import Entries, Leads, Market

LEAST = 1 / 64
"""Part of the leads below which components are put together in one piece."""


@dataclass(frozen=True, eq=False)
class Piece:
    """Some components of a market as a market of their own.

    Attributes
    ----------
    market
        Its order of leads and reps is that of the whole; `lead_order`, `rep_order` and
        `outside_rep` are left as they are there.
    lead, rep
        Positions in the whole market.
    """

    market: Market
    lead: NDArray[np.int64]
    rep: NDArray[np.int64]


def pieces_of(market: Market) -> list[Piece]:
    """Return the pieces of a market, the largest first; together they are all of it."""
    of_rep, of_segment, n_pieces = _numbered(market)
    if n_pieces == 1:
        return [Piece(market, np.arange(market.n_leads), np.arange(market.n_reps))]
    of_lead = of_segment[market.leads.segment]
    return [
        _piece(market, of_segment == number, of_lead == number, of_rep == number)
        for number in range(n_pieces)
    ]


def _numbered(market: Market) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return the piece of each rep and each segment, and how many there are."""
    entries, component = market.entries, market.graph.component
    n_components = int(component.max(initial=0)) + 1
    length = np.diff(entries.start)
    of_segment = np.zeros(len(length), dtype=np.int64)
    some = length > 0
    of_segment[some] = component[entries.rep[entries.start[:-1][some]]]
    n_leads = np.bincount(of_segment[market.leads.segment], minlength=n_components)
    piece, n_pieces, size = np.zeros(n_components, dtype=np.int64), 1, 0
    for number in np.argsort(-n_leads, kind="stable"):
        # Reps without a lead go with the last piece, and none is empty.
        if n_leads[number] and size and size >= LEAST * market.n_leads:
            n_pieces, size = n_pieces + 1, 0
        piece[number] = n_pieces - 1
        size += n_leads[number]
    return piece[component], piece[of_segment], n_pieces


def _piece(
    market: Market,
    has_segment: NDArray[np.bool_],
    has_lead: NDArray[np.bool_],
    has_rep: NDArray[np.bool_],
) -> Piece:
    leads, entries = market.leads, market.entries
    lead, rep = np.flatnonzero(has_lead), np.flatnonzero(has_rep)
    length = np.diff(entries.start)
    kept = np.repeat(has_segment, length)
    segment = (np.cumsum(has_segment) - 1).astype(np.int32)
    rank = (np.cumsum(has_rep) - 1).astype(np.int32)
    return Piece(
        replace(
            market,
            leads=Leads(
                segment[leads.segment[lead]],
                leads.part[lead],
                leads.amount[lead],
                leads.outside[lead],
                leads.first[lead] if len(leads.first) else leads.first,
                leads.stored,
                leads.factors[lead] if leads.factors.size else leads.factors,
            ),
            entries=Entries(
                np.concatenate([[0], np.cumsum(length[has_segment])]),
                rank[entries.rep[kept]],
                entries.part[kept],
                entries.charge[kept],
                entries.factors[rep] if entries.factors.size else entries.factors,
                entries.step,
            ),
            capacity=market.capacity[rep],
            graph=_graph(market.graph, rep, rank),
        ),
        lead,
        rep,
    )


def _graph(graph: Graph, rep: NDArray[np.int64], rank: NDArray[np.int32]) -> Graph:
    """Return the graph of some reps, none of whom has an arc to another one."""
    n_arcs = graph.row[rep + 1] - graph.row[rep]
    row = np.concatenate([[0], np.cumsum(n_arcs)])
    old = np.repeat(graph.row[rep] - row[:-1], n_arcs) + np.arange(row[-1])
    # The arc to the outside is the last of each row.
    of_outside = graph.back[old[row[1:] - 1]]
    old = np.concatenate([old, of_outside])
    place = np.empty(len(graph.head), dtype=np.int32)
    place[old] = np.arange(len(old), dtype=np.int32)
    head = np.append(rank, np.int32(len(rep)))[graph.head[old]]
    component = np.unique(graph.component[rep], return_inverse=True)[1]
    return Graph(
        np.append(row, len(old)),
        head,
        place[graph.back[old]],
        component.astype(np.int32),
    )
