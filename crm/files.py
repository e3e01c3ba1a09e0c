"""Files: why one cannot be read, CSV text, and writing whole or not at all."""

import errno
import os
import re
import secrets
from hashlib import file_digest, sha256
from pathlib import Path

import pandas as pd

from crm.cells import cell_text

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
PARQUET = ".parquet"
_DERIVED = "." * 40
_QUOTE = '"'
_SPECIAL = re.compile(r'[",;\r\n]')


def why_unreadable(path: Path) -> str:
    """Return why this path cannot be read, ``""`` where it can.

    Folders, devices and pipes are refused, since reading them may never end.
    """
    if os.path.isfile(path):
        return "" if os.access(path, os.R_OK) else "may not be read (permissions)"
    if os.path.exists(path):
        return "expected a file, not a folder or a device"
    if os.path.islink(path):
        return "is a link that leads nowhere"
    return _missing(path)


def why_unreadable_table(path: Path) -> str:
    """Return why a file, or a file of a folder of Parquet files, cannot be read."""
    if not (os.path.isdir(path) and path.suffix.lower() == PARQUET):
        return why_unreadable(path)
    problems = ((part, why_unreadable(part)) for part in files_of(path))
    return next((f"{part.name}: {why}" for part, why in problems if why), "")


def files_of(path: Path) -> list[Path]:
    """Return the file itself, or the Parquet files of a folder, by name.

    Names that begin with a dot or an underscore are not of the table, as writers of
    such folders have it.
    """
    if not os.path.isdir(path):
        return [path]
    names = sorted(part.name for part in path.iterdir())
    return [
        path / name
        for name in names
        if name.lower().endswith(PARQUET) and not name.startswith((".", "_"))
    ]


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and hashes of a folder's files."""
    if os.path.isdir(path):
        lines = (f"{part.name} {hash_of(part)}\n" for part in files_of(path))
        return sha256("".join(lines).encode()).hexdigest()
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def names_a_folder(name: str) -> bool:
    """Tell whether the name of a path can only be that of a folder."""
    return name.endswith(("/", "\\", "/.", "/.."))


def is_too_long(path: Path) -> bool:
    """Tell whether no file can have this name, or one we derive from it meanwhile."""
    try:
        os.lstat(path.with_name(path.name + _DERIVED))
    except OSError as error:
        return error.errno == errno.ENAMETOOLONG
    return False


def _missing(path: Path) -> str:
    """Return that the file is missing, and files that differ in suffix or case only."""
    if not os.path.isdir(path.parent):
        return f"no such file, and no folder {path.parent}"
    stem = path.stem.lower()
    near = sorted(p.name for p in path.parent.iterdir() if p.stem.lower() == stem)
    hint = f"; there is {', '.join(near)}" if near else f" in {path.parent}"
    return f"no such file{hint}"


def csv_text(frame: pd.DataFrame) -> str:
    r"""Return the frame as CSV with a header, ``\n`` after each row, no index.

    Text is written as it is, numbers in the shortest form that reads back the same,
    times in UTC as ISO 8601 with ``Z``, lists separated by ``|``; missing is empty.
    """
    columns = [_written(frame.iloc[:, place]) for place in range(frame.shape[1])]
    header = _quoted(list(map(str, frame.columns)))
    rows = [",".join(header), *map(",".join, zip(*columns, strict=True)), ""]
    return "\n".join(rows)


def _quoted(cells: list[str]) -> list[str]:
    """Return the cells, in quotes where CSV needs them."""
    if not _SPECIAL.search("".join(cells)):
        return cells
    return [
        f'"{cell.replace(_QUOTE, _QUOTE * 2)}"' if _SPECIAL.search(cell) else cell
        for cell in cells
    ]


def _written(column: pd.Series) -> list[str]:
    """Return the cells of a column as they stand in CSV."""
    if column.dtype == object:
        texts = [cell if isinstance(cell, str) else cell_text(cell) for cell in column]
        return _quoted(texts)
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert("UTC")
    codes, distinct = pd.factorize(column, use_na_sentinel=False)
    texts = [cell_text(cell) for cell in distinct.tolist()]
    if column.dtype.kind == "M":
        texts = [text.replace("+00:00", "Z") for text in texts]
    return list(map(_quoted(texts).__getitem__, codes.tolist()))


def write_whole(path: Path, content: str | bytes) -> None:
    """Write the file completely or leave it as it was.

    A new file is private to its owner; one that is replaced keeps its permissions.

    Parameters
    ----------
    path
        The file; an existing one is replaced, a device or pipe written to.
    content
        Text is written as UTF-8, newlines as they are.

    Raises
    ------
    OSError
        If the folder cannot be written to; nothing is left behind.
    """
    raw = content.encode() if isinstance(content, str) else content
    if os.path.exists(path) and not os.path.isfile(path):
        path.write_bytes(raw)
        return
    path = Path(os.path.realpath(path))
    partial = path.with_name(f".{secrets.token_hex(4)}.partial")
    try:
        write_new(partial, raw, _permissions(path))
        partial.replace(path)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise


def _permissions(path: Path) -> int:
    return path.stat().st_mode & 0o777 if os.path.exists(path) else PRIVATE_FILE


def write_new(
    path: Path, content: str | bytes, permissions: int | None = PRIVATE_FILE
) -> None:
    """Write a new file, and wait until it is on disk.

    Parameters
    ----------
    path
        The file.
    content
        Text is written as UTF-8, newlines as they are.
    permissions
        Who may read and write it; ``None`` for what the umask allows.

    Raises
    ------
    OSError
        If it exists, or cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    mode = 0o666 if permissions is None else permissions & PRIVATE_FILE
    with open(os.open(path, flags, mode), "wb") as file:
        if permissions is not None:
            path.chmod(permissions)
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
