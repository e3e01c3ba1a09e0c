"""Rooms import from their left, folders in no circle; names are said once."""

from collections import Counter
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.imports import (
    FILES,
    ORDER,
    ROOMS,
    ROOT,
    defined_classes,
    folder_imports,
    imported_modules,
    room_of,
    stub_of,
)

MAY_IMPORT = {room: set(ORDER[:place]) for place, room in enumerate(ORDER)} | {
    "ledger": {"crm"},
    "runs": {*ORDER, "ledger"},
    "commands": {*ORDER, "ledger"},
    "cli": {"commands"},
    "rightrep": {*ORDER, "cli"},
}
LONGEST = 300
"""Lines of a module."""


def test_imports_point_to_the_left():
    """A room imports itself and rooms to its left, never to its right."""
    wrong = []
    for file in FILES:
        room = room_of(file)
        imported = {module.partition(".")[0] for module in imported_modules(file)}
        if others := imported - MAY_IMPORT[room] - {room}:
            wrong.append((str(file.relative_to(ROOT)), others))
    assert wrong == []


def test_no_folder_imports_in_a_circle():
    """Folders have an order, too: data flows one way."""
    try:
        TopologicalSorter(folder_imports()).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


def test_every_room_is_known():
    """A new folder of code has a place in the order."""
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms - {"tests"} == set(ROOMS)


def test_no_file_is_called_utils():
    """Whatever is useful has a name of its own."""
    assert not [file for file in FILES if file.stem in {"utils", "helpers", "common"}]


def test_no_class_name_is_used_twice():
    """A name says which class is meant, wherever it stands."""
    names = Counter(name for file in FILES for name in defined_classes(file))
    assert [name for name, count in names.items() if count > 1] == []


def test_no_file_is_named_after_the_class_of_another():
    """Who looks for a class in a room opens the file of its name, or its folder."""
    homes = {
        (room_of(file), snake_case(name)): file
        for file in FILES
        for name in defined_classes(file)
    }
    wrong = [
        f"{file.relative_to(ROOT)}: the class is in {home.relative_to(ROOT)}"
        for file in FILES
        if (home := homes.get((room_of(file), file.stem), file)) != file
    ]
    assert wrong == []


def snake_case(name: str) -> str:
    """Return the name of a class as a file has it."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


@pytest.mark.parametrize("stub", sorted(ROOT.rglob("*/__init__.pyi")), ids=str)
def test_no_public_name_is_that_of_a_module_beside_it(stub):
    """Importing the module would hide the name, and the other way round."""
    modules = {path.stem for path in stub.parent.glob("*.py")}
    modules |= {path.parent.name for path in stub.parent.glob("*/__init__.py")}
    assert set(stub_of(stub.parent)) & modules == set()


def test_no_module_is_too_long():
    """One subject each."""
    lengths = {file: len(file.read_text("utf-8").splitlines()) for file in FILES}
    assert [str(f) for f, length in lengths.items() if length > LONGEST] == []
