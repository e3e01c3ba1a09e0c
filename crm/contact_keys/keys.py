"""The keys of a table of leads or contacts."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd

from crm.contact_keys.company import company_key
from crm.contact_keys.domain import domain_key
from crm.contact_keys.email import email_key
from crm.contact_keys.phone import phone_key
from crm.contact_keys.reading import KeyReading

KINDS = ("email", "phone", "domain", "company")
"""Kinds of keys, those of a person first."""
COLUMNS = {
    "email": ("email",),
    "phone": ("phone", "mobile", "mobile_phone"),
    "domain": ("website", "domain", "email"),
    "company": ("company",),
}
"""Kind of a key -> columns that tell it."""
COUNTRIES = ("country_code", "country")
"""Columns that may hold the country of a phone number, the better one first."""

Read = Callable[[str], KeyReading]


@dataclass(frozen=True)
class KeyReader:
    """How cells are read as keys.

    Attributes
    ----------
    country
        ISO 3166 code of numbers whose lead names none.
    plus_addresses
        Whether ``mara+fair@acme.com`` is ``mara@acme.com``.
    """

    country: str = ""
    plus_addresses: bool = False

    def read(
        self,
        table: pd.DataFrame,
        kinds: Collection[str] = KINDS,
        id_column: str = "lead_id",
    ) -> pd.DataFrame:
        """Return one row per cell that may be a key of these kinds.

        Returns
        -------
        pandas.DataFrame
            kind, key (``""`` where the cell gives none), why_not, cell, and the row's
            id; a row's equal keys are there once.
        """
        parts = [
            self._of_column(table, kind, column, id_column)
            for kind in KINDS
            if kind in kinds
            for column in COLUMNS[kind]
            if column in table
        ]
        columns = ["kind", "key", "why_not", "cell", id_column]
        empty = pd.DataFrame(columns=columns, dtype=object)
        rows = pd.concat([empty, *parts], ignore_index=True)[columns]
        return rows.drop_duplicates(["kind", "key", "why_not", id_column])

    def keys(
        self,
        table: pd.DataFrame,
        kinds: Collection[str] = KINDS,
        id_column: str = "lead_id",
    ) -> pd.DataFrame:
        """Return one row per key of a row: kind, key and the row's id."""
        rows = self.read(table, kinds, id_column)
        return rows.loc[rows["key"] != "", ["kind", "key", id_column]]

    def _of_column(
        self, table: pd.DataFrame, kind: str, column: str, id_column: str
    ) -> pd.DataFrame:
        cells = table[column].astype(object)
        filled = cells.isin([cell for cell in cells.unique() if _is_filled(cell)])
        cells = cells[filled]
        if kind == "phone":
            pairs = zip(cells, self._countries(table)[filled], strict=True)
            readings = [phone_key(*pair) for pair in pairs]
        else:
            read = self._reader(kind)
            known = {cell: read(cell) for cell in cells.unique()}
            readings = [known[cell] for cell in cells]
        return pd.DataFrame(
            {
                "kind": kind,
                "key": [reading.key for reading in readings],
                "why_not": [reading.why_not for reading in readings],
                "cell": cells,
                id_column: table.loc[cells.index, id_column],
            },
            dtype=object,
        )

    def _reader(self, kind: str) -> Read:
        if kind == "email":
            return partial(email_key, plus_addresses=self.plus_addresses)
        return {"domain": domain_key, "company": company_key}[kind]

    def _countries(self, table: pd.DataFrame) -> pd.Series:
        named = pd.Series("", index=table.index, dtype=object)
        for column in COUNTRIES:
            if column in table:
                cells = table[column].fillna("").astype(str)
                named = named.where(named != "", cells)
        return named.where(named != "", self.country)


def _is_filled(cell: object) -> bool:
    return isinstance(cell, str) and bool(cell.strip())


def refusals(read: pd.DataFrame) -> Iterator[tuple[str, str, list[str]]]:
    """Yield what gave no key: the kind, why, and the cells, most frequent first."""
    none = read[read["key"] == ""]
    for (kind, why), rows in none.groupby(["kind", "why_not"], sort=True):
        yield str(kind), str(why), list(rows["cell"].value_counts().index)
