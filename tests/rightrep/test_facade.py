"""One import has all that a researcher needs, and loads nothing before it is used."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import rightrep

FACADE = Path(rightrep.__file__)


def typed_names():
    """Return the names that type checkers see: name -> (module, name there)."""
    tree = ast.parse(FACADE.read_text(encoding="utf-8"))
    [block] = [node for node in tree.body if isinstance(node, ast.If)]
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_type_checkers_see_what_python_gives():
    """Both lists of names agree, and name the same objects."""
    seen = typed_names()
    assert set(seen) == set(rightrep.__all__) == set(dir(rightrep))
    for name, (module, attribute) in seen.items():
        there = (sys.modules.get(module) or __import__(module)).__name__
        assert there == module
        home = __import__(module, fromlist=[attribute])
        assert getattr(rightrep, name) is getattr(home, attribute), name


def test_a_name_that_is_not_there():
    """As with any module."""
    with pytest.raises(AttributeError, match="no attribute 'alocate'"):
        rightrep.alocate  # noqa: B018


def test_importing_it_loads_no_library():
    """Neither NumPy nor a room of ours."""
    code = (
        "import sys, rightrep; "
        "loaded = {name.partition('.')[0] for name in sys.modules}; "
        "heavy = {'numpy', 'pandas', 'sklearn', 'ortools', 'pydantic', 'click'}; "
        "sys.exit(', '.join(loaded & {*heavy, *rightrep.rooms.ROOMS}) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
