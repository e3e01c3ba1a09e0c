"""Shortest augmenting paths between reps: who passes leads on, at which prices.

An arc from rep r to rep s costs what the cheapest of r's leads loses by going to s.
With prices p, its reduced cost, cost - p[r] + p[s], is not negative while every lead
holds a best option. A rep with too many leads passes one on along a shortest path to
a rep with room; raising the prices of the reps on the way by how much nearer they were
keeps all reduced costs at least zero, and the path's at zero. A rep with a price and
room takes one in the other direction.

Only options within reach of the prices are listed, so no price leaves its reach: a
search that would need more ends there, and its reps need a longer reach next time.

References
----------
Ahuja, Magnanti, Orlin (1993), Network Flows, section 9.7; Jonker, Volgenant (1987), A
Shortest Augmenting Path Algorithm, Computing 38.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.exchange.exchange import (
    ALL,
    HOLDS,
    Exchange,
    ask,
    take,
    write_costs,
)
from solver.engines.price.exchange.heaps import (
    NONE,
    PathSearch,
    clean,
    nearest,
    new_search,
    reach,
)
from solver.engines.price.machine.compiled import compiled


class Desk(NamedTuple):
    """Prices, their reach, and free slots, with the outside as the last node.

    Attributes
    ----------
    price
        Shape (n_nodes,); 0 for the outside.
    highest, lowest
        Shape (n_nodes,); the reach of each price.
    room
        Shape (n_nodes,); free slots, negative where there are too many leads.
    is_cut_up, is_cut_down
        Shape (n_nodes,); reps whose price needed a longer reach.
    """

    price: NDArray[np.float64]
    highest: NDArray[np.float64]
    lowest: NDArray[np.float64]
    room: NDArray[np.int64]
    is_cut_up: NDArray[np.bool_]
    is_cut_down: NDArray[np.bool_]


@compiled
def clear(
    exchange: Exchange,
    desk: Desk,
    group: NDArray[np.int32],
    number: int,
    stop: NDArray[np.int64],
) -> int:
    """Pass leads on until no rep of a group has too many, or a price without need.

    Return the number of paths. Groups share no lead, so they can be cleared at once.
    """
    n_reps, n_paths = len(desk.room) - 1, 0
    search = new_search(n_reps + 1)
    for rep in range(n_reps):
        if group[rep] == number:
            while desk.room[rep] < 0 and stop[0] == 0:
                if not _passed_on(exchange, desk, search, rep):
                    break
                n_paths += 1
    for rep in range(n_reps):
        if group[rep] == number:
            while desk.room[rep] > 0 and desk.price[rep] > 0.0 and stop[0] == 0:
                if not _taken_in(exchange, desk, search, rep):
                    break
                n_paths += 1
    return n_paths


@compiled
def _passed_on(exchange: Exchange, desk: Desk, search: PathSearch, rep: int) -> bool:
    """Pass one lead of a rep on to where there is room; tell whether it did."""
    target, length = _way_out(exchange, desk, search, rep)
    for i in range(1, search.reached[0] + 1):
        node = search.reached[i]
        if search.is_done[node]:
            desk.price[node] += max(length - search.distance[node], 0.0)
            if target == NONE:
                desk.is_cut_up[node] = True
    if target != NONE:
        desk.room[rep] += 1
        desk.room[target] -= 1
        while target != rep:
            arc = search.through[target]
            take(exchange, exchange.moves.root[arc])
            target = exchange.head[exchange.back[arc]]
        clean(search)
        return True
    clean(search)
    return False


@compiled
def _way_out(
    exchange: Exchange, desk: Desk, search: PathSearch, rep: int
) -> tuple[int, float]:
    """Return the nearest node with room, and its distance or that of the reach."""
    outside, cost, price = len(desk.room) - 1, exchange.moves.cost, desk.price
    limit, size = np.inf, reach(search, 0, rep, 0.0)
    while size:
        node = nearest(search, size)
        size -= 1
        distance = search.distance[node]
        if distance >= limit:
            break
        search.is_done[node] = True
        if node == outside or desk.room[node] > 0:
            return node, distance
        limit = min(limit, distance + desk.highest[node] - price[node])
        ask(exchange, node, HOLDS)
        for arc in range(exchange.row[node], exchange.row[node + 1]):
            head = exchange.head[arc]
            if cost[arc] == np.inf or search.is_done[head]:
                continue
            further = distance + max(cost[arc] - price[node] + price[head], 0.0)
            if further < search.distance[head] and further < limit:
                search.through[head] = arc
                size = reach(search, size, head, further)
    return NONE, limit


@compiled
def _taken_in(exchange: Exchange, desk: Desk, search: PathSearch, rep: int) -> bool:
    """Take in one lead, or lower prices until one is none; tell whether it did."""
    outside = len(desk.room) - 1
    source, length = _way_in(exchange, desk, search, rep)
    for i in range(1, search.reached[0] + 1):
        node = search.reached[i]
        if search.is_done[node]:
            desk.price[node] -= max(length - search.distance[node], 0.0)
            if source == NONE:
                desk.is_cut_down[node] = True
    if source != NONE:
        if source != outside:
            desk.price[source] = 0.0
        desk.room[rep] -= 1
        desk.room[source] += 1
        while source != rep:
            arc = search.through[source]
            take(exchange, exchange.moves.root[arc])
            source = exchange.head[arc]
        clean(search)
        return True
    clean(search)
    return False


@compiled
def _way_in(
    exchange: Exchange, desk: Desk, search: PathSearch, rep: int
) -> tuple[int, float]:
    """Return the node that gives a lead: outside, or a rep whose price ends at 0."""
    outside, cost, price = len(desk.room) - 1, exchange.moves.cost, desk.price
    limit, free, source = np.inf, np.inf, NONE
    size = reach(search, 0, rep, 0.0)
    while size:
        node = nearest(search, size)
        size -= 1
        distance = search.distance[node]
        if distance >= free or distance >= limit:
            break
        search.is_done[node] = True
        if node == outside:
            return node, distance
        limit = min(limit, distance + price[node] - desk.lowest[node])
        if distance + price[node] < free:
            free, source = distance + price[node], node
        ask(exchange, node, ALL)
        for arc in range(exchange.row[node], exchange.row[node + 1]):
            inwards, tail = exchange.back[arc], exchange.head[arc]
            if cost[inwards] == np.inf or search.is_done[tail]:
                continue
            further = distance + max(cost[inwards] - price[tail] + price[node], 0.0)
            if further < search.distance[tail] and further < min(limit, free):
                search.through[tail] = inwards
                size = reach(search, size, tail, further)
    if free <= limit:
        return source, free
    return NONE, limit


@compiled
def lower(
    exchange: Exchange, desk: Desk, group: NDArray[np.int32], number: int
) -> None:
    """Lower the prices of a group as far as every lead keeps a best option.

    What is left is the least price of each slot: what one more would bring.
    """
    write_costs(exchange, group, number)
    outside, cost, price = len(desk.room) - 1, exchange.moves.cost, desk.price
    search, size = new_search(outside + 1), 0
    for arc in range(exchange.row[outside], exchange.row[outside + 1]):
        rep = exchange.head[arc]
        if group[rep] == number:
            fall = min(price[rep], price[rep] - desk.lowest[rep])
            fall = min(fall, max(cost[arc] + price[rep], 0.0))
            size = reach(search, size, rep, fall)
    while size:
        node = nearest(search, size)
        size -= 1
        search.is_done[node] = True
        for arc in range(exchange.row[node], exchange.row[node + 1]):
            head = exchange.head[arc]
            if cost[arc] == np.inf or head == outside or search.is_done[head]:
                continue
            reduced = max(cost[arc] - price[node] + price[head], 0.0)
            if search.distance[node] + reduced < search.distance[head]:
                size = reach(search, size, head, search.distance[node] + reduced)
    for i in range(1, search.reached[0] + 1):
        rep = search.reached[i]
        fall = search.distance[rep]
        desk.is_cut_down[rep] = (
            fall < price[rep] and fall >= price[rep] - desk.lowest[rep]
        )
    for i in range(1, search.reached[0] + 1):
        rep = search.reached[i]
        price[rep] -= search.distance[rep]
