"""How a file tells what was won or lost."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from crm.recognition.entry import Entry


@dataclass(frozen=True)
class OutcomeColumn:
    """How a file tells the outcome.

    Attributes
    ----------
    origin
        What our column is made of.
    values
        The lines that translate its words, none where none needs to.
    why
        Why so.
    cells
        What each row is, "" where that is undecided, shape (n_rows,) object.
    stage
        The header of the stage or status, "" for none.
    fill
        The line that fills its empty cells, none where there are none, or nobody knows.
    """

    origin: Any
    values: tuple[Entry, ...]
    why: str
    cells: np.ndarray
    stage: str = ""
    fill: tuple[Entry, ...] = ()
