"""Names of policies and of files to write, checked before time is spent."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from runs import Prepared


def check_file(path: Path) -> None:
    """Raise where no file can be written there, before time is spent on its content."""
    from crm.files import is_too_long

    if not path.name:
        raise click.UsageError("name a file to write")
    if is_too_long(path):
        raise click.UsageError(f"cannot write {path}: this name is too long")
    if not os.path.isdir(path.parent):
        raise click.UsageError(f"cannot write {path}: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK):
        raise click.UsageError(f"cannot write {path}: {path.parent} is read-only")


def check_picture(path: Path) -> None:
    """Raise where no picture can have this name, before time is spent on it."""
    from reporting.plots.pictures import SUFFIXES

    check_file(path)
    if path.suffix.lower() not in SUFFIXES:
        raise click.UsageError(f"{path}: expected a name in {' or '.join(SUFFIXES)}")


def spare_inputs(path: Path, prepared: "Prepared", model: Path | None = None) -> None:
    """Raise where writing would destroy the scenario, a table of it, or the model."""
    spare_files(path, [*prepared.named_files, model])


def spare_files(path: Path | None, files: Iterable[Path | None]) -> None:
    """Raise where writing to a path would destroy one of these files."""
    read = [os.path.realpath(file) for file in files if file is not None]
    if path is not None and os.path.realpath(path) in read:
        raise click.UsageError(f"{path} is read by this command; name another file")


def spare_folder(folder: Path | None, model: Path | None, prepared: "Prepared") -> None:
    """Raise where a folder that is going to be written has in it what was read.

    Raises
    ------
    click.UsageError
        Of a table, the scenario or the model.
    ScenarioError
        Of the ledger.
    """
    from runs import ledger_place
    from scenarios import ScenarioError

    if folder is None:
        return
    spare_paths(folder, [*prepared.named_files, *filter(None, [model])])
    ledger = ledger_place(prepared.file)
    if isinstance(ledger, Path) and _is_inside(ledger, folder):
        inside = f"lies in {folder}, which --replace would delete; move it out"
        raise ScenarioError([prepared.file.issue(("ledger",), inside)])


def spare_paths(folder: Path, paths: Iterable[Path]) -> None:
    """Raise where a folder that is going to be written has one of these in it."""
    for path in paths:
        if _is_inside(path, folder):
            raise click.UsageError(f"{path} is read from {folder}; name another folder")


def _is_inside(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def check_policies(names: Iterable[str], also: Iterable[str] = ()) -> None:
    """Raise where a name is no policy.

    Parameters
    ----------
    names
        Names to check.
    also
        Names that count beside :data:`solver.POLICIES`.
    """
    from crm import suggestion
    from solver import POLICIES

    known = [*POLICIES, *also]
    for name in names:
        if name not in known:
            near = suggestion(name, known)
            listed = ", ".join(known)
            raise click.UsageError(f"no policy {name!r}{near}; there are {listed}")
