"""The source of a table: file or query, and how its columns map to the schema's."""

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
from crm.query import Query


class Source(Query):
    """A file or query, and how to read a table from it; a plain string is a file."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False
    )

    file: str | None = Field(
        None,
        min_length=1,
        description="CSV (UTF-8), .xlsx or .parquet file, relative to the scenario.",
    )
    columns: dict[str, str] = Field(
        {},
        description="Our column: the file's column. Two of ours may share one.",
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
    def _is_a_file(cls, file: str | None) -> str | None:
        if file is None:
            return None
        if "://" in file:
            raise ValueError(
                "a database is read by the keys sql and url, not as a file"
            )
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

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        table = handler.resolve_ref_schema(handler(core_schema))
        name = {"type": "string", "minLength": 1, "description": "The file."}
        return {"anyOf": [name, table]}
