"""All sheets of a run as files, with an index for a mail merge."""

from pathlib import Path

from crm import csv_text
from reporting import render_sheet
from reporting.text.reps.sheet_words import sheets_index
from runs.folder.manifest import json_text
from runs.sheets.file_names import file_names
from runs.sheets.own_leads import OpenBook
from runs.sheets.sheets import rep_sheets

PREFIX, SUFFIX = "sheet-", ".html"
INDEX = "index.csv"


def sheet_files(
    folder: Path, book: OpenBook | None = None
) -> tuple[dict[str, str | bytes], int]:
    """Return the files of a folder of sheets, and how many sheets there are.

    Parameters
    ----------
    book
        What the ledger knows of open leads.
    """
    sheets = list(rep_sheets(folder, (), book))
    names = file_names([sheet.rep_id for sheet in sheets], PREFIX, SUFFIX)
    files: dict[str, str | bytes] = {
        names[sheet.rep_id]: render_sheet(sheet) for sheet in sheets
    }
    rows = [
        (sheet.rep_id, sheet.name, sheet.email, names[sheet.rep_id]) for sheet in sheets
    ]
    files[INDEX] = csv_text(sheets_index(rows))
    return files | {"manifest.json": manifest(files)}, len(sheets)


def manifest(files: dict[str, str | bytes]) -> str:
    """Return the manifest that tells a folder of ours, so that it can be replaced."""
    from importlib.metadata import version

    versions = {"rightrep": version("rightrep")}
    return json_text({"versions": versions, "files": list(files)})
