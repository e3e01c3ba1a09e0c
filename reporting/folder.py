"""A folder of results, on disk whole or not at all."""

import json
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from crm import write_new
from crm.files import PRIVATE_FILE, PRIVATE_FOLDER


class FolderInUseError(FileExistsError):
    """The folder cannot take results, or holds something that would be lost."""


def check_free(folder: Path, replace: bool) -> None:
    """Raise where results cannot go into this folder.

    Parameters
    ----------
    replace
        Whether a folder with an earlier result may go.

    Raises
    ------
    FolderInUseError
        Where the folder cannot be made, or has files that are not to be replaced.
    """
    if folder.name in {"", ".."}:
        raise FolderInUseError(f"{str(folder)!r} is in use; name a new folder")
    _check_parent(folder)
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise FolderInUseError(f"{folder} is not a folder; name another")
    if not any(folder.iterdir()):
        return
    if not _is_result(folder):
        raise FolderInUseError(f"{folder} is not empty; name a new folder")
    if not replace:
        raise FolderInUseError(
            f"{folder} holds an earlier result; name a new folder, or add --replace"
        )


def _check_parent(folder: Path) -> None:
    """Raise where no folder can be made, before hours are spent on its content."""
    parent = next(p for p in folder.absolute().parents if os.path.exists(p))
    if not parent.is_dir():
        raise FolderInUseError(f"{folder} cannot be made: {parent} is a file")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise FolderInUseError(f"{folder} cannot be made: {parent} is read-only")


def _is_result(folder: Path) -> bool:
    """Tell a result of ours from a folder that has a manifest.json of its own."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        return "rightrep" in manifest["versions"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write_folder(
    folder: Path,
    files: Mapping[str, str | bytes],
    replace: bool = False,
    private: bool = False,
) -> None:
    """Write all files into a new folder, or leave everything as it was.

    Parameters
    ----------
    files
        Path inside the folder -> content; text is written as UTF-8.
    replace
        As for :func:`check_free`.
    private
        Whether nobody but the owner may read it, whatever the umask allows.

    Raises
    ------
    FolderInUseError
        As for :func:`check_free`.
    OSError
        Where the disk refuses; nothing is left behind.
    """
    check_free(folder, replace)
    folder = Path(os.path.realpath(folder))
    new_parents = [parent for parent in folder.parents if not parent.exists()]
    mark = secrets.token_hex(4)
    partial = folder.with_name(f".{mark}.partial")
    earlier = folder.with_name(f".{mark}.earlier")
    try:
        partial.mkdir(parents=True, mode=PRIVATE_FOLDER)
        for name, content in files.items():
            path = partial / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_new(path, content, PRIVATE_FILE if private else None)
        _open_to(partial, private)
        if folder.exists():
            folder.rename(earlier)
        partial.rename(folder)
        shutil.rmtree(earlier, ignore_errors=True)
    except BaseException as error:
        _undo(folder, partial, earlier, new_parents)
        if isinstance(error, OSError):
            error.filename = str(folder)
        raise


def _open_to(folder: Path, private: bool) -> None:
    """Give the folder, and those inside it, the permissions that were asked for."""
    umask = os.umask(0)
    os.umask(umask)
    mode = PRIVATE_FOLDER if private else 0o777 & ~umask
    for inner in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        inner.chmod(mode)


def _undo(
    folder: Path, partial: Path, earlier: Path, new_parents: Sequence[Path]
) -> None:
    shutil.rmtree(partial, ignore_errors=True)
    if earlier.exists() and not folder.exists():
        earlier.rename(folder)
    shutil.rmtree(earlier, ignore_errors=True)
    for parent in new_parents:
        with suppress(OSError):
            parent.rmdir()
