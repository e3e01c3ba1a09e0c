"""What changed between two runs, in figures and tables, for reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pandas as pd

Way = Literal["added", "removed", "changed"]
Cause = Literal[
    "drawn before", "solved again", "leads", "scores", "values", "moment",
    "lead cells", "reps", "accounts", "absences", "rule", "tie_width", "solve", "ties",
    "not attributed", "drawn",
]  # fmt: skip


@dataclass(frozen=True)
class ChangedKey:
    """A key that says something else.

    Attributes
    ----------
    key
        The key, with dots between levels.
    before, after
        What it said and says; None where it is not there.
    """

    key: str
    before: Any
    after: Any


@dataclass(frozen=True)
class ChangedRule:
    """A rule that is new, gone, or says something else.

    Attributes
    ----------
    name, kind
        Of the rule.
    way
        added, removed or changed.
    sentence
        The rule in words, as it is now; as it was where it is gone.
    keys
        What changed of it.
    """

    name: str
    kind: str
    way: Way
    sentence: str
    keys: tuple[ChangedKey, ...] = ()


@dataclass(frozen=True, eq=False)
class TableChange:
    """What changed of one table.

    Attributes
    ----------
    table
        leads, reps, accounts or absences.
    cells
        One row per changed cell of a row that both have: row, column, before, after.
    added, removed
        Rows that only the second or the first has, by their key; an absence as a whole.
    new_columns, lost_columns
        Columns that only the second or the first has.
    """

    table: str
    cells: pd.DataFrame
    added: tuple[str, ...]
    removed: tuple[str, ...]
    new_columns: tuple[str, ...]
    lost_columns: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.is_altered or bool(self.added or self.removed)

    @property
    def is_altered(self) -> bool:
        """Whether rows that both have say something else."""
        return bool(len(self.cells) or self.new_columns or self.lost_columns)


@dataclass(frozen=True)
class ScoreChange:
    """How the scores changed of leads whose cells are the same in both runs.

    Attributes
    ----------
    n_leads
        How many leads these are.
    n_moved
        Those whose P(convert) with an average rep is another.
    mean_before, mean_after
        Mean P(convert) with an average rep, of all of them.
    largest
        Largest difference of P(convert).
    largest_lead
        The lead it is of.
    reps_moved
        Whether what reps or their interactions add is different, too.
    n_revalued
        Leads that count otherwise once won.
    """

    n_leads: int
    n_moved: int
    mean_before: float
    mean_after: float
    largest: float
    largest_lead: str
    reps_moved: bool
    n_revalued: int

    @property
    def is_other_model(self) -> bool:
        """Whether any pair may have another P(convert)."""
        return bool(self.n_moved) or self.reps_moved

    def __bool__(self) -> bool:
        return self.is_other_model or bool(self.n_revalued)


@dataclass(frozen=True)
class DayChange:
    """One change that is made to a day.

    Attributes
    ----------
    cause
        What it is about.
    rule
        The change of a rule, where it is one.
    """

    cause: Cause
    rule: ChangedRule | None = None


@dataclass(frozen=True)
class Step:
    """Changes made at once, and the leads that they moved.

    Attributes
    ----------
    changes
        One change; several where rules and tables go together only as a whole, or no
        time was left to tell them apart.
    moved
        Leads of both runs that got another rep, or none, at this step.
    settled
        Those that have their final rep, or none, since then.
    """

    changes: tuple[DayChange, ...]
    moved: tuple[str, ...]
    settled: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparedRun:
    """One of two runs that are compared.

    Attributes
    ----------
    folder, scenario
        Names.
    today
        The day of the allocation.
    as_of
        Its moment.
    status
        How it ended.
    is_drawn
        Whether an experiment drew who got which lead.
    """

    folder: str
    scenario: str
    today: date
    as_of: pd.Timestamp
    status: str
    is_drawn: bool


@dataclass(frozen=True, eq=False)
class RunDifference:
    """What changed between two runs.

    Attributes
    ----------
    before, after
        The runs.
    names
        Rep id -> name.
    n_shared
        How many leads both runs have.
    n_same_reps, n_same_rules
        How many reps, and rules that say the same, both have.
    moves
        One row per lead of both runs that has another rep: lead_id, way (new_owner,
        newly_assigned, newly_unassigned), before and after (rep, or the code of the
        reason why none), and the position of the step that brought it there.
    only_before, only_after
        One row per lead of one run only: lead_id, rep_id, reason, and kept, the owner
        that it stays with in the other run.
    rules, settings
        What changed of the scenario.
    tables
        Table -> what changed of it.
    scores
        How scores changed of leads with the same cells; None where there is none.
    steps
        What each change moved, in the order in which they were made.
    loads
        One row per rep with another number of leads: rep_id, before, after.
    figures
        Name -> its value before and after.
    reasons
        Code of each reason why leads are unassigned -> how many before and after.
    versions
        Library -> its version before and after, where it is another.
    """

    before: ComparedRun
    after: ComparedRun
    names: Mapping[str, str]
    n_shared: int
    n_same_reps: int
    n_same_rules: int
    moves: pd.DataFrame
    only_before: pd.DataFrame
    only_after: pd.DataFrame
    rules: list[ChangedRule]
    settings: list[ChangedKey]
    tables: Mapping[str, TableChange]
    scores: ScoreChange | None
    steps: list[Step]
    loads: pd.DataFrame
    figures: Mapping[str, tuple[float, float]]
    reasons: Mapping[str, tuple[int, int]]
    versions: Mapping[str, tuple[str, str]]

    @property
    def is_same_day(self) -> bool:
        """Whether both runs are of one day."""
        return self.before.today == self.after.today

    @property
    def is_nothing(self) -> bool:
        """Whether nothing changed, neither what went in nor what came of it."""
        made = len(self.moves), len(self.only_before), len(self.only_after)
        given = self.rules, self.settings, self.tables, self.scores, self.versions
        return not any((*made, *given)) and self.before.as_of == self.after.as_of
