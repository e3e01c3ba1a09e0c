"""Faults of the tables of a scenario that is itself at fault, so that all are told."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from crm import TABLES, Calendar, DataError, Issue, Source, read_crm
from scenarios import ScenarioError
from scenarios.document import Node
from scenarios.places import placed
from scenarios.reading import read_document

Model = TypeVar("Model", bound=BaseModel)
NOT_OF_FILES = "data"
"""What issues name that are of the scenario's own section."""


def table_faults(path: Path, folder: Path) -> Iterator[Issue]:
    """Yield what is wrong with those tables of a scenario whose sources are valid."""
    try:
        document = read_document(path)
    except ScenarioError:
        return
    data = document.content.get("data")
    if data is None or not isinstance(data.content, dict):
        return
    sources = {
        name: source
        for name in TABLES
        if name in data.content and (source := _valid(Source, data.content[name]))
    }
    calendar = _valid(Calendar, document.content.get("calendar"))
    try:
        read_crm(sources, folder, calendar=calendar)
    except DataError as error:
        issues = [issue for issue in error.issues if issue.file != NOT_OF_FILES]
        yield from placed(document, issues)


def _valid(model: type[Model], node: Node | None) -> Model | None:
    """Return what a section says, None where it is absent or at fault."""
    try:
        return None if node is None else model.model_validate(node.plain())
    except ValidationError:
        return None
