"""The layout of a file: what its reader has to know before there is a table."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_core import PydanticCustomError

from crm.files import names_a_folder

TAB = "tab"
"""The word for a tab, which nobody sees in a scenario."""
RowNumber = Annotated[int, Field(ge=2, strict=True)]
_NO_SEPARATORS = '"\r\n\0\ufeff'
_NO_TEXT = {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"}


class Layout(BaseModel):
    """A file and how its rows are to be found in it."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False
    )

    file: str | None = Field(
        None,
        min_length=1,
        description="A .csv, .tsv, .txt, .xlsx, .xls, .parquet or .jsonl file, text "
        "also with .gz, relative to the scenario.",
    )
    encoding: str | None = Field(
        None,
        description="Of a text file that is neither UTF-8 nor UTF-16, such as cp1252 "
        "(Excel's CSV in western Europe).",
    )
    separator: str | None = Field(
        None,
        description="Between the cells of a text file: one character, or tab; without "
        "it, the one of comma, semicolon, tab and | that the first rows agree on.",
    )
    header_row: int | None = Field(
        None,
        ge=1,
        le=2**20,
        description="Row of the column names, the file's first row being 1; without "
        "it, the first row with text.",
    )
    skip_footer: int | None = Field(
        None,
        ge=0,
        le=1000,
        description="How many rows with text to leave out at the end: totals, "
        "copyright; 0 where the last rows only look like a footer.",
    )
    sheet: str | None = Field(
        None, description="Sheet of an Excel file; without it, the first."
    )
    rows: tuple[RowNumber, RowNumber] | None = Field(
        None,
        strict=False,
        description="Of a Parquet file, the first and the last row to read, numbered "
        "as in messages: 2 is the first row of the table.",
    )
    fill_down: list[str] = Field(
        [],
        description="Columns of the file whose empty cells mean the cell above, as in "
        "grouped reports.",
    )

    @field_validator("file")
    @classmethod
    def _is_a_file(cls, file: str | None) -> str | None:
        if file is None:
            return None
        if "://" in file:
            # A ValueError, since messages do not repeat the value of one.
            raise ValueError(
                "a database is read by the keys sql and url, not as a file"
            )
        if names_a_folder(file):
            raise PydanticCustomError("file", "expected a file, this names a folder")
        return file

    @field_validator("rows")
    @classmethod
    def _rises(cls, rows: tuple[int, int] | None) -> tuple[int, int] | None:
        if rows is not None and rows[0] > rows[1]:
            raise PydanticCustomError("rows", "expected the first row, then the last")
        return rows

    @field_validator("encoding")
    @classmethod
    def _is_known(cls, encoding: str | None) -> str | None:
        if encoding is not None and not _is_text_encoding(encoding):
            raise PydanticCustomError(
                "encoding",
                "expected the name of an encoding, such as cp1252, cp1250, mac_roman "
                "or utf-16-le",
            )
        return encoding

    @field_validator("separator")
    @classmethod
    def _is_one_character(cls, separator: Any) -> Any:
        if separator is None:
            return None
        character = "\t" if separator.lower() == TAB else separator
        if len(character) != 1 or character.isalnum() or character in _NO_SEPARATORS:
            raise PydanticCustomError(
                "separator", "expected one character between cells, such as ; or tab"
            )
        return character


def _is_text_encoding(name: str) -> bool:
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return False
    return name.lower().replace("-", "_") not in _NO_TEXT
