"""How the rows of a file were found in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileForm:
    """How a file was read, as its reader found it.

    Attributes
    ----------
    format
        What kind of file it is, ``""`` where nobody said.
    encoding, separator
        Of a text file, else ``None``.
    sheet
        Of an Excel file.
    header_row
        Row of the column names, the file's first row being 1.
    n_footer_rows
        Rows with text at the end that were left out.
    n_hidden_rows
        Rows that were read though a spreadsheet hides them, by a filter perhaps.
    hidden_columns
        Columns that were read though a spreadsheet hides them.
    """

    format: str = ""
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    n_footer_rows: int = 0
    n_hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()
