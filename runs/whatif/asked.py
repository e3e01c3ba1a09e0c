"""What is asked of a comparison of variants, and the day that they start from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from runs.prepared.prepared import Prepared, prepare
from runs.prepared.saved_model import asks_for_history
from runs.prepared.stages import Stage, silent
from scenarios import ScenarioFile
from scenarios.changes import Variant


@dataclass(frozen=True)
class WhatIf:
    """What is compared.

    Attributes
    ----------
    paths
        Scenario files; the first is what the others are compared with.
    variants
        Changes of the first.
    data, as_of, model
        As for :func:`runs.allocate`.
    with_costs, with_growth
        Whether the first is asked what its rules cost, and where growth pays.
    """

    paths: Sequence[Path]
    variants: Sequence[Variant] = ()
    data: Path | None = None
    as_of: date | datetime | None = None
    model: Path | None = None
    with_costs: bool = True
    with_growth: bool = True

    def prepared(self, stage: Stage = silent) -> Prepared:
        """Return the day that the variants start from, its ledger unread.

        Where a model stands for the history, its rows are read only if the scenario or
        a variant asks for them.

        Raises
        ------
        DataError, ScenarioError, ModelFileError
            As :func:`runs.prepare` does.
        """
        path, data, as_of = self.paths[0], self.data, self.as_of
        raw = prepare(path, data, stage, as_of=as_of, model=self.model)
        if raw.crm.past is None or not any(
            _asks_for_history(variant, raw.file) for variant in self.variants
        ):
            return raw
        return replace(prepare(path, data, as_of=as_of), trained=raw.trained)

    def counts_revenue(self, files: Sequence[ScenarioFile]) -> bool:
        """Tell whether the objective of any variant counts revenue."""
        objectives = (file.scenario.objective for file in self._all(files))
        return any(objective.maximise == "revenue" for objective in objectives)

    def draws(self, files: Sequence[ScenarioFile]) -> bool:
        """Tell whether any variant draws owners at random."""
        return any(file.scenario.experiment for file in self._all(files))

    def _all(self, files: Sequence[ScenarioFile]) -> Iterator[ScenarioFile]:
        """Yield the scenario of each file, and of the first under each variant."""
        yield from files
        for variant in self.variants:
            yield variant.file(files[0])


def _asks_for_history(variant: Variant, file: ScenarioFile) -> bool:
    """Tell whether a variant needs rows of history, or changes some."""
    tables = {change.target(file)[:1] for change in variant.changes}
    return ("history",) in tables or asks_for_history(variant.file(file).scenario)
