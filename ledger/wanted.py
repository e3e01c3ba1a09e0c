"""Any number of texts that a query asks for, as one value of it."""

import json
from collections.abc import Iterable

from sqlalchemy import JSON, Connection, Select, cast, func, literal, select


def wanted(connection: Connection, texts: Iterable[str]) -> Select:
    """Return the texts as what ``IN`` takes; databases limit how many values it has."""
    listed = json.dumps(list(texts))
    if connection.dialect.name == "sqlite":
        return select(func.json_each(literal(listed)).table_valued("value").c.value)
    elements = func.json_array_elements_text(
        cast(literal(json.loads(listed), JSON), JSON)
    )
    return select(elements.table_valued("value").c.value)
