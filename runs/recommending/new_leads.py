"""A lead that came in between runs: described in words, or a row of a small file."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from crm import CrmData, DataError, Issue, Source, csv_text, read_crm, suggestion
from crm.query import OF_FILES
from runs.folder.reading import AS_WRITTEN

NEW = "new lead"
"""Id of a lead that has none yet."""


def described(crm: CrmData, cells: Mapping[str, str], lead_id: str) -> pd.DataFrame:
    """Return one lead as the day's table has its leads, from cells.

    Parameters
    ----------
    crm
        The day.
    cells
        Column of the day's leads -> what the lead has there.
    lead_id
        Its id; "" for none yet.

    Raises
    ------
    DataError
        Where a column is unknown, or a cell cannot be read.
    """
    known = [str(column) for column in crm.leads]
    issues = [
        Issue("--lead", f"no column of the leads{suggestion(name, known)}", value=name)
        for name in cells
        if name not in known
    ]
    if issues:
        raise DataError(issues)
    moment = crm.as_of.tz_convert("UTC").isoformat()
    own = {"lead_id": lead_id or NEW, "created_at": moment, **cells}
    frame = pd.DataFrame({name: [cell] for name, cell in own.items()}, dtype=object)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lead.csv"
        path.write_text(csv_text(frame), encoding="utf-8")
        source = Source(file=path.name, **AS_WRITTEN)
        return aligned_leads(crm, _read({"leads": source}, Path(folder), crm))


def read_lead(
    crm: CrmData, sources: Mapping[str, Source], folder: Path, file: Path, lead_id: str
) -> pd.DataFrame:
    """Return one lead of a file as the day's table has its leads.

    Parameters
    ----------
    sources
        How the day's tables are read; the file is read as that of the leads.
    folder
        The folder that their files are relative to.
    lead_id
        Which; "" for the only one.

    Raises
    ------
    DataError
        Where it cannot be read, or has not this lead.
    """
    as_written = {name: Source.model_fields[name].default for name in OF_FILES}
    own_file = {"file": str(file.absolute()), "sql": None, "url": None}
    source = sources["leads"].model_copy(update=as_written | own_file)
    tables = {"leads": source}
    if "reps" in sources:
        tables["reps"] = sources["reps"]
    leads = _read(tables, folder, crm)
    ids = leads["lead_id"].tolist()
    if lead_id and lead_id not in ids:
        expected = f"the file has no such lead{suggestion(lead_id, ids)}"
        raise DataError([Issue(str(file), expected, value=lead_id)])
    if not lead_id and len(ids) != 1:
        expected = f"has {len(ids):,} leads: name one, as in {ids[0]}"
        raise DataError([Issue(str(file), expected)])
    return aligned_leads(crm, leads[leads["lead_id"] == (lead_id or ids[0])])


def _read(sources: Mapping[str, Source], folder: Path, crm: CrmData) -> pd.DataFrame:
    read, _ = read_crm(
        sources, folder, None, crm.calendar, needed=("leads",), with_rows=("leads",)
    )
    return read.leads


def aligned_leads(crm: CrmData, leads: pd.DataFrame) -> pd.DataFrame:
    """Return leads with the columns of the day's, of the same types, in their order.

    What a lead does not have is missing, columns that the day lacks are left out.

    Raises
    ------
    DataError
        Where a column is of another type than the day's.
    """
    columns, issues = {}, []
    for name in map(str, crm.leads):
        own = crm.leads[name]
        if name in leads:
            cells = leads[name].reset_index(drop=True)
            is_unread = own.dtype != object and cells.dtype == object
            if is_unread and (cells != "").any():
                expected = "the day's leads have numbers or times in this column"
                issues.append(Issue("leads", expected, column=name, value=cells[0]))
                continue
            if is_unread:
                cells = pd.Series([None] * len(leads))
        else:
            empty: object = (
                () if _has_lists(own) else "" if own.dtype == object else None
            )
            cells = pd.Series([empty] * len(leads), dtype=object)
        columns[name] = _as(cells, own)
    if issues:
        raise DataError(issues)
    return pd.DataFrame(columns)


def _has_lists(column: pd.Series) -> bool:
    return column.dtype == object and bool(len(column)) and isinstance(column[0], tuple)


def _as(cells: pd.Series, own: pd.Series) -> pd.Series:
    if own.dtype == object:
        is_text = cells.dtype == object
        return cells if is_text else cells.map(lambda cell: f"{cell:g}")
    return cells.astype(own.dtype)


def missing_columns(leads: pd.DataFrame, features: Sequence[str]) -> list[str]:
    """Return the features that a lead does not have."""
    return [
        name
        for name in features
        if name in leads and (leads[name].isna() | (leads[name] == "")).all()
    ]
