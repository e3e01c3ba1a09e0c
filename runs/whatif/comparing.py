"""Variants of one day side by side."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from crm.rep_names import names_of
from evaluation.simulation.processes import results_of
from reporting.text.whatif.whatif_figures import (
    COSTS,
    GROWTH,
    VariantDifference,
    VariantFigures,
    WhatIfFigures,
)
from runs.job.scored import score
from runs.job.summary import leak_warnings
from runs.morning.remembering import remembering
from runs.prepared.prepared import prepared_of
from runs.prepared.stages import Stage, silent
from runs.whatif.asked import WhatIf
from runs.whatif.basis import (
    FITTED_ON,
    Basis,
    VariantDay,
    basis_of,
    check_variant,
    variant_day,
)
from runs.whatif.combined_costs import combined_costs
from runs.whatif.differences import difference
from runs.whatif.figures import SolvedVariant, figures_of, solved
from runs.whatif.growth_anew import growth_table
from scenarios import ScenarioFile, read_scenario
from scenarios.changes import Variant
from solver.engines.processes.process import n_cores
from solver.problem.deadline import Deadline

FIRST, VARIANTS, COSTING = 0.25, 0.6, 0.6
"""Parts of the time limit for the first day, and of what is left then."""
SLOW = 10.0
"""Seconds that variants take one after the other from which processes are started."""
AS_IT_IS = "as it is"

DRAWN = (
    "An experiment draws owners at random: what is assigned, moved and other is of one "
    "draw, whose luck no interval holds. Rule costs and growth are of the optimum."
)

Compared = tuple[int, VariantFigures, VariantDifference]
"""Place of a variant, its figures, and what differs from the first."""
MakeDay = Callable[[], VariantDay]


def compare_variants(asked: WhatIf, stage: Stage = silent) -> WhatIfFigures:
    """Return a day's variants side by side; nothing is written, no ledger touched.

    Raises
    ------
    DataError, ScenarioError, ModelFileError
        With everything found wrong in the input.
    """
    raw = asked.prepared(stage)
    files = [raw.file, *(read_scenario(path) for path in asked.paths[1:])]
    for variant in asked.variants:
        check_variant(raw, variant)
    basis = basis_of(raw, None, asked.model, stage)
    stage("solving")
    own_name, *names = _names(files) if len(files) > 1 else [AS_IT_IS]
    days = [
        *(_maker(basis, variant) for variant in asked.variants),
        *map(partial(_file_maker, basis, asked), files[1:], names),
    ]
    deadline = Deadline.after(basis.scenario.solve.time_limit)
    part = FIRST if days else 1 - VARIANTS
    day = VariantDay(own_name, basis.scored)
    first = solved(day, deadline.part(part).seconds)
    comparison = _Comparison(basis, first, asked.counts_revenue(files))
    found = comparison.of(days, deadline.part(VARIANTS))
    compared = sorted(found, key=lambda each: each[0])
    stage("pricing")
    costs, growth = _of_first(asked, basis, first, deadline)
    return WhatIfFigures(
        scenario=basis.scenario.name,
        as_of=basis.prepared.crm.as_of,
        variants=(comparison.figures(first), *(own for _, own, _ in compared)),
        differences=tuple(own for *_, own in compared),
        names=names_of(raw.crm.reps),
        rule_costs=costs,
        growth=growth,
        price_kind=first.experiment.optimum.price_kind,
        notes=(*_notes(basis), *[DRAWN] * asked.draws(files), *raw.unread),
        cut_short=tuple(_cut_short(basis, deadline)),
        warnings=(*basis.scored.warnings, *leak_warnings(basis.trained.card)),
    )


def _of_first(
    asked: WhatIf, basis: Basis, first: SolvedVariant, deadline: Deadline
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the rules of the first cost, and where growth pays."""
    costs, growth = pd.DataFrame(columns=COSTS), pd.DataFrame(columns=GROWTH)
    if asked.with_costs:
        costs = combined_costs(first, deadline.part(COSTING).seconds)
    if asked.with_growth:
        growth = growth_table(basis, first, deadline.seconds)
    return costs, growth


def _cut_short(basis: Basis, deadline: Deadline) -> Iterator[str]:
    if deadline.seconds <= 0:
        limit = basis.scenario.solve.time_limit
        yield f"The time limit of {limit:g} s ended before all was solved."


def _names(files: Sequence[ScenarioFile]) -> list[str]:
    """Return what scenario files are called, with the file where two share a name.

    Where two files have that in common as well, with its folder.
    """
    names = [file.scenario.name for file in files]
    named = [f"{file.scenario.name} ({file.path.name})" for file in files]
    return [
        name
        if names.count(name) == 1
        else (own if named.count(own) == 1 else f"{name} ({file.path})")
        for name, own, file in zip(names, named, files, strict=True)
    ]


def _notes(basis: Basis) -> Iterator[str]:
    """Yield what the ledger says of the day."""
    earlier = basis.prepared.earlier
    if basis.prepared.morning is None:
        return
    kept = len(earlier.kept)
    yield (
        f"The ledger is read, and nothing is written to it: {kept:,} leads of the day "
        "have an owner by it or are closed, and take no part in any variant."
    )
    yield from earlier.notes


def _maker(basis: Basis, variant: Variant) -> MakeDay:
    return lambda: variant_day(basis, variant)


def _file_maker(basis: Basis, asked: WhatIf, file: ScenarioFile, name: str) -> MakeDay:
    return lambda: _file_day(basis, asked, file, name)


def _file_day(basis: Basis, asked: WhatIf, file: ScenarioFile, name: str) -> VariantDay:
    """Return the day of another scenario file, by the same model where it may be."""
    if asked.as_of is not None:
        file = file.at(asked.as_of)
    folder = file.path.parent if asked.data is None else asked.data
    first = basis.prepared.run_id
    raw = prepared_of(file, folder, trained=basis.raw.trained)
    prepared = remembering(raw, basis.model, beside=first)
    scenario = file.scenario
    same = folder.resolve() == basis.raw.folder.resolve() and all(
        getattr(scenario, name) == getattr(basis.raw.file.scenario, name)
        for name in FITTED_ON
    )
    other = basis if same else basis_of(prepared, None, basis.model)
    scored = score(prepared, other.trained)
    return VariantDay(name, scored, (), other is not basis)


@dataclass(frozen=True)
class _Comparison:
    """Variants held against the first."""

    basis: Basis
    first: SolvedVariant
    with_revenue: bool

    def figures(self, variant: SolvedVariant) -> VariantFigures:
        return figures_of(variant, self.basis, with_revenue=self.with_revenue)

    def of(self, days: Sequence[MakeDay], deadline: Deadline) -> Iterator[Compared]:
        """Yield each variant compared, on all cores where that is worth it."""
        seconds = self.first.seconds
        count = 1 if seconds * len(days) < SLOW else n_cores()
        own = deadline.seconds * min(count, max(len(days), 1)) / max(len(days), 1)

        def compared(place: int) -> Iterator[Compared]:
            variant = solved(days[place](), own)
            than = difference(self.first, variant, with_revenue=self.with_revenue)
            yield place, self.figures(variant), than

        yield from results_of(compared, range(len(days)), count)
