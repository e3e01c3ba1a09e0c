"""Keys of a source that is a query of a database in place of a file."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from crm.database_url import sql_fault, statement_of, url_fault

OF_FILES = (
    *("encoding", "separator", "header_row", "skip_footer", "sheet", "fill_down"),
)
"""Keys that say how a file is written."""


class Query(BaseModel):
    """A query and its database; the name of a table stands for all of it."""

    # What is refused may hold a password.
    model_config = ConfigDict(hide_input_in_errors=True)

    sql: str | None = Field(
        None,
        min_length=1,
        description="In place of a file: a query of the database at `url`, such as "
        "select * from leads where is_open; or the name of a table.",
    )
    url: str | None = Field(
        None,
        min_length=1,
        description="The database of `sql`, as a SQLAlchemy URL. ${NAME} stands for a "
        "variable of the environment, where passwords belong: ${CRM_URL}, "
        "postgresql://user:${CRM_PASSWORD}@host/crm, sqlite:///crm.db.",
    )

    @property
    def statement(self) -> str | None:
        """The query as a database takes it."""
        return None if self.sql is None else statement_of(self.sql)

    @field_validator("sql")
    @classmethod
    def _is_a_query(cls, sql: str | None) -> str | None:
        if sql is not None and (fault := sql_fault(sql)):
            raise PydanticCustomError("query", fault)
        return sql

    @field_validator("url")
    @classmethod
    def _is_a_url(cls, url: str | None) -> str | None:
        if url is not None and (fault := url_fault(url)):
            # A ValueError, since messages do not repeat the value of one.
            raise ValueError(fault)
        return url

    @model_validator(mode="after")
    def _is_one_of_both(self) -> Self:
        file = getattr(self, "file", None)
        if file is not None and self.sql is not None:
            raise ValueError(
                "give either file or sql; over a scenario that gives a file, write "
                "file: null beside sql"
            )
        if file is None and self.sql is None and self.url is None:
            raise ValueError("expected a file, or sql and url")
        if (self.sql is None) != (self.url is None):
            raise ValueError("sql and url belong together, and one of them is missing")
        of_files = [key for key in OF_FILES if getattr(self, key, None)]
        if self.sql is not None and of_files:
            raise ValueError(
                f"{', '.join(of_files)}: says how a file is written, which a database "
                "is not"
            )
        return self
