"""Where the next slot, hire or skill pays most: estimated, and the best solved anew."""

from collections.abc import Iterator
from itertools import islice

import pandas as pd

from crm import Where
from reporting.text.whatif.whatif_figures import GROWTH
from runs.whatif.basis import Basis, variant_day
from runs.whatif.figures import SolvedVariant, solved
from runs.whatif.growth_estimates import HIRE, SKILLS, SLOT, Growth, estimated_growth
from scenarios.changes import Change, Variant
from scenarios.changes.new_value import NewValue
from scenarios.changes.table_changes import CellChange, NewRep
from solver.problem.deadline import Deadline

SHOWN = 5
"""Slots, hires and skills that are told."""
ANEW = {HIRE: 2, SLOT: 0}
"""Kind -> how many of the best are solved anew; of all skills together, three."""
SKILLS_ANEW = 3
SOURCE = "next hire"


def growth_table(basis: Basis, first: SolvedVariant, seconds: float) -> pd.DataFrame:
    """Return where one more slot, rep or skill pays most, the best of each kind first.

    Parameters
    ----------
    seconds
        For all that is solved anew.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`reporting.text.whatif.whatif_figures.GROWTH`; ``gain`` and
        ``leads`` are missing where the day was not solved anew.
    """
    if not first.experiment.optimum.status.has_solution:
        return pd.DataFrame(columns=GROWTH)
    deadline, rows = Deadline.after(seconds), []
    estimates = estimated_growth(first)
    for kinds in ((HIRE,), tuple(SKILLS), (SLOT,)):
        of_kind = islice((g for g in estimates if g.kind in kinds), SHOWN)
        anew = ANEW.get(kinds[0], SKILLS_ANEW)
        rows += list(_rows(basis, first, list(of_kind), anew, deadline))
    return pd.DataFrame(rows, columns=GROWTH)


def _rows(
    basis: Basis,
    first: SolvedVariant,
    growths: list[Growth],
    anew: int,
    deadline: Deadline,
) -> Iterator[tuple]:
    rows: list[tuple] = []
    for place, growth in enumerate(growths):
        own = (growth.kind, growth.rep_id, growth.what, growth.estimate)
        gain = None
        if place < anew and deadline.seconds > 0:
            gain = _gain(basis, first, growth, deadline.part(0.25).seconds)
        rows.append((*own, *(gain or (None, None, False))))
    yield from sorted(rows, key=lambda row: (row[4] is None, -(row[4] or row[3])))


def _gain(
    basis: Basis, first: SolvedVariant, growth: Growth, seconds: float
) -> tuple[float, int, bool] | None:
    """Return what the objective and the day gain, and whether that is proven."""
    variant = Variant(SOURCE, (_change(basis, growth),))
    again = solved(variant_day(basis, variant), seconds).experiment.optimum
    before = first.experiment.optimum
    if not again.status.has_solution:
        return None
    gain = again.objective - before.objective
    leads = again.solution.n_assigned - before.solution.n_assigned
    return gain, leads, again.is_optimal and before.is_optimal


def _change(basis: Basis, growth: Growth) -> Change:
    if growth.kind == HIRE:
        cells = {"open_leads": 0} if basis.raw.crm.has("reps", "open_leads") else {}
        new = f"new like {growth.rep_id}"
        return NewRep(SOURCE, new, cells, like=growth.rep_id)
    value = NewValue("+", growth.what)
    where: Where = {"rep_id": growth.rep_id}
    return CellChange(SOURCE, "reps", SKILLS[growth.kind][1], value, where)
