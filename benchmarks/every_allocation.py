"""The optimum of a tiny problem by trying every allocation, in exactly rounded sums.

Shares no code with the engines: it reads the problem's arrays and knows what they mean.
"""

from collections.abc import Iterator
from math import fsum, inf, isfinite

from solver import Problem

FORGIVEN = 1e-9
"""Relative excess over a bound that counts as none."""

Owners = list[int]
"""Position of each lead's pair, or -1."""


def optimum(problem: Problem) -> float:
    """Return the largest objective of a feasible allocation, -inf without one."""
    return max((objective(problem, pairs) for pairs in _choices(problem)), default=-inf)


def objective(problem: Problem, pairs: Owners) -> float:
    """Return the objective of an allocation, -inf where it breaks a hard rule."""
    terms = [
        float(problem.value[pair]) if pair >= 0 else -float(problem.skip_cost[lead])
        for lead, pair in enumerate(pairs)
    ]
    for penalty, amount in _breaches(problem, pairs):
        if amount and not isfinite(penalty):
            return -inf
        terms += [-penalty * amount] if amount else []
    return fsum(terms)


def _choices(problem: Problem) -> Iterator[Owners]:
    """Yield every choice of pairs within the slots, and with the leads that must."""
    room = problem.capacity.tolist()
    pairs = [-1] * problem.n_leads

    def after(lead: int) -> Iterator[Owners]:
        if lead == problem.n_leads:
            yield pairs
            return
        if not problem.must[lead]:
            pairs[lead] = -1
            yield from after(lead + 1)
        for pair in range(*problem.indptr[lead : lead + 2].tolist()):
            rep, slots = int(problem.rep[pair]), int(problem.uses_slot[pair])
            if room[rep] >= slots:
                room[rep] -= slots
                pairs[lead] = pair
                yield from after(lead + 1)
                room[rep] += slots
        pairs[lead] = -1

    yield from after(0)


def _breaches(problem: Problem, pairs: Owners) -> Iterator[tuple[float, float]]:
    """Yield the penalty of each rule's bound, and by how much it is broken."""
    chosen = {pair for pair in pairs if pair >= 0}
    for limit in problem.limits:
        both = zip(limit.pair.tolist(), limit.weight.tolist(), strict=True)
        amount = fsum(weight for pair, weight in both if pair in chosen)
        yield limit.penalty, _outside(amount, limit.lower, limit.upper)
    owner = [int(problem.rep[pair]) if pair >= 0 else -1 for pair in pairs]
    for share in problem.shares:
        weights = list(zip(owner, share.weight.tolist(), strict=True))
        total = fsum(weight for rep, weight in weights if rep >= 0)
        for rep, fair in enumerate(share.fair.tolist()):
            if fair > 0:
                got = fsum(weight for own, weight in weights if own == rep)
                least, most = share.lower * fair * total, share.upper * fair * total
                yield share.penalty, _outside(got, least, most)
    for group in problem.groups:
        owners = {owner[lead] for lead in group.lead.tolist()} - {-1}
        yield group.penalty, float(max(len(owners) - 1, 0))


def _outside(amount: float, lower: float, upper: float) -> float:
    beyond = max(lower - amount, amount - upper, 0.0)
    return beyond if beyond > FORGIVEN * max(1.0, abs(amount)) else 0.0
