"""Rooms import only from those to their left, and `--help` imports none of them."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ORDER = ["crm", "scoring", "solver", "evaluation", "reporting", "scenarios", "runs"]
MAY_IMPORT = {room: set(ORDER[:place]) for place, room in enumerate(ORDER)}
MAY_IMPORT |= {
    "ledger": {"crm"},
    "runs": {*ORDER, "ledger"},
    "commands": {*ORDER, "ledger"},
    "cli": {"commands"},
    "rightrep": {*ORDER, "cli"},
}
FILES = [
    *ROOT.glob("cli.py"),
    *(f for r in MAY_IMPORT for f in (ROOT / r).rglob("*.py")),
]


def room_of(file: Path) -> str:
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_rooms(file: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            rooms |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            rooms.add(node.module.split(".")[0])
    return rooms & set(MAY_IMPORT)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_imports_point_to_the_left(file):
    """A room imports itself and rooms to its left, never to its right."""
    room = room_of(file)
    assert imported_rooms(file) <= MAY_IMPORT[room] | {room}


def test_every_room_is_known():
    """A new folder of code has a place in the order."""
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert rooms - {"tests"} <= set(MAY_IMPORT)


def test_no_file_is_called_utils():
    """Whatever is useful has a name of its own."""
    assert not [file for file in FILES if file.stem in {"utils", "helpers", "common"}]


def test_help_imports_no_heavy_library():
    """`rightrep --help` answers at once."""
    code = (
        "import sys, cli; "
        "cli.main(['--help'], standalone_mode=False); "
        "heavy = {'pandas', 'numpy', 'sklearn', 'ortools', 'pydantic', 'matplotlib'}; "
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Commands:" in done.stdout
