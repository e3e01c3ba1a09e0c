"""What a table was read from, column by column, for people to see before they trust."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from crm.file_form import FileForm


@dataclass(frozen=True)
class ColumnReading:
    """What became of the cells of one column of ours.

    Attributes
    ----------
    name, kind
        The column, and how its cells are read.
    source
        What it is made of, in words.
    pairs
        Up to three cells of the file as they were -> as they are read: the most
        frequent, the longest and the one that changed most of the rows looked at.
    n_rows, n_filled
        Rows of the table, and those with a value here.
    n_distinct
        Different values; ``None`` where too many to count, of which
        `n_distinct_at_least` were seen.
    lowest, highest
        Ends of the range of numbers and times, else ``None``.
    words
        Each value and its number of rows, where they are few, the most frequent first.
    new_words
        Values of today that history never had, and their leads.
    """

    name: str
    kind: str
    source: str
    pairs: tuple[tuple[str, str], ...] = ()
    n_rows: int = 0
    n_filled: int = 0
    n_distinct: int | None = None
    n_distinct_at_least: int = 0
    lowest: str | None = None
    highest: str | None = None
    words: tuple[tuple[str, int], ...] = ()
    new_words: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class OwnersReading:
    """Who the reps of a column are among the reps of the day.

    Attributes
    ----------
    column
        The column that names reps.
    n_owners, n_matched
        Different names there, and those that are reps.
    unmatched
        The others and their number of rows, the most frequent first.
    n_without
        Rows that name nobody.
    """

    column: str
    n_owners: int
    n_matched: int
    unmatched: tuple[tuple[str, int], ...]
    n_without: int


@dataclass(frozen=True)
class TableReading:
    """How a table was read.

    Attributes
    ----------
    file
        The file as the user wrote it, or what a query is called.
    form
        How its rows were found.
    n_file_rows, n_rows
        Rows of the file, and of the table after `where` and `one_row_per_id`.
    columns
        One entry per column of the table that the file or the source gave.
    unused
        Columns of the file that nothing was made of.
    owners
        Who its reps are.
    rates
        Currency -> factor, and the currency that results; empty without rates.
    currency
        That all amounts are in, by `rates`.
    time_zone
        Of times without an offset.
    """

    file: str
    form: FileForm
    n_file_rows: int
    n_rows: int
    columns: tuple[ColumnReading, ...]
    unused: tuple[str, ...] = ()
    owners: tuple[OwnersReading, ...] = ()
    rates: Mapping[str, float] = field(default_factory=dict)
    currency: str | None = None
    time_zone: str = "UTC"
