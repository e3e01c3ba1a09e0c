"""A column of ours that is recognised in a file."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Named:
    """A column of ours and what it is made of.

    Attributes
    ----------
    origin
        As `columns` says it.
    parts
        The file's columns that it is made of.
    why
        What is not plain about it.
    """

    origin: Any
    parts: tuple[str, ...]
    why: str = ""
