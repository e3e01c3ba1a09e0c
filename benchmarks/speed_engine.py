"""One engine on one problem, in a process of its own: prints a row as JSON.

``speed_engine.py build FOLDER LEADS REPS OVERLAP SEED`` makes the problem and keeps it
in the folder; ``speed_engine.py ENGINE FOLDER`` solves it. Imports, and making the
company, are not timed.
"""

import json
import pickle
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import csr_array, vstack
from transport_instance import GRID, Company, company

from solver import Problem, Solution, solve

PROBLEM = "problem.pickle"
UNLIMITED = float("inf")
Answer = tuple[NDArray[np.integer[Any]], float]
"""The chosen pairs, and the engine's own bound: of an exact method, its optimum."""


def rightrep(problem: Problem) -> Answer:
    """Our engine: split, priced, balanced, proven."""
    result = solve(problem, seed=0, time_limit=UNLIMITED)
    return result.solution.pair[result.solution.assigned], result.bound


def plain_flow(problem: Problem) -> Answer:
    """One OR-Tools flow over all pairs at once: nothing split, balanced or priced."""
    n_leads, sink = problem.n_leads, problem.n_leads + problem.n_reps
    every_node = np.arange(sink + 1, dtype=np.int32)
    ones = np.ones(n_leads, dtype=np.int64)
    flow = SimpleMinCostFlow()
    pairs = flow.add_arcs_with_capacity_and_unit_cost(
        problem.lead.astype(np.int32),
        problem.rep + np.int32(n_leads),
        np.ones(problem.n_pairs, dtype=np.int64),
        -np.rint(problem.value / GRID).astype(np.int64),
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        every_node[:-1],
        np.full(sink, sink, dtype=np.int32),
        np.concatenate([ones, problem.capacity]),
        np.zeros(sink, dtype=np.int64),
    )
    supply = np.concatenate([ones, 0 * problem.capacity, [-n_leads]])
    flow.set_nodes_supplies(every_node, supply)
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the plain flow found no optimum")
    return np.flatnonzero(flow.flows(pairs)), -flow.optimal_cost() * GRID


def highs(problem: Problem) -> Answer:
    """SciPy's HiGHS on the sparse linear program, whose vertices are whole numbers."""
    pairs, every = np.arange(problem.n_pairs), np.ones(problem.n_pairs)
    of_leads = csr_array((every, pairs, problem.indptr))
    of_reps = csr_array((every, (problem.rep, pairs)), (problem.n_reps, len(pairs)))
    room = np.concatenate([np.ones(problem.n_leads), problem.capacity])
    program = linprog(-problem.value, vstack([of_leads, of_reps]), room, method="highs")
    if program.status != 0:
        raise RuntimeError(f"HiGHS: {program.message}")
    return np.flatnonzero(program.x > 0.5), -float(room @ program.ineqlin.marginals)


def slots(problem: Problem) -> Answer:
    """SciPy's linear_sum_assignment on a dense table of leads by single slots."""
    pair = np.full((problem.n_leads, problem.n_reps), -1)
    pair[problem.lead, problem.rep] = np.arange(problem.n_pairs)
    value = np.where(pair >= 0, problem.value[pair], 0.0)
    lead, slot = linear_sum_assignment(
        np.repeat(value, problem.capacity, axis=1), maximize=True
    )
    rep = np.repeat(np.arange(problem.n_reps), problem.capacity)[slot]
    chosen = pair[lead, rep]
    return chosen[chosen >= 0], float(value[lead, rep].sum())


ENGINES: dict[str, Callable[[Problem], Answer]] = {
    "rightrep": rightrep,
    "flow": plain_flow,
    "highs": highs,
    "lsa": slots,
}


def built(folder: Path, small_company: Company) -> dict[str, Any]:
    """Return the row of building the problem, which stays in the folder."""
    begin = perf_counter()
    problem = small_company.day().problem
    row = _row(problem, perf_counter() - begin)
    (folder / PROBLEM).write_bytes(pickle.dumps(problem))
    return row


def solved(folder: Path, engine: Callable[[Problem], Answer]) -> dict[str, Any]:
    """Return the row of solving the problem in the folder, its answer checked."""
    problem: Problem = pickle.loads((folder / PROBLEM).read_bytes())
    begin = perf_counter()
    chosen, bound = engine(problem)
    row = _row(problem, perf_counter() - begin)
    solution = Solution.unassigned(problem)
    solution.pair[problem.lead[chosen]] = chosen
    breaches = list(solution.breaches())
    if breaches or solution.n_assigned < len(chosen):
        raise RuntimeError(breaches or "a lead has two reps")
    return row | {"objective": solution.objective, "bound": bound}


def _row(problem: Problem, seconds: float) -> dict[str, Any]:
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return {
        "pairs": problem.n_pairs,
        "seconds": seconds,
        "objective": None,
        "bound": None,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit,
    }


if __name__ == "__main__":
    name, where, *size = sys.argv[1:]
    if name == "build":
        leads, reps, overlap, seed = map(float, size)
        small_company = company(int(leads), int(reps), overlap=overlap, seed=int(seed))
        row = built(Path(where), small_company)
    else:
        row = solved(Path(where), ENGINES[name])
    print(json.dumps(row))
