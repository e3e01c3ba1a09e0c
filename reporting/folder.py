"""A folder of results, on disk whole or not at all."""

import errno
import glob
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from crm import listed, write_new
from crm.files import PRIVATE_FILE, PRIVATE_FOLDER, is_too_long

NAMED = 5
"""Files that a message names."""
PARTIAL, EARLIER = ".partial", ".earlier"
"""How a folder is called that is being written, and one that is being replaced."""


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
    if is_too_long(folder):
        raise FolderInUseError(f"{folder} cannot be made: this name is too long")
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
    if foreign := _foreign_files(folder):
        raise FolderInUseError(
            f"{folder} holds files that are no part of its result: "
            f"{listed(foreign, NAMED)}; move them, or name a new folder"
        )


def _check_parent(folder: Path) -> None:
    """Raise where no folder can be made, before hours are spent on its content."""
    parent = next(p for p in folder.absolute().parents if os.path.exists(p))
    if not parent.is_dir():
        raise FolderInUseError(f"{folder} cannot be made: {parent} is a file")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise FolderInUseError(f"{folder} cannot be made: {parent} is read-only")


def _foreign_files(folder: Path) -> list[str]:
    """Return the files of a result's folder that its manifest does not list."""
    listing = json.loads((folder / "manifest.json").read_bytes()).get("files")
    if listing is None:
        return []
    own = {"manifest.json", *listing}
    there = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return sorted(name for name in there if name not in own and _is_file(folder, name))


def _is_file(folder: Path, name: str) -> bool:
    return not (folder / name).is_dir() or (folder / name).is_symlink()


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

    As :func:`new_folder`, of whose block nothing else happens.
    """
    with new_folder(folder, files, replace, private):
        pass


@contextmanager
def new_folder(
    folder: Path,
    files: Mapping[str, str | bytes],
    replace: bool = False,
    private: bool = False,
) -> Iterator[None]:
    """Write all files; within the ``with`` block they are on disk, but not there yet.

    At its end the folder is there, at once. Where the block raises, or is killed,
    everything is as it was; what a kill leaves beside the folder is removed by who
    writes it next.

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
        As for :func:`check_free`, also where the folder has come meanwhile.
    OSError
        Where the disk refuses; nothing is left behind.
    """
    clear_abandoned(Path(os.path.realpath(folder)))
    check_free(folder, replace)
    folder = Path(os.path.realpath(folder))
    new_parents = [parent for parent in folder.parents if not parent.exists()]
    mark = f".{folder.name}.{os.getpid()}.{secrets.token_hex(2)}"
    partial = folder.with_name(f"{mark}{PARTIAL}")
    earlier = folder.with_name(f"{mark}{EARLIER}")
    try:
        partial.mkdir(parents=True, mode=PRIVATE_FOLDER)
        for name, content in files.items():
            path = partial / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_new(path, content, PRIVATE_FILE if private else None)
        _open_to(partial, private)
        yield
        _put(partial, folder, earlier if replace else None)
    except BaseException as error:
        _undo(folder, partial, earlier, new_parents)
        if isinstance(error, OSError) and not isinstance(error, FolderInUseError):
            error.filename = str(folder)
        raise


def _put(partial: Path, folder: Path, earlier: Path | None) -> None:
    """Move a folder to its place; an earlier one goes only where that is said."""
    if earlier is not None and folder.exists():
        folder.rename(earlier)
    try:
        partial.rename(folder)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        came = f"{folder} holds a result that came meanwhile; name a new folder"
        raise FolderInUseError(came) from error
    if earlier is not None:
        shutil.rmtree(earlier, ignore_errors=True)


def clear_abandoned(folder: Path) -> None:
    """Remove what killed processes left of this folder, and put back what they moved.

    Processes that are still alive keep theirs.
    """
    for path in sorted(folder.parent.glob(f".{glob.escape(folder.name)}.*.*.*")):
        process = path.name.removeprefix(f".{folder.name}.").split(".")[0]
        if not process.isdigit() or _is_alive(int(process)):
            continue
        if path.suffix == EARLIER and not folder.exists():
            path.rename(folder)
        elif path.suffix in (PARTIAL, EARLIER):
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


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
