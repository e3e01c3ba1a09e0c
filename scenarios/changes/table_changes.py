"""Changes of the tables: cells set, a rep more, a rep away."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import TABLES, CrmData, Where, where_text
from reporting.text.layout.layout import counted
from scenarios.changes.cells import (
    changed_cells,
    column_of,
    read_cell,
    with_cells,
)
from scenarios.changes.change import Change, Changed, Target
from scenarios.changes.new_value import NewValue
from scenarios.changes.rows import rep_called, rep_text, rows_where
from scenarios.changes.wording import shown
from scenarios.errors import fault
from scenarios.validation import ScenarioFile
from solver.day.availability import at_work

SAME = 3
"""Values of cells that a sentence names."""
_OWN_OF_REP = ("rep_id", "name", "email")
"""Columns that a rep who is like another does not share."""


@dataclass(frozen=True)
class CellChange(Change):
    """Cells of one column of a table get another value.

    Attributes
    ----------
    table, column
        Which cells.
    value
        The new value.
    where
        Which rows: column -> condition; all without one.
    """

    table: str
    column: str
    value: NewValue
    where: Where = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The column, whose it is, and the value."""
        whose = f" of {where_text(self.where)}" if self.where else ""
        return f"{self.column}{whose} {self.value.words}"

    @property
    def sets_anew(self) -> bool:
        """Whether the cells do not depend on what they held."""
        return not self.value.is_relative

    def target(self, file: ScenarioFile) -> Target:
        """Return the table, the column, and its rows where they are not all."""
        rows = [where_text(self.where)] if self.where else []
        return (self.table, self.column, *rows)

    def on_tables(self, day: Changed) -> Changed:
        """Return the day with the cells changed."""
        crm, source = day.crm, self.source
        kind = column_of(crm, self.table, self.column, source)
        if self.column in _IDS.get(self.table, ()):
            raise fault(
                source, None, f"{self.column} names the rows; it stays as it is"
            )
        chosen = rows_where(crm, self.table, self.where, source)
        before = getattr(crm, self.table)[self.column][chosen]
        if self.value.is_relative:
            cells = changed_cells(before, kind, self.value, self.column, source)
        else:
            cell = read_cell(crm, kind, self.column, self.value.content, source)
            cells = cell.take(np.zeros(chosen.sum(), dtype=int))
        frame = with_cells(crm, self.table, self.column, chosen, cells)
        after = frame[self.column][chosen]
        tables: dict[str, Any] = {self.table: frame}
        changed = replace(crm, file_columns=self._columns(crm), **tables)
        return day.with_table(self.table, changed, self._sentence(before, after))

    def _columns(self, crm: CrmData) -> Mapping[str, frozenset[str]]:
        there = crm.file_columns.get(self.table, frozenset())
        return {**crm.file_columns, self.table: there | {self.column}}

    def _sentence(self, before: pd.Series, after: pd.Series) -> str:
        whose = f" with {where_text(self.where)}" if self.where else ""
        n_rows = counted(len(before), _NOUNS.get(self.table, "row"))
        start = f"{self.column} of {self.table}{whose} {self.value.words}: {n_rows}"
        if pd.api.types.is_numeric_dtype(before) and before.dtype != bool:
            return f"{start}, {before.sum():,.10g} -> {after.sum():,.10g} in all"
        if self.value.is_relative or before.map(shown).nunique() > SAME:
            return start
        was = " or ".join(dict.fromkeys(before.map(shown)))
        return f"{start}, before {was}"


_NOUNS = {"leads": "lead", "reps": "rep", "accounts": "account", "absences": "absence"}
_IDS = {"leads": ("lead_id",), "reps": ("rep_id",), "history": ("lead_id",)}


@dataclass(frozen=True)
class NewRep(Change):
    """A rep more.

    Attributes
    ----------
    rep_id
        The rep's id, which no other rep has.
    cells
        Column -> value.
    like
        Another rep, whose columns the new one shares but for what `cells` say.
    """

    rep_id: str
    cells: Mapping[str, Any] = field(default_factory=dict)
    like: str = ""

    @property
    def label(self) -> str:
        """The new rep."""
        return f"new rep {self.rep_id}" + (f" like {self.like}" if self.like else "")

    def on_tables(self, day: Changed) -> Changed:
        """Return the day with the rep."""
        crm, source = day.crm, self.source
        if (crm.reps["rep_id"] == self.rep_id).any():
            way = f"--set reps.COLUMN=.. --where rep_id={self.rep_id} changes one"
            raise fault(
                source, None, f"{self.rep_id} is a rep of the day already; {way}"
            )
        one = self._row(crm)
        reps = pd.concat([crm.reps, one], ignore_index=True)
        columns = crm.file_columns["reps"] | set(self.cells)
        files = {**crm.file_columns, "reps": columns}
        changed = replace(crm, reps=reps, file_columns=files)
        return day.with_table("reps", changed, self._sentence(crm, one))

    def _row(self, crm: CrmData) -> pd.DataFrame:
        """Return the rep's row, typed."""
        own = {"rep_id": self.rep_id, "name": "", "email": "", **self.cells}
        if self.like:
            other = rep_called(crm, self.like, self.source)
            row = crm.reps[crm.reps["rep_id"] == other].reset_index(drop=True)
        elif "daily_capacity" in self.cells:
            row = pd.DataFrame(index=range(1))
            own = {**dict.fromkeys(map(str, crm.reps.columns), ""), **own}
        else:
            ways = "daily_capacity=8, or like=R3, whose columns it shares"
            raise fault(self.source, None, f"a new rep needs {ways}")
        wanted = {*crm.reps.columns, *self.cells}
        cells = {
            name: self._cell(crm, name, own[name]) for name in own if name in wanted
        }
        return row.assign(**cells)[[*crm.reps.columns]]

    def _cell(self, crm: CrmData, name: str, value: Any) -> pd.Series:
        kind = column_of(crm, "reps", name, self.source)
        kind = kind if name in self.cells else kind.optional
        return read_cell(crm, kind, name, value, self.source)

    def _sentence(self, crm: CrmData, row: pd.DataFrame) -> str:
        like = ""
        if self.like:
            other = rep_called(crm, self.like, self.source)
            like = f", like {rep_text(crm, other)}"
        told = ["daily_capacity", *(n for n in self.cells if n != "daily_capacity")]
        cells = ", ".join(f"{name} {shown(row[name].iloc[0])}" for name in told)
        return f"new rep {self.rep_id}{like}: {cells}"


@dataclass(frozen=True)
class RepAway(Change):
    """A rep is away on the day.

    Attributes
    ----------
    rep
        Id, or a name that one rep has.
    """

    rep: str

    @property
    def label(self) -> str:
        """Who is away."""
        return f"{self.rep} away"

    def on_tables(self, day: Changed) -> Changed:
        """Return the day with an absence of the rep's."""
        crm = day.crm
        rep_id = rep_called(crm, self.rep, self.source)
        own = (crm.reps["rep_id"] == rep_id).to_numpy()
        if not _works(crm, own):
            text = f"{rep_text(crm, rep_id)} is not at work on the day anyway"
            return replace(day, sentences=(*day.sentences, f"{text}: nothing changes"))
        first, last = crm.calendar.span(crm.today)
        row = {"rep_id": rep_id, "from": first, "to": max(last, crm.as_of)}
        more = {name: "" for name in crm.absences if name not in row}
        one = pd.DataFrame([row | more])[[*crm.absences]].astype(crm.absences.dtypes)
        absences = pd.concat([crm.absences, one], ignore_index=True)
        files = {**crm.file_columns, "absences": frozenset(TABLES["absences"])}
        changed = replace(crm, absences=absences, file_columns=files)
        slots = crm.reps["daily_capacity"][own].sum()
        sentence = f"{rep_text(crm, rep_id)} away: {slots:,.0f} slots less"
        return day.with_table("absences", changed, sentence)


def _works(crm: CrmData, own: NDArray[np.bool_]) -> bool:
    return bool(at_work(crm)[own].any())
