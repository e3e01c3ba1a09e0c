"""The five tables, their columns, and the signs in their lists."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf, isinf
from typing import Literal

EVERYTHING = "*"
"""In a rep's list: covers every need."""
INSIDE = ">"
"""Between a territory and one inside it: ``EMEA > France > Paris``."""

Kind = Literal[
    "id", "text", "list", "number", "integer", "timestamp", "boolean", "choice"
]


@dataclass(frozen=True)
class Column:
    """What a column may hold.

    Attributes
    ----------
    kind
        How a cell is read.
    required
        The table must have the column.
    filled
        No cell of it may be empty.
    minimum, maximum
        Bounds of a number, inclusive.
    above
        Lower bound of a number, exclusive.
    choices
        The words a choice may be.
    default
        Value of an absent boolean, and of one that is empty in every row.
    end_of_day
        A date without a time means the end of that day, not its start.
    """

    kind: Kind
    required: bool = False
    filled: bool = False
    minimum: float = -inf
    maximum: float = inf
    above: float = -inf
    choices: tuple[str, ...] = ()
    default: bool = True
    end_of_day: bool = False

    @property
    def optional(self) -> "Column":
        """The same column where neither it nor a cell of it has to be there."""
        return replace(self, required=False, filled=False)

    @property
    def expected(self) -> str:
        """A description of a good cell, for messages."""
        if self.kind == "choice":
            words = ", ".join(self.choices)
            return f"expected one of {words}; translate other words under `values`"
        return f"expected {_DESCRIPTIONS[self.kind]}{self._bounds()}"

    @property
    def expected_filled(self) -> str:
        """What is wrong with an empty cell, for messages."""
        if self.filled:
            return self.expected
        return (
            "empty, though other rows have it: expected true or false; where an export "
            "leaves boxes that are not ticked empty, say what that means under `fill`"
        )

    def _bounds(self) -> str:
        bounds = (
            ("at least", self.minimum),
            ("above", self.above),
            ("at most", self.maximum),
        )
        limits = [f"{word} {bound:g}" for word, bound in bounds if not isinf(bound)]
        return f", {' and '.join(limits)}" if limits else ""


_DESCRIPTIONS: Mapping[Kind, str] = {
    "id": "an id",
    "text": "text",
    "list": "a list separated by |",
    "number": "a number with a decimal point and no thousands separator or unit, "
    "such as 1234.5",
    "integer": "a whole number without thousands separators, such as 12",
    "timestamp": "an ISO 8601 date or time from 1700 to 2199, such as 2026-09-07 "
    "or 2026-09-07T08:30:00Z",
    "boolean": "true or false (or yes, no, 1, 0); translate other words under `values`",
}

_TEXT = Column("text")
_LIST = Column("list")
_AMOUNT = Column("number", minimum=0, maximum=1e15)
_COUNT = Column("integer", minimum=0, maximum=1e9)
_ID = Column("id", required=True, filled=True)
_TIME = Column("timestamp", required=True, filled=True)
_PLACE = {
    "latitude": Column("number", minimum=-90, maximum=90),
    "longitude": Column("number", minimum=-180, maximum=180),
}

_LEADS: dict[str, Column] = {
    "lead_id": _ID,
    "created_at": _TIME,
    "territory": _TEXT,
    "product": _TEXT,
    "language": _TEXT,
    "source": _TEXT,
    "account_id": Column("id"),
    "company": _TEXT,
    "email": _TEXT,
    "phone": _TEXT,
    "deal_value": _AMOUNT,
    "effort_hours": _AMOUNT,
    "priority": _TEXT,
    **_PLACE,
    "current_rep_id": Column("id"),
}

_REPS: dict[str, Column] = {
    "rep_id": _ID,
    "daily_capacity": Column(
        "integer", required=True, filled=True, minimum=0, maximum=1e9
    ),
    "name": _TEXT,
    "email": _TEXT,
    "team": _TEXT,
    "manager": _TEXT,
    "territories": _LIST,
    "products": _LIST,
    "languages": _LIST,
    "seniority": Column("integer", minimum=-1e9, maximum=1e9),
    "open_capacity": _COUNT,
    "open_leads": _COUNT,
    "hours_per_day": _AMOUNT,
    "start_date": Column("timestamp"),
    "end_date": Column("timestamp", end_of_day=True),
    "time_zone": _TEXT,
    **_PLACE,
    "active": Column("boolean"),
}

_HISTORY: dict[str, Column] = {
    **_LEADS,
    "rep_id": Column("id", required=True),
    "assigned_at": _TIME,
    "outcome": Column(
        "choice", required=True, filled=True, choices=("won", "lost", "open")
    ),
    "closed_at": Column("timestamp", required=True),
    "won_value": Column("number", minimum=-1e15, maximum=1e15),
    "origin": Column("choice", choices=("distributed", "self_generated")),
    "first_response_at": Column("timestamp"),
    "arm": _TEXT,
    "propensity": Column("number", above=0, maximum=1),
}

#: Table name -> column name -> what the column may hold.
TABLES: Mapping[str, Mapping[str, Column]] = {
    "leads": _LEADS,
    "reps": _REPS,
    "history": _HISTORY,
    "accounts": {"account_id": _ID, "owner_rep_id": _ID},
    "absences": {
        "rep_id": _ID,
        "from": _TIME,
        "to": Column("timestamp", required=True, filled=True, end_of_day=True),
    },
}

#: Tables of the ledger's own commands, which no day has.
LATER_TABLES: Mapping[str, Mapping[str, Column]] = {
    "outcomes": {
        "lead_id": _ID,
        "outcome": _HISTORY["outcome"].optional,
        "closed_at": Column("timestamp"),
        "won_value": _HISTORY["won_value"],
        "first_response_at": Column("timestamp"),
        "next_step_at": Column("timestamp"),
        "rep_id": Column("id"),
        "status": _TEXT,
    }
}

#: Everything that a source may describe: table name -> column name -> what it may hold.
ALL_TABLES: Mapping[str, Mapping[str, Column]] = {**TABLES, **LATER_TABLES}

#: The tables that every run needs.
REQUIRED_TABLES = ("leads", "reps")

#: Table name -> the column that names its rows, where one does.
ROW_IDS: Mapping[str, str] = {
    "leads": "lead_id",
    "reps": "rep_id",
    "accounts": "account_id",
    "outcomes": "lead_id",
}
