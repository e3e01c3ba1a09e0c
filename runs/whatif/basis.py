"""The day that variants start from, and each variant with what of it still holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from crm import Issue
from runs.job.scored import Scored, find_model, score
from runs.morning.remembering import remembering
from runs.prepared.prepared import Prepared, prepared_of
from runs.prepared.stages import Stage, silent
from scenarios import Scenario, ScenarioFile
from scenarios.changes import Changed, Variant
from scoring import TrainedModel
from solver import Rule

READING = ("data", "calendar", "ledger", "sticky", "turns", "open_weight", "duplicates")
"""Sections of a scenario under which its tables, or what a ledger adds, are others."""
FITTED_ON = ("data", "calendar", "scoring")
"""Sections under which another model is trained."""
SCORED_BY = ("objective", "ageing")
"""Sections under which the values of pairs are others."""


@dataclass(frozen=True, eq=False)
class Basis:
    """A day as it is, scored, with what variants of it need.

    Attributes
    ----------
    raw, prepared
        The scenario with its tables as they were read, and as its ledger leaves them.
    trained
        The model.
    scored
        The problem.
    model
        The file of the model; None where it was trained.
    """

    raw: Prepared
    prepared: Prepared
    trained: TrainedModel
    scored: Scored
    model: Path | None

    @property
    def scenario(self) -> Scenario:
        """What the scenario says."""
        return self.prepared.file.scenario

    @cached_property
    def warned(self) -> set[str]:
        """What is odd of the day as it is."""
        return {str(issue) for issue in self.scored.warnings}


@dataclass(frozen=True, eq=False)
class VariantDay:
    """A variant of the day, scored.

    Attributes
    ----------
    name
        What the comparison calls it.
    scored
        The problem.
    changes
        What each change does, in sentences.
    is_retrained
        Whether another model was trained for it.
    notes
        What the reader has to know of it.
    """

    name: str
    scored: Scored
    changes: tuple[str, ...] = ()
    is_retrained: bool = False
    notes: tuple[str, ...] = ()

    def warnings(self, basis: Basis) -> tuple[Issue, ...]:
        """Return what is odd, and was not so of the basis."""
        issues = self.scored.warnings
        return tuple(issue for issue in issues if str(issue) not in basis.warned)


def basis_of(
    raw: Prepared,
    trained: TrainedModel | None,
    model: Path | None,
    stage: Stage = silent,
) -> Basis:
    """Return the basis of a day; its model is trained unless there is one."""
    prepared = remembering(raw, model)
    trained = trained or find_model(prepared, model, stage)
    return Basis(raw, prepared, trained, score(prepared, trained, stage), model)


def check_variant(raw: Prepared, variant: Variant) -> None:
    """Raise what is wrong with a variant, as far as the day's tables tell.

    Raises
    ------
    ScenarioError
        With everything found wrong.
    """
    file = variant.file(raw.file)
    if not _differ(raw.file.scenario, file.scenario, READING):
        variant.applied(raw.file, raw.crm)


def variant_day(basis: Basis, variant: Variant) -> VariantDay:
    """Return a variant of the day, scored.

    Tables, the model, the scores and what rules say of pairs are those of the basis
    wherever no change touches them.

    Raises
    ------
    ScenarioError, DataError
        Where a change names what is not there, or leads to what no day can be.
    """
    file = variant.file(basis.prepared.file)
    if _differ(basis.scenario, file.scenario, READING):
        return _read_again(basis, variant)
    changed = variant.applied(basis.prepared.file, basis.prepared.crm)
    prepared = _prepared(basis.prepared, changed)
    seeds = basis.scenario.solve.seed, file.scenario.solve.seed
    retrains = basis.model is None and (
        _differ(basis.scenario, file.scenario, FITTED_ON)
        or "history" in changed.tables
        or seeds[0] != seeds[1]
    )
    trained = find_model(prepared, None) if retrains else basis.trained
    rescored = _differ(basis.scenario, file.scenario, SCORED_BY) or changed.tables
    if retrains or rescored or _asks_for_more(file.scenario, basis):
        scored = score(prepared, trained)
    else:
        scored = _under(basis.scored, prepared)
    notes = tuple(_as_fitted(basis, file))
    return VariantDay(variant.name, scored, changed.sentences, retrains, notes)


def _as_fitted(basis: Basis, file: ScenarioFile) -> Iterator[str]:
    """Yield that a model of a file stays as it was fitted."""
    if basis.model and _differ(basis.scenario, file.scenario, ("scoring",)):
        yield f"the model of {basis.model} is used as it is: scoring changes nothing"


def _differ(before: Scenario, after: Scenario, sections: tuple[str, ...]) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in sections)


def _asks_for_more(scenario: Scenario, basis: Basis) -> bool:
    """Tell whether a rule asks for a column that only scoring adds, and has not."""
    crm = basis.scored.prepared.crm
    return any(
        column not in getattr(crm, table)
        for rule in scenario.rules
        for table, column in rule.needs
    )


def _prepared(before: Prepared, changed: Changed) -> Prepared:
    warnings = (*before.warnings, *changed.warnings)
    return replace(before, file=changed.file, crm=changed.crm, warnings=warnings)


def _under(scored: Scored, prepared: Prepared) -> Scored:
    """Return the scored day under other rules; those that are alike are not read."""
    rules = shared_rules(scored.day.rules, prepared.file.scenario.rules)
    day = scored.day.under(rules)
    return replace(scored, prepared=replace(prepared, crm=scored.prepared.crm), day=day)


def shared_rules(known: tuple[Rule, ...], rules: list[Rule]) -> list[Rule]:
    """Return the rules; those that are known as they are, by the same objects."""
    by_name = {rule.name: rule for rule in known}
    return [by_name[r.name] if by_name.get(r.name) == r else r for r in rules]


def _read_again(basis: Basis, variant: Variant) -> VariantDay:
    """Return a variant whose tables are read anew, and whose model is trained anew."""
    file = variant.file(basis.raw.file)
    raw = prepared_of(file, basis.raw.folder, trained=basis.raw.trained)
    changed = _of_tables(variant, basis.raw.file, raw)
    first = basis.prepared.run_id
    prepared = remembering(_prepared(raw, changed), basis.model, beside=first)
    retrains = basis.model is None and (
        _differ(basis.scenario, file.scenario, FITTED_ON)
        or file.scenario.data.history_from_ledger
    )
    trained = find_model(prepared, basis.model) if retrains else basis.trained
    return VariantDay(
        variant.name, score(prepared, trained), changed.sentences, retrains
    )


def _of_tables(variant: Variant, before: ScenarioFile, raw: Prepared) -> Changed:
    """Return the changes of the tables, the scenario being changed already."""
    told = (change.of_scenario(before, raw.file) for change in variant.changes)
    day = Changed(raw.file, raw.crm, tuple(filter(None, told)))
    for change in variant.changes:
        day = change.on_tables(day)
    return day
