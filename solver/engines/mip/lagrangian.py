"""Dual prices of slots and limits, by a smoothed Lagrangian relaxation.

At given prices each lead, or group of leads under one owner, takes what gains most: the
sum of that bounds every allocation. It is smoothed and minimised; large programs with
many groups have tight prices long before their linear relaxation is solved.

References
----------
Nesterov (2005), Smooth minimization of non-smooth functions, Mathematical Programming
103, 127-152.
Byrd, Lu, Nocedal & Zhu (1995), A limited memory algorithm for bound constrained
optimization, SIAM Journal on Scientific Computing 16, 1190-1208.
"""

from time import monotonic

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, OptimizeResult, minimize
from scipy.sparse import csr_array, vstack
from scipy.special import expit

from solver.engines.mip.blocks import Blocks
from solver.engines.mip.model import Model

SMOOTHNESS = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002)
"""Temperatures one after the other, in gains of an ordinary lead."""
STEPS, MEMORY = 15, 20
"""Steps at each temperature, and those that L-BFGS remembers."""
HIGHEST = 1e12
"""The largest price, in gains of an ordinary lead; an infeasible day has no end."""


def lagrangian_prices(model: Model, blocks: Blocks, end: float) -> NDArray[np.float64]:
    """Return dual prices of the program's rows, shape (n_rows,).

    Parameters
    ----------
    end
        When to stop, by the monotonic clock; the best prices until then are returned.
    """
    dual = _Dual(model, blocks)
    price = np.zeros(len(dual.most))
    for left in range(len(SMOOTHNESS), 0, -1) if len(price) else ():
        now = monotonic()
        if now >= end:
            break
        soon = now + (end - now) / left
        price = dual.minimised(price, SMOOTHNESS[-left], soon)
    return dual.row_prices()


class _Dual:
    """The bound that prices of slots and limits prove, as a smooth function of them.

    Every priced row is brought to the form ``row @ z <= most`` and to one scale.
    """

    def __init__(self, model: Model, blocks: Blocks) -> None:
        self._model, self._blocks = model, blocks
        problem, program = model.problem, model.program
        first, last = problem.n_leads, model.n_told_rows
        rows = csr_array(program.rows[first:last, : problem.n_pairs])
        lower, upper = program.lower[first:last], program.upper[first:last]
        n_entries = np.diff(rows.indptr)
        binds_above = np.flatnonzero(np.isfinite(upper) & (n_entries > 0))
        binds_below = np.flatnonzero(np.isfinite(lower) & (lower > 0) & (n_entries > 0))
        self._row = first + np.concatenate([binds_above, binds_below])
        sign = np.repeat([1.0, -1.0], [len(binds_above), len(binds_below)])
        size = np.asarray(abs(rows).sum(axis=1)) / np.maximum(n_entries, 1)
        self._per_unit = sign / np.maximum(size[self._row - first], 1e-300)
        matrix = vstack([rows[binds_above], rows[binds_below]], format="csr")
        self._rows = csr_array(matrix[:, blocks.order] * self._per_unit[:, None])
        self._columns = csr_array(self._rows.T)
        held = np.concatenate([upper[binds_above], lower[binds_below]])
        self._held = held * self._per_unit
        self._gain = program.gain[: problem.n_pairs][blocks.order]
        self._must = problem.must[problem.lead[blocks.order]]
        self._unit = ordinary_gain(model)
        self.most = model.highest_price[self._row] / np.abs(self._per_unit)
        self._least, self._best = np.inf, np.zeros(len(self.most))

    def minimised(
        self, price: NDArray[np.float64], temperature: float, end: float
    ) -> NDArray[np.float64]:
        """Return better prices, from these, at one temperature."""

        def value(price: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            bound, slope = self._smooth(price * self._unit, temperature * self._unit)
            return bound / self._unit, slope

        def stop_in_time(intermediate_result: OptimizeResult) -> None:
            if monotonic() >= end:
                raise StopIteration

        found = minimize(
            value,
            price,
            method="L-BFGS-B",
            jac=True,
            bounds=Bounds(0.0, np.minimum(self.most / self._unit, HIGHEST)),
            callback=stop_in_time,
            options={"maxiter": STEPS, "maxcor": MEMORY},
        )
        return np.asarray(found.x, dtype=np.float64)

    def row_prices(self) -> NDArray[np.float64]:
        """Return the best prices so far, with those of owners, shape (n_rows,)."""
        price = np.zeros(len(self._model.program.lower))
        np.add.at(price, self._row, self._best * self._per_unit)
        return self._blocks.with_owners_priced(self._model, price)

    def _smooth(
        self, price: NDArray[np.float64], temperature: float
    ) -> tuple[float, NDArray[np.float64]]:
        """Return the smoothed bound and its slope in the prices; remember the best."""
        net = self._gain - self._columns @ price
        held = float(price @ self._held)
        bound = self._blocks.largest(np.where(self._must, net, np.maximum(net, 0.0)))
        if bound + held < self._least:
            self._least, self._best = bound + held, price.copy()
        scaled = net / temperature
        soft = np.where(self._must, scaled, np.logaddexp(0.0, scaled))
        part = np.where(self._must, 1.0, expit(scaled))
        total, chosen = self._blocks.soft_largest(soft)
        slope = self._held - self._rows @ (chosen * part)
        return temperature * total + held, np.asarray(slope, dtype=np.float64)


def ordinary_gain(model: Model) -> float:
    """Return the gain of an ordinary lead with its best rep."""
    best = np.zeros(model.problem.n_leads)
    np.maximum.at(best, model.problem.lead, model.program.gain[model.is_pair])
    return float(np.median(best[best > 0])) if np.any(best > 0) else 1.0
