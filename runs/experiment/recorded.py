"""The experiment of a run folder: verified against its tables, and explained."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel

from runs.experiment.tables import UNASSIGNED, drawn_choices, drawn_unassigned
from solver import Explanation, Reason, Status
from solver.randomised import CONTROL, OPTIMAL

if TYPE_CHECKING:
    from reporting import ExperimentFigures

Rows = list[dict[str, str]]
ReadRows = Callable[..., Rows]
"""From a table of the folder and some of its columns to its rows, as text."""

ROUNDING = 1e-9
NOBODY = {"rep_id": UNASSIGNED}


class RecordedExperiment(BaseModel):
    """The experiment that a manifest records: as here none, or as a subclass has it."""

    @property
    def is_drawn(self) -> bool:
        """Whether anything was drawn."""
        return False

    @property
    def figures(self) -> "ExperimentFigures | None":
        """What reports tell of the experiment; None without one."""
        return None

    @property
    def optimum_file(self) -> str:
        """The file that says what the optimum assigned."""
        return "assignments.csv"

    def optimum_status(self, run_status: Status) -> Status:
        """Return how the day was solved."""
        return run_status

    def problems(
        self, lead_ids: Iterable[str], rows: ReadRows, decided: Rows
    ) -> Iterator[str]:
        """Yield a sentence for each arm or propensity that cannot be right.

        Parameters
        ----------
        lead_ids
            The day's leads.
        decided
            Rows of ``assignments.csv`` and ``unassigned.csv``.
        """
        for row in decided:
            if (row["arm"], row["propensity"]) != (OPTIMAL, "1"):
                yield f"lead {row['lead_id']}: nothing was drawn, yet it has an arm"

    def explained(self, explained: Explanation, rows: ReadRows) -> Explanation:
        """Return the explanation of the optimum as one of what was assigned.

        What forcing a rep costs stays as it is: against the optimum.
        """
        return explained

    def choices(self, assigned: pd.DataFrame, rows: ReadRows) -> NDArray[np.object_]:
        """Return why each lead has its rep, shape (n_assigned,).

        Parameters
        ----------
        assigned
            Why, had the optimum assigned it, as :func:`solver.assigned_leads` has it.
        """
        return assigned["reason"].to_numpy(dtype=object)

    def unassigned(self, table: pd.DataFrame, rows: ReadRows) -> pd.DataFrame:
        """Return why each lead without a rep has none.

        Parameters
        ----------
        table
            As :func:`solver.unassigned_leads` has it.
        """
        return table


class RecordedOptimum(BaseModel, extra="forbid"):
    """How the day of an experiment was solved."""

    status: Status
    objective: float


class RecordedRandomisation(RecordedExperiment, extra="forbid"):
    """A randomised assignment, as manifest and tables record it."""

    design: Literal["lead", "day"]
    control_share: float
    control_policy: str
    max_pair_probability: float | None
    control_draws: int
    n_control: int
    n_eligible: int
    optimum: RecordedOptimum
    model_expectation_kept: float | None

    @property
    def is_drawn(self) -> bool:
        """Whether anything was drawn."""
        return True

    @property
    def figures(self) -> "ExperimentFigures":
        """What reports tell of the experiment, but for its notes."""
        from reporting import ExperimentFigures

        return ExperimentFigures(
            control_share=self.control_share,
            control_policy=self.control_policy,
            max_pair_probability=self.max_pair_probability,
            design=self.design,
            control_draws=self.control_draws,
            n_eligible=self.n_eligible,
            n_control=self.n_control,
            share_kept=self.model_expectation_kept,
            tying_rules=(),
        )

    @property
    def optimum_file(self) -> str:
        """The file that says what the optimum assigned."""
        return "optimum.csv"

    def optimum_status(self, run_status: Status) -> Status:
        """Return how the day was solved."""
        return self.optimum.status

    def problems(
        self, lead_ids: Iterable[str], rows: ReadRows, decided: Rows
    ) -> Iterator[str]:
        """Yield a sentence for each arm or propensity that cannot be right."""
        columns = "lead_id", "rep_id", "arm", "probability", "drawn"
        options = rows("propensities.csv", *columns)
        yield from self._wrong_sums(lead_ids, options)
        yield from _wrong_draws(lead_ids, options, decided)

    def explained(self, explained: Explanation, rows: ReadRows) -> Explanation:
        """Return why the draw assigned the lead where it did."""
        columns = "rep_id", "backup_rep_id", "propensity", "reason"
        for row in rows("assignments.csv", *columns):
            if row["lead_id"] == explained.lead_id:
                return _assigned(explained, row)
        unassigned = rows("unassigned.csv", "reason", "detail")
        row = next(row for row in unassigned if row["lead_id"] == explained.lead_id)
        if row["reason"] != Reason.UNASSIGNED_BY_RANDOMISATION:
            return explained
        nobody = _with_rep(explained, UNASSIGNED)
        return replace(nobody, reason=row["reason"], detail=row["detail"])

    def choices(self, assigned: pd.DataFrame, rows: ReadRows) -> NDArray[np.object_]:
        """Return why each lead has its rep, the draw told apart from the optimum."""
        arm = {row["lead_id"]: row["arm"] for row in rows("assignments.csv", "arm")}
        return drawn_choices(
            assigned["reason"].to_numpy(dtype=object),
            (assigned["lead_id"].map(arm) == CONTROL).to_numpy(dtype=bool),
            is_random=self.max_pair_probability is not None,
        )

    def unassigned(self, table: pd.DataFrame, rows: ReadRows) -> pd.DataFrame:
        """Return why each lead has no rep: the draw, where the optimum assigns it."""
        optimum = rows("optimum.csv", "lead_id", "rep_id")
        best = {row["lead_id"]: row["rep_id"] for row in optimum}
        return drawn_unassigned(table, best)

    def _wrong_sums(self, lead_ids: Iterable[str], options: Rows) -> Iterator[str]:
        """Yield the leads whose probabilities do not sum to the share of each arm."""
        share = self.control_share
        total: defaultdict[tuple[str, str], float] = defaultdict(float)
        for row in options:
            total[row["lead_id"], row["arm"]] += _probability(row)
        for lead_id in lead_ids:
            for arm, expected in ((OPTIMAL, 1 - share), (CONTROL, share)):
                summed = total.pop((lead_id, arm), 0.0)
                if not _same(summed, expected):
                    yield (
                        f"lead {lead_id}: the probabilities of arm {arm} sum to "
                        f"{summed:g}, not {expected:g}"
                    )
        for lead_id, arm in total:
            yield f"propensities.csv: lead {lead_id} in arm {arm}, which there is not"


def recorded_experiment(record: object) -> RecordedExperiment:
    """Return the experiment that a manifest records; null is none."""
    if record is None:
        return RecordedExperiment()
    return RecordedRandomisation.model_validate(record)


def _wrong_draws(
    lead_ids: Iterable[str], options: Rows, decided: Rows
) -> Iterator[str]:
    """Yield the leads not assigned as drawn, or with another propensity."""
    row_of = {row["lead_id"]: row for row in decided}
    drawn: defaultdict[str, Rows] = defaultdict(list)
    propensity: defaultdict[tuple[str, str], float] = defaultdict(float)
    for option in options:
        propensity[option["lead_id"], option["rep_id"]] += _probability(option)
        if option["drawn"] == "true":
            drawn[option["lead_id"]].append(option)
    for lead_id in lead_ids:
        if len(drawn[lead_id]) != 1:
            yield f"lead {lead_id} was drawn {len(drawn[lead_id])} times"
            continue
        [option], row = drawn[lead_id], NOBODY | row_of.get(lead_id, {})
        if row["rep_id"] != option["rep_id"]:
            yield f"lead {lead_id} was drawn for {option['rep_id'] or 'nobody'}"
        elif lead_id in row_of:
            yield from _wrong_row(
                row, option["arm"], propensity[lead_id, row["rep_id"]]
            )


def _wrong_row(row: dict[str, str], arm: str, propensity: float) -> Iterator[str]:
    if row["arm"] != arm:
        yield f"lead {row['lead_id']} was drawn for arm {arm}"
    if not _same(_number(row["propensity"]), propensity):
        yield f"lead {row['lead_id']}: its propensity is not that of propensities.csv"


def _assigned(explained: Explanation, row: dict[str, str]) -> Explanation:
    likely = f"with probability {float(row['propensity']):.4g}"
    best = explained.rep_id
    if row["rep_id"] == best:
        return replace(explained, reason=row["reason"], detail=likely)
    instead = f"assigns it to {best}" if best else "leaves it unassigned"
    moved = replace(
        _with_rep(explained, row["rep_id"], row["backup_rep_id"]),
        reason=row["reason"],
        detail=f"{likely}; the optimum {instead}",
    )
    if best:
        return moved
    return replace(moved, skipping=0.0, skipping_is_proven=True)


def _with_rep(explained: Explanation, rep_id: str, backup: str = "") -> Explanation:
    """Return the explanation as if this rep, or nobody, had been chosen."""
    alternatives = tuple(
        replace(rep, is_chosen=rep.rep_id == rep_id) for rep in explained.alternatives
    )
    return replace(
        explained,
        rep_id=rep_id,
        backup_rep_id=backup,
        alternatives=alternatives,
        relaxations=(),
    )


def _probability(row: dict[str, str]) -> float:
    """Return an option's probability, NaN where it is none."""
    number = _number(row["probability"])
    return number if 0 < number <= 1 else math.nan


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _same(number: float, expected: float) -> bool:
    return math.isclose(number, expected, abs_tol=ROUNDING)
