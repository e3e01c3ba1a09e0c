"""The command works whatever else is called cli, crm or solver."""

import os
import subprocess
import sys

import pytest

from rightrep.rooms import ROOMS

FOREIGN = "raise RuntimeError('a foreign module was imported')\n"


@pytest.fixture
def foreign(tmp_path):
    """Return a folder of modules and packages with the names of ours."""
    for place, room in enumerate(ROOMS):
        if place % 2:
            (tmp_path / f"{room}.py").write_text(FOREIGN)
        else:
            (tmp_path / room).mkdir()
            (tmp_path / room / "__init__.py").write_text(FOREIGN)
    return tmp_path


def command(*arguments, start=("-m", "rightrep"), **options):
    return subprocess.run(
        [sys.executable, *start, *arguments],
        capture_output=True,
        text=True,
        **options,
    )


@pytest.mark.slow
def test_foreign_modules_on_the_path(foreign):
    """A folder on PYTHONPATH, and the one in which the command is started."""
    environment = os.environ | {"PYTHONPATH": str(foreign)}
    for options in ({"env": environment}, {"cwd": foreign}):
        done = command("schema", **options)
        assert done.returncode == 0, done.stderr
        assert '"rightrep scenario"' in done.stdout


def test_a_foreign_module_that_wins_is_named(foreign):
    """One that is loaded before we start, as a sitecustomize does it."""
    (foreign / "solver").rename(foreign / "elsewhere")
    (foreign / "solver.py").write_text("")
    start = "-c", "import solver, rightrep.command; rightrep.command.main()"
    environment = os.environ | {"PYTHONPATH": str(foreign)}
    done = command("--help", start=start, env=environment, cwd=foreign.anchor)
    assert done.returncode == 1
    assert done.stderr.startswith("error: rightrep needs its own modules in ")
    assert f"'solver' from {foreign / 'solver.py'}" in done.stderr
    assert "PYTHONPATH" in done.stderr


@pytest.mark.slow
def test_the_library_beside_foreign_modules(foreign):
    """Its own are taken, later ones as well, and the path stays as it was."""
    code = (
        "import sys; before = list(sys.path); import rightrep; "
        "rightrep.Capacity, rightrep.train; assert sys.path == before; "
        "import reporting; print(reporting.__file__)"
    )
    environment = os.environ | {"PYTHONPATH": str(foreign)}
    done = command(start=("-c", code), env=environment, cwd=foreign.anchor)
    assert done.returncode == 0, done.stderr
    assert str(foreign) not in done.stdout


def test_the_library_names_what_was_imported_before(foreign):
    """Two packages of one name cannot both be imported."""
    (foreign / "crm" / "__init__.py").write_text("")
    code = "import crm, rightrep; rightrep.train"
    environment = os.environ | {"PYTHONPATH": str(foreign)}
    done = command(start=("-c", code), env=environment, cwd=foreign.anchor)
    assert done.returncode == 1
    assert "rightrep needs its own modules in " in done.stderr
    assert f"'crm' from {foreign / 'crm' / '__init__.py'}" in done.stderr


def test_help_and_version_name_the_command():
    """As the console script does, not the file that starts it."""
    assert command("--help").stdout.startswith("Usage: rightrep ")
    assert command("--version").stdout.startswith("rightrep, version ")
