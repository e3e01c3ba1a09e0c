"""Exports of Dynamics 365 in three languages: workbooks with hidden columns."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.exports.company import EARLIER, NEW, REPS, Lead
from tests.exports.writing import Write

DYNAMICS = {
    "en": (
        *("(Do Not Modify) Lead", "(Do Not Modify) Row Checksum"),
        *("(Do Not Modify) Modified On", "Name", "Company Name", "Email", "Owner"),
        *("Status Reason", "Created On", "Est. Value", "Country/Region"),
        "Lead Source",
    ),
    "de": (
        *("(Nicht ändern) Lead", "(Nicht ändern) Zeilenprüfsumme"),
        *("(Nicht ändern) Geändert am", "Name", "Firmenname", "E-Mail", "Besitzer"),
        *("Statusgrund", "Erstellt am", "Gesch. Wert", "Land/Region", "Leadquelle"),
    ),
    "fr": (
        *("(Ne pas modifier) Prospect",),
        "(Ne pas modifier) Somme de contrôle de la ligne",
        *("(Ne pas modifier) Modifié le", "Name", "Nom de la société"),
        *("Courrier électronique", "Propriétaire", "Raison du statut", "Créé le"),
        *("Valeur estimée", "Pays/Région", "Source du prospect"),
    ),
}
"""Language -> the headers of leads."""
REASONS = {
    "en": ("New", "Qualified", "Lost"),
    "de": ("Neu", "Qualifiziert", "Verloren"),
    "fr": ("Nouveau", "Qualifié", "Perdu"),
}
DYNAMICS_USERS = {
    "en": ("Full Name", "Business Unit", "Primary Email", "Status"),
    "de": (
        *("Vollständiger Name", "Unternehmenseinheit", "Primäre E-Mail-Adresse"),
        "Status",
    ),
    "fr": ("Nom complet", "Division", "E-mail principal", "Statut"),
}
ENABLED = {
    "en": ("Enabled", "Disabled"),
    "de": ("Aktiviert", "Deaktiviert"),
    "fr": ("Activé", "Désactivé"),
}


def _book(path: Path, headers: Iterable[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a workbook as Dynamics does: first columns hidden, real dates."""
    with xlsxwriter.Workbook(str(path)) as book:
        hidden = book.add_worksheet("hiddenSheet")
        hidden.write_row(0, 0, ["lead:checksum"])
        sheet = book.add_worksheet("All Leads")
        sheet.activate()
        hidden.very_hidden()
        date = book.add_format({"num_format": "m/d/yyyy h:mm"})
        for i, row in enumerate([list(headers), *rows]):
            for j, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(i, j, cell, date)
                elif cell not in (None, ""):
                    sheet.write(i, j, cell)
        sheet.set_column(0, 2, None, None, {"hidden": True})


def dynamics(language: str) -> Write:
    def row(lead: Lead) -> list[Any]:
        reasons = dict(zip(("open", "won", "lost"), REASONS[language], strict=True))
        return [
            f"3f2a{lead.n:04x}-0000-4000-8000-{lead.n:012x}",
            f"c{lead.n}/=",
            lead.closed or lead.created,
            "Bo Buyer",
            lead.company,
            lead.email,
            "New Leads" if lead.n > len(EARLIER) else lead.owner.name,
            reasons[lead.outcome],
            lead.created,
            lead.value,
            lead.country,
            lead.source,
        ]

    def write(folder: Path) -> None:
        _book(folder / "new_leads.xlsx", DYNAMICS[language], map(row, NEW))
        _book(folder / "leads.xlsx", DYNAMICS[language], map(row, EARLIER))
        states = ENABLED[language]
        users = [
            [rep.name, rep.team, rep.email, states[0 if rep.active else 1]]
            for rep in REPS
        ]
        with xlsxwriter.Workbook(str(folder / "users.xlsx")) as book:
            sheet = book.add_worksheet()
            for i, cells in enumerate([DYNAMICS_USERS[language], *users]):
                sheet.write_row(i, 0, cells)

    return write
