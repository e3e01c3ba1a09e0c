"""The bytes of a model file: a line on the format, a line on versions, an archive.

The first line has the SHA-256 of all that follows. The archive is a ZIP of
``model.json`` and ``arrays/0.npy``, ``arrays/1.npy``, ..., none of them compressed:
the same model gives the same bytes everywhere, and nothing unpacks to more than the
file's own size.
"""

import hashlib
import io
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

import numpy as np
from numpy.lib.format import read_array, write_array

NAME = "rightrep model"
FORMAT = 3
MAX_LINE = 200
MAX_VERSIONS = 20_000
MAX_BYTES = 4 << 30
TREE = "model.json"


class ModelFileError(ValueError):
    """The file is not a model that can be trusted to give the same numbers."""


def model_bytes(versions: Mapping[str, Any], archive: bytes) -> bytes:
    """Return the bytes of a model file."""
    body = json.dumps(versions).encode() + b"\n" + archive
    digest = hashlib.sha256(body).hexdigest()
    return f"{NAME} {FORMAT} {digest}\n".encode() + body


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Give a model file whose format, size and checksum are right, at its versions.

    No more is read than decides: a foreign file is refused by its first line, and
    none is held in memory as a whole.

    Raises
    ------
    ModelFileError
        If it cannot be read, is not a model, or was changed or cut.
    """
    try:
        with path.open("rb") as file:
            first = file.readline(MAX_LINE)
            digest = stated_digest(first)
            if os.fstat(file.fileno()).st_size > MAX_BYTES:
                raise ModelFileError(f"is larger than {MAX_BYTES:,} bytes")
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise ModelFileError(
                    "was changed or cut after it was saved; train again"
                )
            file.seek(len(first))
            yield file
    except OSError as error:
        raise ModelFileError(f"cannot be read: {error.strerror or error}") from error


def stated_digest(first: bytes) -> str:
    """Return the checksum that the first line of a model file states."""
    line = first.decode("ascii", "replace")
    if not line.startswith(f"{NAME} "):
        raise ModelFileError("not a rightrep model")
    number, _, digest = line.removeprefix(f"{NAME} ").partition(" ")
    if number != str(FORMAT):
        raise ModelFileError(
            f"format is {number[:20]!r}, this rightrep reads {FORMAT}; train again"
        )
    return digest.removesuffix("\n")


def stated_versions(file: BinaryIO) -> dict[str, Any]:
    """Return the line on versions, and leave the file where the archive begins."""
    try:
        versions = json.loads(file.readline(MAX_VERSIONS))
    except (ValueError, RecursionError) as error:
        raise ModelFileError("has no line on versions; train again") from error
    if not isinstance(versions, dict):
        raise ModelFileError("has no line on versions; train again")
    return versions


def packed(tree: Any, arrays: Sequence[np.ndarray]) -> bytes:
    """Return the archive of a tree that JSON can hold and of its arrays."""
    archive = io.BytesIO()
    with ZipFile(archive, "w", ZIP_STORED) as files:
        text = json.dumps(tree, separators=(",", ":"))
        files.writestr(member(TREE), text)
        for number, array in enumerate(arrays):
            saved = io.BytesIO()
            write_array(saved, without_padding(array), allow_pickle=False)
            files.writestr(member(array_name(number)), saved.getvalue())
    return archive.getvalue()


def unpacked(file: BinaryIO) -> tuple[Any, list[np.ndarray]]:
    """Return the tree and the arrays of the archive at the end of a file.

    Raises
    ------
    Exception
        Of whatever kind, where the archive is not one of ours.
    """
    with ZipFile(file) as files:
        members = files.infolist()
        names = [TREE, *map(array_name, range(len(members) - 1))]
        if [info.filename for info in members] != names:
            raise ValueError("its archive has other files than a model's")
        n_bytes = sum(info.file_size for info in members)
        stored = all(info.compress_type == ZIP_STORED for info in members)
        if not stored or n_bytes > os.fstat(file.fileno()).st_size:
            raise ValueError("its archive holds more than the file")
        arrays = [
            read_array(io.BytesIO(files.read(name)), allow_pickle=False)
            for name in names[1:]
        ]
        return json.loads(files.read(TREE)), arrays


def array_name(number: int) -> str:
    """Return the name of an array in the archive."""
    return f"arrays/{number}.npy"


def member(name: str) -> ZipInfo:
    """Return a file of the archive that tells neither time nor system."""
    info = ZipInfo(name)
    info.create_system = 3
    return info


def without_padding(array: np.ndarray) -> np.ndarray:
    """Return the array with zeros where records have gaps between their fields."""
    if array.dtype.names is None:
        return array
    clean = np.zeros(array.shape, array.dtype)
    for name in array.dtype.names:
        clean[name] = array[name]
    return clean
