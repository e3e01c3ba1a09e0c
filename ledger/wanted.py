"""Any number of texts that a query asks for, as one value of it."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, Text, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class Listed(GenericFunction):
    """The texts of a JSON list, one a row."""

    type = Text()
    inherit_cache = True
    name = "listed"


@compiles(Listed, "sqlite")
def _in_a_file(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(Listed)
def _on_a_server(element: Listed, compiler: SQLCompiler, **options: Any) -> str:
    texts = compiler.process(element.clauses, **options)
    return f"json_array_elements_text(CAST({texts} AS json))"


def wanted(texts: Iterable[str]) -> Select:
    """Return the texts as what ``IN`` takes; databases limit how many values it has."""
    listed = literal(json.dumps(list(texts)), Text())
    return select(Listed(listed).table_valued("value").c.value)
