"""A subproblem in integers, as CP-SAT needs it.

Rows of decimal numbers are exact. Others are rounded outwards, so that nothing is
forbidden, or inwards, so that nothing breaks a rule; solutions are judged by the
original numbers afterwards.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from solver.engines.mip.part import FreePart

FINE = 2.0**20
"""Size that gains, and rows of fractions, are brought to."""
OF_SUMS, OF_COMPARISONS = 2.0**12, 2.0**24
"""The same of rows that define a total, and of rows that compare with one."""
DECIMALS = (1000.0, 100.0, 10.0, 1.0)
"""Sizes at which rows of decimal numbers are whole."""
EXACT = 1e-6
"""Rounding error of those rows."""
LEAST_COST = 2.0**8
"""A cost that is smaller in whole numbers than this makes all gains larger."""
LARGEST_GAIN = 2.0**36
LARGEST_COLUMN = 2.0**57
"""The most that a column may bring, so that sums stay within 64 bits."""
FARTHEST = 2.0**60
"""Stands for an infinite bound."""
BLUR = 1e-4
"""Noise on gains, relative to the largest, so that equal allocations change."""


@dataclass(frozen=True, eq=False)
class Integers:
    """A subproblem in integers.

    Attributes
    ----------
    now, gain, most
        Shape (n_columns,).
    rows
        Shape (n_rows, n_columns).
    lower, upper
        Shape (n_rows,).
    broken
        Shape (n_rows,); how far a row is below (negative) or above its bounds now.
    largest_gain
        Of a pair.
    """

    now: NDArray[np.int64]
    gain: NDArray[np.int64]
    most: NDArray[np.int64]
    rows: csr_array
    lower: NDArray[np.int64]
    upper: NDArray[np.int64]
    broken: NDArray[np.int64]
    largest_gain: int


def in_whole_numbers(
    part: FreePart, rng: np.random.Generator, *, inwards: bool = False
) -> Integers:
    """Return the subproblem in integers, with noise on its gains every other time.

    Parameters
    ----------
    rng
        Of the noise.
    inwards
        Whether rows that are not exact are rounded inwards, not outwards.
    """
    scale, slip, unit = _sizes(part)
    given = np.where(inwards & ~part.is_sum & (slip > EXACT), -slip, slip)
    entries = coo_array(part.rows)
    row, column = entries.coords
    whole = np.rint(entries.data * scale[row] * unit[column])
    whole = np.clip(whole, -FARTHEST, FARTHEST)
    rows = csr_array((whole.astype(np.int64), (row, column)), shape=entries.shape)
    lower = _bound(np.ceil(part.lower * scale - given))
    upper = _bound(np.floor(part.upper * scale + given))
    most = _most(part, rows, lower, upper, unit)
    gain, largest = _gains(part, unit, most, rng)
    now = np.minimum(np.rint(part.now / unit), most).astype(np.int64)
    return Integers(
        now=now,
        gain=gain.astype(np.int64),
        most=most.astype(np.int64),
        rows=rows,
        lower=lower.astype(np.int64),
        upper=upper.astype(np.int64),
        broken=_broken(rows @ now, lower, upper),
        largest_gain=int(largest),
    )


def _sizes(part: FreePart) -> tuple[NDArray[np.float64], ...]:
    """Return scale and rounding slack of each row, and the unit of each column."""
    entries = coo_array(part.rows)
    row, column = entries.coords
    n_rows = len(part.lower)
    compares = np.bincount(row, part.is_total[column], n_rows) > 0
    compares &= ~part.is_sum
    fine = np.where(part.is_sum, OF_SUMS, np.where(compares, OF_COMPARISONS, FINE))
    size = fine / 2.0 ** np.ceil(np.log2(_largest_entries(part)))
    slip = np.full(n_rows, part.n_pairs / 2)
    for decimal in DECIMALS:
        exact = _is_exact(part, decimal) & ~compares
        size, slip = np.where(exact, decimal, size), np.where(exact, EXACT, slip)
    unit = np.ones(len(part.gain))
    own = ~part.is_integer[column] & (part.is_sum[row] | ~part.is_total[column])
    unit[column[own]] = 1 / size[row[own]]
    # What a comparison's total slips, the comparison slips too, and its own rounding.
    of_total = part.is_total[column] & ~part.is_sum[row]
    total = np.zeros(len(part.gain))
    sums = part.is_total[column] & part.is_sum[row]
    total[column[sums]] = slip[row[sums]] / size[row[sums]]
    slipped = np.abs(entries.data) * total[column] * size[row]
    slipped += np.where(of_total, part.most[column] / unit[column] / 2, 0.0)
    slip += np.bincount(row[of_total], slipped[of_total], n_rows)
    return size, slip, unit


def _largest_entries(part: FreePart) -> NDArray[np.float64]:
    entries = coo_array(part.rows)
    row, column = entries.coords
    counted = part.is_integer[column]
    largest = np.zeros(len(part.lower))
    np.maximum.at(largest, row[counted], np.abs(entries.data[counted]))
    return np.where(largest > 0, largest, 1.0)


def _is_exact(part: FreePart, decimal: float) -> NDArray[np.bool_]:
    """Return which rows are integers when multiplied by this."""
    entries = coo_array(part.rows)
    wrong = ~_is_whole(entries.data * decimal)
    exact = np.bincount(entries.coords[0], wrong, len(part.lower)) == 0
    for bound in (part.lower, part.upper):
        exact &= _is_whole(np.where(np.isfinite(bound), bound, 0.0) * decimal)
    return exact


def _is_whole(number: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.abs(number - np.rint(number)) < 1e-9 * np.maximum(1.0, np.abs(number))


def _bound(bound: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(bound, -FARTHEST, FARTHEST)


def _broken(
    activity: NDArray[np.int64],
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Return how far each row is below (negative) or above its bounds."""
    above = np.maximum(activity - upper.astype(np.int64), 0)
    below = np.maximum(lower.astype(np.int64) - activity, 0)
    return above - below


def _most(
    part: FreePart,
    rows: csr_array,
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
    unit: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the columns' largest values; of unbounded ones, what the rows allow."""
    most = np.where(part.is_integer, part.most / unit, 0.0)
    entries = coo_array(rows)
    row, column = entries.coords
    bounds = [np.where(np.abs(b) < FARTHEST, np.abs(b), 0.0) for b in (lower, upper)]
    for unbounded in (part.is_total, ~part.is_integer & ~part.is_total):
        reach = np.abs(rows).astype(float) @ most + bounds[0] + bounds[1] + 1
        own = unbounded[column] & (part.is_sum[row] | ~part.is_total[column])
        np.maximum.at(most, column[own], reach[row[own]])
    return most


def _gains(
    part: FreePart,
    unit: NDArray[np.float64],
    most: NDArray[np.float64],
    rng: np.random.Generator,
) -> tuple[NDArray[np.float64], float]:
    """Return the gains of one unit of each column, and the largest of a pair."""
    largest = np.abs(part.gain[: part.n_pairs]).max(initial=0.0) or 1.0
    gain = part.gain * unit / largest
    costs = np.abs(gain[part.n_pairs :])
    least = costs[costs > 0].min(initial=np.inf)
    size = min(max(FINE, LEAST_COST / least), LARGEST_GAIN)
    gain[: part.n_pairs] += BLUR * rng.random(part.n_pairs) * rng.integers(2)
    limit = LARGEST_COLUMN / np.maximum(most, 1.0)
    return np.rint(np.clip(gain * size, -limit, limit)), size
