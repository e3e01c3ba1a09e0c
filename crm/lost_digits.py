"""Ids that a program has kept as numbers, and so without their last digits."""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from crm.issues import Issue
from crm.schema import TABLES
from crm.table import Table

_ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]{2,3}")
_LOST = (
    "a number with an exponent is no id any more: its last digits are lost, as Excel "
    "loses those after 15; export the column as text"
)


def lost_digits(tables: Mapping[str, Table]) -> Iterator[Issue]:
    """Yield an error for each id such as ``1.23457E+16``, of any format of file."""
    for name, table in tables.items():
        for column, kind in TABLES[name].items():
            if kind.kind == "id":
                ids = table.frame[column].to_numpy()
                joined = "|".join(ids)
                if "E+" in joined or "e+" in joined:
                    rounded = np.array([_is_rounded(text) for text in ids], dtype=bool)
                    yield from table.issues(rounded, column, _LOST)


def _is_rounded(text: str) -> bool:
    return bool(_ROUNDED.fullmatch(text))
