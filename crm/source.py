"""The source of a table: its file, and how its columns map to the schema's."""

from typing import Any

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, PydanticCustomError

from crm.column_origin import ColumnOrigin, columns_of
from crm.condition import Value, ValueOrEmpty, Where
from crm.layout import Layout
from crm.query import Query
from crm.value_keys import ValueKeys


class Source(Layout, Query, ValueKeys):
    """A file or query, and how to read a table from it; a plain string is a file."""

    columns: dict[str, ColumnOrigin] = Field(
        {},
        description="Our column: the file's column (two of ours may share one), a list "
        "of columns (the first that is filled), {join: [First Name, Last Name]}, "
        "{row_number: true}, {column: Owner, match: [email, name]} for a rep, or for "
        "outcome conditions such as {won: {Stage: Won}, lost: {Active: false}}, the "
        "first that holds, else open; with conditions for open too, a row that fits "
        "none is its cells, such as 'Stage Paused', for values to translate.",
    )
    headers: dict[str, list[str]] = Field(
        {},
        description="A column of the file, as the other keys call it: its names in "
        "other languages or versions, such as {Salesperson: [Vendeur]}. The file has "
        "one of them.",
    )
    optional: list[str] = Field(
        [],
        description="Columns of the file, as the other keys call them, that it need "
        "not have: what is made of them is left out, and said.",
    )
    values: dict[str, dict[str, ValueOrEmpty]] = Field(
        {},
        description="Our column: {the file's text: our value, null for empty}. Texts "
        "that are not listed stay as they are.",
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

    @property
    def layout(self) -> Layout:
        """Return what is said of the file alone; equal for those that read the same."""
        said = {name: getattr(self, name) for name in Layout.model_fields}
        return Layout.model_construct(**said)

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
