"""Weak duality: the bound that dual prices of a program's rows prove."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.model import Model

EPSILON = np.finfo(float).eps


@dataclass(frozen=True, eq=False)
class LinearRelaxation:
    """Dual prices of a program's rows, and the bound that they prove.

    Attributes
    ----------
    price
        Shape (n_rows,); gain of the objective per unit of the binding bound.
    bound
        No allocation has a larger objective, by weak duality; in its unit.
    lost
        Shape (n_pairs,); no allocation with this pair has an objective above the bound
        less this.
    skipped
        Shape (n_leads,); the same for leaving this lead unassigned.
    point
        Shape (n_columns,); an optimal point, or the last one found, or all zero.
    """

    price: NDArray[np.float64]
    bound: float
    lost: NDArray[np.float64]
    skipped: NDArray[np.float64]
    point: NDArray[np.float64]


def proven_by(
    model: Model,
    price: NDArray[np.float64],
    point: NDArray[np.float64] | None = None,
) -> LinearRelaxation:
    """Return the bound and losses that any dual prices prove.

    Parameters
    ----------
    price
        Shape (n_rows,); those of the leads' rows are recomputed.
    """
    problem, program = model.problem, model.program
    price = _corrected(model, price)
    paid = program.rows.T @ price
    off = _rounding(model, price)
    of_pair = problem.value - paid[: problem.n_pairs] + off[: problem.n_pairs]
    best = problem.unassigned_value
    np.maximum.at(best, problem.lead, of_pair)
    with np.errstate(invalid="ignore"):
        held = np.where(price > 0, price * program.upper, price * program.lower)
    other = (program.gain - paid + off)[problem.n_pairs :]
    spare = np.maximum(other, 0.0) * _finite_most(model)
    terms = np.concatenate([held[price != 0], best, spare])
    slack = (
        EPSILON
        * (np.log2(len(terms) + 1) + 4)
        * np.abs(terms[np.isfinite(terms)]).sum()
    )
    lost = best[problem.lead] - of_pair
    pair, owner, _ = model.links
    np.add.at(lost, pair, np.maximum(-other[owner - problem.n_pairs], 0.0))
    return LinearRelaxation(
        price=price,
        bound=float(terms.sum() + slack),
        lost=lost,
        skipped=np.where(problem.must, np.inf, best + problem.skip_cost),
        point=np.zeros(len(program.gain)) if point is None else point,
    )


def _finite_most(model: Model) -> NDArray[np.float64]:
    """Return the most that the columns beside the pairs can be, 0 for no limit.

    What a column without a limit adds is negative at corrected prices.
    """
    most = model.program.most[model.problem.n_pairs :]
    return np.where(np.isfinite(most), most, 0.0)


def _rounding(model: Model, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far the columns' net gains may be too small, shape (n_columns,).

    References
    ----------
    Higham (2002), Accuracy and Stability of Numerical Algorithms, section 3.1.
    """
    program, n_pairs = model.program, model.problem.n_pairs
    size = np.abs(program.rows).T @ np.abs(price)
    size[:n_pairs] += np.abs(model.problem.value)
    size[n_pairs:] += np.abs(program.gain[n_pairs:])
    n_terms = np.diff(model.columns.indptr)
    return np.asarray(EPSILON * (n_terms + 2) * size)


def _corrected(model: Model, price: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return dual feasible prices: right signs, no unbounded column gains."""
    program = model.program
    price = np.where(np.isfinite(program.upper), price, np.minimum(price, 0.0))
    price = np.where(np.isfinite(program.lower), price, np.maximum(price, 0.0))
    price[: model.problem.n_leads] = 0.0
    price = np.clip(price, -model.highest_price, model.highest_price)
    total = model.totals
    price[total.row] = 0.0
    price[total.row] = (program.rows.T @ price)[total.col]
    return price
