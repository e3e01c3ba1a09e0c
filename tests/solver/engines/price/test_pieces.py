"""Pieces of a wide day: all of it, each once, and the same answer from any machine."""

import numpy as np
import pytest

from tests.solver.engines.price.hostile import hostile_day
from tests.solver.engines.price.referee import dual_function

pytest.importorskip("numba")

from solver.engines.flow import solve_flow, tree_of
from solver.engines.price import solve_factorised
from solver.engines.price.market import pieces
from solver.engines.price.market.building import market_of
from solver.engines.price.market.graph import graph_of
from solver.engines.price.market.pieces import pieces_of
from solver.engines.price.search import apart, levels
from solver.problem.factorised import FactorisedProblem
from solver.problem.segments import Segments


def territories(seed: int, sizes: tuple[int, ...] = (70, 60, 40, 9, 2, 1)):
    """Return a day of so many leads in territories of their own, four reps in each."""
    rng = np.random.default_rng(seed)
    n_leads, n_reps = sum(sizes), 4 * len(sizes)
    of_lead = rng.permutation(np.repeat(np.arange(len(sizes)), sizes))
    # A territory has a segment of all its reps and one of three.
    start = np.cumsum([0] + [4, 3] * len(sizes))
    rep = [4 * k + j for k in range(len(sizes)) for j in (0, 1, 2, 3, 1, 2, 3)]
    slots = rng.poisson(np.repeat(sizes, 4) / 5.0)
    return FactorisedProblem(
        lead_ids=np.arange(n_leads),
        rep_ids=np.arange(n_reps),
        segments=Segments(
            start,
            np.array(rep, dtype=np.int32),
            rng.normal(0, 0.4, len(rep)),
            np.zeros(len(rep)),
        ),
        segment=(2 * of_lead + rng.integers(0, 2, n_leads)).astype(np.int32),
        log_odds=rng.normal(-1, 1, n_leads),
        amount=np.exp(rng.normal(0, 1, n_leads)),
        capacity=slots.astype(np.int64),
        must=np.zeros(n_leads, dtype=bool),
        skip_cost=np.zeros(n_leads),
    )


def test_pieces_are_the_territories():
    """The small ones are put together, and every lead and rep is in one piece."""
    parts = pieces_of(market_of(territories(0), 0))
    assert [part.market.n_leads for part in parts] == [70, 60, 40, 9, 3]
    lead = np.concatenate([part.lead for part in parts])
    rep = np.concatenate([part.rep for part in parts])
    assert sorted(lead) == list(range(182))
    assert sorted(rep) == list(range(24))


@pytest.mark.parametrize("seed", range(12))
def test_a_piece_has_the_options_of_its_leads(seed):
    """Reps, values and the graph are the whole market's."""
    problem = territories(seed) if seed % 2 else hostile_day(seed)
    whole = market_of(problem, 0)
    for part in pieces_of(whole):
        market = part.market
        assert market.capacity.tolist() == whole.capacity[part.rep].tolist()
        assert market.leads.amount.tolist() == whole.leads.amount[part.lead].tolist()
        for position, lead in enumerate(part.lead):
            mine, of_all = (
                slice(*market_.entries.start[at : at + 2])
                for market_, at in (
                    (market, market.leads.segment[position]),
                    (whole, whole.leads.segment[lead]),
                )
            )
            reps = part.rep[market.entries.rep[mine]]
            assert reps.tolist() == whole.entries.rep[of_all].tolist()
            parts = market.entries.part[mine]
            assert parts.tolist() == whole.entries.part[of_all].tolist()
        graph = graph_of(market.entries.start, market.entries.rep, market.n_reps)
        for mine, anew in zip(market.graph[:3], graph[:3], strict=True):
            assert mine.tolist() == anew.tolist()


@pytest.mark.parametrize("seed", range(12))
def test_a_day_in_pieces_is_the_flows(seed, monkeypatch):
    """Value and prices, with one piece alone short of leads or of slots."""
    monkeypatch.setattr(levels, "WIDE", 0.0)
    problem = territories(seed)
    day = solve_factorised(problem, seed=0, time_limit=60)
    stored = problem.stored()
    flow = solve_flow(stored, tree_of(stored), seed=0, time_limit=60)
    assert day.objective == pytest.approx(flow.objective, rel=1e-9)
    assert day.price == pytest.approx(flow.price, abs=1e-7)
    assert day.bound == pytest.approx(dual_function(stored, day.price), rel=1e-12)
    assert day.gap < 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_cores_do_not_matter(seed, monkeypatch):
    """Whether a thread has a piece or all have it, owners and prices are the same."""
    monkeypatch.setattr(levels, "WIDE", 0.0)
    problem = territories(seed)
    days = []
    for cores in (1, 2, 1000):
        monkeypatch.setattr(apart, "n_cores", lambda cores=cores: cores)
        days.append(solve_factorised(problem, seed=0, time_limit=60))
    assert days[0].rep_of.tolist() == days[1].rep_of.tolist() == days[2].rep_of.tolist()
    assert days[0].price.tolist() == days[1].price.tolist() == days[2].price.tolist()


def test_nothing_is_a_piece_of_its_own(monkeypatch):
    """A day without leads, and one that hangs together, are not taken apart."""
    monkeypatch.setattr(pieces, "_piece", None)
    one = territories(0, (30,))
    nobody = one.replace(
        lead_ids=one.lead_ids[:0],
        segment=one.segment[:0],
        log_odds=one.log_odds[:0],
        amount=one.amount[:0],
        must=one.must[:0],
        skip_cost=one.skip_cost[:0],
        lead_factors=one.lead_factors[:0],
    )
    for problem in (one, nobody):
        market = market_of(problem, 0)
        assert [piece.market for piece in pieces_of(market)] == [market]
