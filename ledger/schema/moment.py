"""Moments as databases hold them: to the microsecond, in UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

LAYOUT = "%Y-%m-%dT%H:%M:%S.%fZ"
"""ISO 8601 text of one length, so that it sorts by time."""


class UtcMoment(TypeDecorator[datetime]):
    """A moment in UTC: ``timestamptz`` on a server, ISO 8601 text in a file."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return how this database stores it."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(Text())
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Return what is stored."""
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return moment_text(utc) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return what was stored."""
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return None if value is None else value.astimezone(UTC)


def moment_text(utc: datetime) -> str:
    """Return a moment in UTC as text; years before 1000 have four digits, too."""
    return f"{utc.year:04}-{utc:%m-%dT%H:%M:%S.%f}Z"
