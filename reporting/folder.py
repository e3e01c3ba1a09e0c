"""A folder of results, on disk whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path


class FolderInUseError(FileExistsError):
    """The folder holds something that would be lost."""


def check_free(folder: Path, replace: bool) -> None:
    """Raise where results cannot go into this folder.

    Parameters
    ----------
    replace
        Whether a folder with an earlier result (a ``manifest.json``) may go.

    Raises
    ------
    FolderInUseError
        Where the folder has files that are not to be replaced.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderInUseError(f"{folder} is a file; name a folder")
    if not any(folder.iterdir()):
        return
    if not (folder / "manifest.json").is_file():
        raise FolderInUseError(f"{folder} is not empty; name a new folder")
    if not replace:
        raise FolderInUseError(
            f"{folder} holds an earlier result; name a new folder, or add --replace"
        )


def write_folder(
    folder: Path, files: Mapping[str, str | bytes], replace: bool = False
) -> None:
    """Write all files into a new folder, or leave everything as it was.

    Parameters
    ----------
    files
        Path inside the folder -> content; text is written as UTF-8.
    replace
        As for :func:`check_free`.

    Raises
    ------
    FolderInUseError
        As for :func:`check_free`.
    OSError
        Where the disk refuses; nothing is left behind.
    """
    check_free(folder, replace)
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    mark = secrets.token_hex(4)
    partial = folder.with_name(f".{folder.name}.{mark}.partial")
    earlier = folder.with_name(f".{folder.name}.{mark}.earlier")
    try:
        partial.mkdir()
        for name, content in files.items():
            _write(partial / name, content)
        if folder.exists():
            folder.rename(earlier)
        partial.rename(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        if earlier.exists() and not folder.exists():
            earlier.rename(folder)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode() if isinstance(content, str) else content
    with path.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
