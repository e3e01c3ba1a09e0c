"""What all tables of the ledger share: names of constraints, numbers, word lists."""

from sqlalchemy import CheckConstraint, Column, Identity, Integer, MetaData

METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_name)s",
        "uq": "%(table_name)s_one_%(column_0_name)s",
        "ck": "%(table_name)s_%(constraint_name)s",
        "fk": "%(table_name)s_%(column_0_name)s_known",
        "pk": "%(table_name)s_key",
    }
)


def number() -> Column[int]:
    """Return a primary key that counts rows in the order of recording."""
    return Column("number", Integer, Identity(), primary_key=True)


def words(name: str, *allowed: str) -> CheckConstraint:
    """Return a check that a column holds one of these words."""
    listed = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{name} IN ({listed})", name=name)
