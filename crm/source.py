"""The source of a table: its file, and how its columns map to the schema's."""

from typing import Any

from pydantic import (
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError

from crm.condition import Value, Where
from crm.files import names_a_folder
from crm.keys.columns import ColumnOrigin, columns_of
from crm.keys.values import ValueKeys


class Source(ValueKeys):
    """A file and how to read a table from it; a plain string means that file."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False
    )

    file: str = Field(
        min_length=1,
        description="CSV (UTF-8), .xlsx or .parquet file, relative to the scenario.",
    )
    columns: dict[str, ColumnOrigin] = Field(
        {},
        description="Our column: the file's column (two of ours may share one), a list "
        "of columns (the first that is filled), {join: [First Name, Last Name]}, "
        "{row_number: true}, {column: Owner, match: [email, name]} for a rep, or for "
        "outcome conditions such as {won: {Stage: Won}, lost: {Active: false}}, the "
        "first that holds, else open.",
    )
    values: dict[str, dict[str, Value]] = Field(
        {},
        description="Our column: {the file's text: our value}. Texts that are not "
        "listed stay as they are.",
    )
    constants: dict[str, Value] = Field(
        {}, description="Our column, absent from the file: one value for every row."
    )
    fill: dict[str, Value] = Field(
        {}, description="Our column: the value where a cell is empty."
    )
    where: Where = Field(
        {},
        description="Keep only the rows for which all of this holds. Names our "
        "columns, after mapping, or the file's.",
    )
    drop: list[str] = Field(
        [], description="Columns of the file to leave out, so not features."
    )
    one_row_per_id: bool = Field(
        False,
        description="The file has many rows per id: make them one. Lists become "
        "their union, other columns their most frequent value.",
    )
    sheet: str | None = Field(
        None, description="Sheet of an Excel file; without it, the first."
    )

    @field_validator("file")
    @classmethod
    def _is_a_file(cls, file: str) -> str:
        if names_a_folder(file):
            raise PydanticCustomError("file", "expected a file, this names a folder")
        return file

    @model_validator(mode="before")
    @classmethod
    def _from_file_name(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"file": value}
        if isinstance(value, dict | Source):
            return value
        raise PydanticCustomError(
            "source", "expected a file name, or keys such as file and columns"
        )

    @property
    def consumed(self) -> set[str]:
        """The file's columns that ours are made of."""
        names = {name for o in self.columns.values() for name in columns_of(o)}
        return names | (
            {self.rates.column} if self.rates and self.rates.column else set()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        table = handler.resolve_ref_schema(handler(core_schema))
        name = {"type": "string", "minLength": 1, "description": "The file."}
        return {"anyOf": [name, table]}
