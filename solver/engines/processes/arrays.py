"""Named arrays through a pipe, without a copy; imports nothing of the project."""

import json
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

LENGTH = 8
"""Bytes of the length of the header before the arrays."""


def send(pipe: IO[bytes], **arrays: Any) -> None:
    """Write arrays to a pipe, each under its name."""
    ready = {name: np.asarray(array, order="C") for name, array in arrays.items()}
    described = [[name, a.dtype.str, a.shape] for name, a in ready.items()]
    head = json.dumps(described).encode()
    pipe.write(len(head).to_bytes(LENGTH, "little") + head)
    for array in ready.values():
        pipe.write(array.reshape(-1).view(np.uint8).data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> dict[str, NDArray[Any]]:
    """Return the arrays that were written to a pipe.

    Raises
    ------
    EOFError
        Where the writer has ended.
    """
    head = _read(pipe, int.from_bytes(_read(pipe, LENGTH).tobytes(), "little"))
    return {
        name: _read(pipe, int(np.prod(shape)) * np.dtype(kind).itemsize)
        .view(kind)
        .reshape(shape)
        for name, kind, shape in json.loads(head.tobytes())
    }


def _read(pipe: IO[bytes], size: int) -> NDArray[np.uint8]:
    """Return so many bytes; a pipe may give them in several parts."""
    content, filled = np.empty(size, dtype=np.uint8), 0
    while filled < size:
        part = pipe.readinto(content[filled:].data)  # type: ignore[attr-defined]
        if not part:
            raise EOFError
        filled += part
    return content
