"""One import has all that a researcher needs, and loads nothing before it is used."""

import ast
import subprocess
import sys
from pathlib import Path

import numpy as np
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


def test_a_day_by_names_of_files(tmp_path, monkeypatch):
    """From tables to an owner of each lead, with nothing imported but rightrep."""
    monkeypatch.chdir(tmp_path)
    Path("leads.csv").write_text("lead_id,created_at\nL1,2026-01-02\nL2,2026-01-02\n")
    Path("reps.csv").write_text("rep_id,daily_capacity\nR1,1\nR2,1\n")
    crm, warnings = rightrep.read_crm({"leads": "leads.csv", "reps": "reps.csv"})
    assert not warnings
    value = np.array([[0.2, 0.4], [0.1, 0.4]])
    day = rightrep.build_day(crm, [rightrep.Capacity()], lambda i, j: value[i, j])
    result = rightrep.solve(day.problem, seed=0, time_limit=10)
    assert result.solution.owner == {"L1": "R1", "L2": "R2"}
