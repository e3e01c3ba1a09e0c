"""Interactions of a lead with all reps of its segment, in wide loops.

Leads of a segment are looked at one after the other, so that the reps' factors are laid
out for them once. Sums are over factors in their order, as for a pair by itself.
"""

import numpy as np
from numpy.typing import NDArray

from solver.engines.price.machine.compiled import compiled, compiled_sweep


@compiled
def lay_out(
    factors: NDArray[np.float64], rep: NDArray[np.int32], table: NDArray[np.float64]
) -> None:
    """Write the factors of some reps, shape (n_factors, at least as many reps).

    Parameters
    ----------
    factors
        Shape (n_factors, n_reps).
    """
    for k in range(len(factors)):
        of_reps, row = factors[k], table[k]
        for j in range(len(rep)):
            row[j] = of_reps[rep[j]]


@compiled_sweep
def add_up(
    added: NDArray[np.float64],
    of_lead: NDArray[np.float64],
    table: NDArray[np.float64],
    more: NDArray[np.float64],
) -> None:
    """Write what reps add to the log odds of a lead, before steps.

    Parameters
    ----------
    added
        Shape (n_options,); what they add to any lead.
    of_lead
        Shape (n_factors,).
    table
        As laid out.
    more
        Shape (n_options,).
    """
    count = len(added)
    for j in range(count):
        more[j] = added[j]
    for k in range(len(of_lead)):
        by, row = of_lead[k], table[k, :count]
        for j in range(count):
            more[j] += by * row[j]
