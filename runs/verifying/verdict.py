"""A run folder audited, without the solver."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from runs.folder.reading import RunFolder, read_folder
from runs.verifying.audit import Audit
from runs.verifying.coverage import coverage_problems
from runs.verifying.figures import bound_by_prices, figure_problems, is_below
from runs.verifying.folder_files import file_problems
from runs.verifying.linked_inputs import linked_problems, unlinked
from runs.verifying.randomisation import randomisation_problems
from runs.verifying.report import report_problems
from runs.verifying.rule_costs import rule_cost_problems
from runs.verifying.surroundings import surrounding_problems
from runs.verifying.tables import table_problems
from solver import violations


class Proof(StrEnum):
    """What the folder's prices say of its bound."""

    NO_BOUND = "no bound"
    PROVEN = "bound proven again by prices.csv"
    NOT_PROVEN = "bound not re-proven"


@dataclass(frozen=True)
class Verdict:
    """What a run folder holds, and everything wrong with it.

    Attributes
    ----------
    problems
        A sentence each; empty if the folder is as it should be.
    n_assigned, n_unassigned
        Rows in the two tables.
    n_hard, n_soft
        Rules that were held against every row, and rules whose penalties were
        computed again.
    proof
        Whether the folder's prices prove its bound.
    notes
        What could not be checked, a sentence each.
    """

    problems: tuple[str, ...]
    n_assigned: int
    n_unassigned: int
    n_hard: int
    n_soft: int
    proof: Proof
    notes: tuple[str, ...] = ()


def verify(folder: Path, data: Path | None = None) -> Verdict:
    """Return the verdict on a run folder.

    From its inputs alone the folder's values, penalties, objective, reasons and counts
    are computed again, and every rule is held against every row. Nothing is solved:
    that no better allocation exists is proven again where the prices prove it.

    Raises
    ------
    DataError, ScenarioError
        Where the folder is none, or its files cannot be read.
    """
    run = read_folder(folder)
    assigned = run.rows("assignments.csv", "lead_id", "rep_id", "arm", "propensity")
    unassigned = run.rows("unassigned.csv", "lead_id", "reason", "arm", "propensity")
    rules, owner = (
        run.file.scenario.rules,
        {row["lead_id"]: row["rep_id"] for row in assigned},
    )
    lead_ids, experiment = run.crm.leads["lead_id"], run.manifest.experiment
    audit = Audit.of(run)
    problems = [
        *file_problems(run),
        *coverage_problems(run.crm, assigned, unassigned),
        *experiment.problems(lead_ids, run.rows, [*assigned, *unassigned]),
        *_violations(run, owner),
        *figure_problems(audit),
        *table_problems(audit),
        *rule_cost_problems(audit),
        *surrounding_problems(audit),
        *(linked_problems(run, data) if data else ()),
        *report_problems(audit),
        *randomisation_problems(audit),
    ]
    checked = [rule for rule in rules if owner or run.manifest.status.has_solution]
    n_hard = sum(rule.is_hard for rule in checked)
    counts = len(assigned), len(unassigned), n_hard, len(checked) - n_hard
    notes = () if data else tuple(unlinked(run))
    return Verdict(tuple(problems), *counts, _proof(audit), notes)


def _violations(run: RunFolder, owner: Mapping[str, str]) -> Iterator[str]:
    """Yield where a hard rule is broken, whatever the manifest says of the day."""
    if owner or run.manifest.status.has_solution:
        for violation in violations(run.crm, run.file.scenario.rules, owner):
            yield str(violation)


def _proof(audit: Audit) -> Proof:
    manifest, proven = audit.run.manifest, bound_by_prices(audit)
    if manifest.bound is None:
        return Proof.NO_BOUND
    if proven is None or is_below(audit, manifest.bound, proven):
        return Proof.NOT_PROVEN
    return Proof.PROVEN
