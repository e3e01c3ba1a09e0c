"""An invented company, and its exports from the systems that ready scenarios read."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter

PEOPLE = (
    ("Ines", "Vogel", "DACH"),
    ("Jonas", "Köhler", "DACH"),
    ("Léa", "Moreau", "West"),
    ("Sean", "O'Brien", "West"),
    ("Petra", "de Vries", "West"),
    ("Tom", "Baker", "West"),
    ("Ulla", "Groß", "DACH"),
    ("Viktor", "Hahn", "DACH"),
)
"""First name, last name and team; the last one has left."""
COUNTRIES = ("Germany", "France", "Ireland", "Netherlands")
SOURCES = ("Web", "Fair", "Partner", "Phone")
FIRMS = ("Arbor, Ltd", "Brühl GmbH", "Ciel SA", 'Delta "D" BV', "Enzo & Co")


@dataclass(frozen=True)
class Rep:
    """A user."""

    n: int
    first: str
    last: str
    team: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        return f"user{self.n}@acme.example"

    @property
    def active(self) -> bool:
        return self.n < len(PEOPLE) - 1


@dataclass(frozen=True)
class Lead:
    """A lead; outcome and closing are those of an earlier one."""

    n: int
    created: datetime
    country: str
    source: str
    company: str
    value: float
    owner: Rep
    outcome: str
    closed: datetime | None

    @property
    def email(self) -> str:
        return f"buyer{self.n}@client.example"

    @property
    def phone(self) -> str:
        return f"+49 30 {5550000 + self.n}"


REPS = tuple(Rep(n, *person) for n, person in enumerate(PEOPLE))


def _lead(rng: np.random.Generator, n: int, created: datetime, is_new: bool) -> Lead:
    owner = REPS[rng.integers(7 if is_new else 8)]
    chance = 0.2 + 0.3 * (owner.n % 2)
    draw = rng.random()
    outcome = "won" if draw < chance else "lost" if draw < 0.9 else "open"
    closed = created + timedelta(days=int(rng.integers(2, 40)), minutes=n)
    if is_new or outcome == "open":
        outcome, closed = "open", None
    return Lead(
        n,
        created,
        str(rng.choice(COUNTRIES)),
        str(rng.choice(SOURCES)),
        str(rng.choice(FIRMS)),
        round(float(rng.uniform(900, 90_000)), 2),
        owner,
        outcome,
        closed,
    )


def _leads(first: int, n_leads: int, start: datetime, days: int) -> tuple[Lead, ...]:
    rng = np.random.default_rng(first)
    minutes = sorted(rng.choice(days * 600, n_leads, replace=False).tolist())
    return tuple(
        _lead(
            rng,
            first + i,
            start + timedelta(days=m // 600, minutes=m % 600),
            days == 1,
        )
        for i, m in enumerate(minutes)
    )


EARLIER = _leads(1, 60, datetime(2026, 1, 5, 8), 200)
NEW = _leads(61, 10, datetime(2026, 9, 7, 8), 1)

Row = Mapping[str, Any]
Write = Callable[[Path], None]


def _csv(path: Path, rows: Sequence[Row], **dialect: Any) -> None:
    encoding = dialect.pop("encoding", "utf-8")
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), **dialect)
        writer.writeheader()
        writer.writerows(rows)


def _quoted(path: Path, rows: Sequence[Row]) -> None:
    _csv(path, rows, quoting=csv.QUOTE_ALL)


def _time(moment: datetime | None, form: str) -> str:
    return "" if moment is None else moment.strftime(form)


def _own_reps(folder: Path) -> None:
    rows = [
        {
            "rep_id": f"R{rep.n}",
            "name": rep.name,
            "email": rep.email,
            "daily_capacity": 3,
            "active": str(rep.active).lower(),
        }
        for rep in REPS
    ]
    _csv(folder / "reps.csv", rows)


def _both(row_of: Callable[[Lead], Row]) -> tuple[list[Row], list[Row]]:
    return [row_of(lead) for lead in NEW], [row_of(lead) for lead in EARLIER]


def salesforce_user(rep: Rep) -> str:
    """Return a user id of 18 characters."""
    return f"0055g00000abc{rep.n:02d}AAA"


def _salesforce(folder: Path) -> None:
    iso = "%Y-%m-%dT%H:%M:%S.000Z"

    def row(lead: Lead) -> Row:
        new = lead.n > len(EARLIER)
        words = {"won": "Closed - Converted", "lost": "Closed - Not Converted"}
        is_won = lead.outcome == "won"
        queue = "00G5g000000Queue1"
        return {
            "Id": f"00Q5g00000Lead{lead.n:03d}A",
            "LastName": "Buyer",
            "Company": lead.company,
            "Country": lead.country,
            "Email": lead.email,
            "Phone": lead.phone,
            "LeadSource": lead.source,
            "Status": "Open - Not Contacted"
            if new
            else words.get(lead.outcome, "Working - Contacted"),
            "OwnerId": f"{queue}A" if new else salesforce_user(lead.owner),
            "IsConverted": str(is_won).lower(),
            "ConvertedDate": _time(lead.closed, iso) if is_won else "",
            "CreatedDate": _time(lead.created, iso),
            "LastModifiedDate": _time(lead.closed or lead.created, iso),
            "IsDeleted": "false",
        }

    new, earlier = _both(row)
    _quoted(folder / "new_leads.csv", new)
    gone = {**earlier[0], "Id": "00Q5g00000Lead999A", "IsDeleted": "true"}
    _quoted(folder / "leads.csv", [*earlier, gone])
    users = [
        {
            "Id": salesforce_user(rep),
            "Name": rep.name,
            "Email": rep.email,
            "Department": rep.team,
            "IsActive": str(rep.active).lower(),
        }
        for rep in REPS
    ]
    _quoted(folder / "users.csv", users)


def _salesforce_report(folder: Path) -> None:
    clock = "%-m/%-d/%Y, %-I:%M %p"

    def row(lead: Lead) -> Row:
        words = {"won": "Closed - Converted", "lost": "Closed - Not Converted"}
        new = lead.n > len(EARLIER)
        is_won = lead.outcome == "won"
        return {
            "Lead Owner": "New Leads" if new else lead.owner.name,
            "Company / Account": lead.company,
            "Country": lead.country,
            "Lead Source": lead.source,
            "Lead Status": "Open - Not Contacted"
            if new
            else words.get(lead.outcome, "Working - Contacted"),
            "Converted": int(is_won),
            "Converted Date": _time(lead.closed, clock) if is_won else "",
            "Create Date": _time(lead.created, clock),
            "Last Modified": _time(lead.closed or lead.created, clock),
            "Lead ID": f"00Q5g00000L{lead.n:04d}",
        }

    for name, rows in zip(("new_leads.csv", "leads.csv"), _both(row), strict=True):
        _quoted(folder / name, rows)
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(
                '\n\n"Leads with owner"\n"Copyright (c) 2000-2026 x.com, inc."\n'
            )
            file.write('"Confidential Information - Do Not Distribute"\n')
            file.write('"Generated By: Ines Vogel 9/7/2026, 8:02 PM"\n')
    users = [
        {"Id": salesforce_user(rep), "Name": rep.name, "IsActive": int(rep.active)}
        for rep in REPS
    ]
    _quoted(folder / "users.csv", users)


def _hubspot_users(folder: Path) -> None:
    rows = [
        {
            "First name": rep.first,
            "Last name": rep.last,
            "Email": rep.email,
            "Main team": rep.team,
            "Status": "Active" if rep.active else "Deactivated",
        }
        for rep in REPS
    ]
    _csv(folder / "users.csv", rows)


def _hubspot_owner(lead: Lead) -> str:
    if lead.n > len(EARLIER):
        return ""
    return lead.owner.name + ("" if lead.owner.active else " (Deactivated User)")


def _hubspot(folder: Path) -> None:
    clock = "%Y-%m-%d %H:%M"

    def row(lead: Lead) -> Row:
        won = lead.outcome == "won"
        status = {"won": "Connected", "lost": "Unqualified"}.get(lead.outcome, "New")
        return {
            "Record ID": 29000000000 + 51 * lead.n,
            "First Name": "Bo",
            "Last Name": "Buyer",
            "Email": lead.email,
            "Phone Number": lead.phone,
            "Contact owner": _hubspot_owner(lead),
            "Lifecycle Stage": "Customer" if won else "Lead",
            "Lead Status": status,
            "Create Date": _time(lead.created, clock),
            "Became a Customer Date": _time(lead.closed, clock) if won else "",
            "Last Modified Date": _time(lead.closed or lead.created, clock),
            "Country/Region": lead.country,
            "Original Traffic Source": lead.source,
            "Associated Company": lead.company,
        }

    new, earlier = _both(row)
    _quoted(folder / "new_contacts.csv", new)
    _quoted(folder / "contacts.csv", earlier)
    _hubspot_users(folder)


def _hubspot_deals(folder: Path) -> None:
    clock = "%Y-%m-%d %H:%M"

    def row(lead: Lead) -> Row:
        stages = {"won": "Closed won", "lost": "Closed lost"}
        expected = _time(lead.closed or lead.created + timedelta(days=300), clock)
        return {
            "Record ID": 9000000000 + lead.n,
            "Deal Name": f"{lead.company} {lead.n}",
            "Deal Stage": stages.get(lead.outcome, "Appointment scheduled"),
            "Close Date": expected,
            "Deal owner": _hubspot_owner(lead),
            "Amount": lead.value,
            "Create Date": _time(lead.created, clock),
            "Country/Region": lead.country,
            "Original Traffic Source": lead.source,
            "Associated Company": lead.company,
        }

    new, earlier = _both(row)
    _quoted(folder / "new_deals.csv", new)
    _quoted(folder / "deals.csv", earlier)
    _hubspot_users(folder)


def _pipedrive(folder: Path) -> None:
    clock = "%Y-%m-%d %H:%M:%S"

    def row(lead: Lead) -> Row:
        ends = {lead.outcome: _time(lead.closed, clock)}
        return {
            "Deal - ID": lead.n,
            "Deal - Title": f"{lead.company} deal",
            "Deal - Owner": "Ines Vogel" if lead.n > 60 else lead.owner.name,
            "Deal - Value": lead.value,
            "Deal - Currency of Value": "EUR",
            "Deal - Organization": lead.company,
            "Deal - Stage": "Contact made",
            "Deal - Deal created": _time(lead.created, clock),
            "Deal - Won time": ends.get("won", ""),
            "Deal - Lost time": ends.get("lost", ""),
            "Deal - Lost reason": "Price" if lead.outcome == "lost" else "",
            "Deal - Status": lead.outcome.title(),
            "Deal - Source channel": lead.source,
        }

    new, earlier = _both(row)
    _csv(folder / "new_deals.csv", new)
    _csv(folder / "deals.csv", earlier)
    _own_reps(folder)


ODOO = {
    "en": (
        *("External ID", "Opportunity", "Salesperson", "Stage", "Active"),
        *("Probability", "Expected Revenue", "Created on", "Assignment Date"),
        *("Closed Date", "Country", "Source", "Customer", "Lost Reason"),
    ),
    "de": (
        *("Externe ID", "Verkaufschance", "Vertriebsmitarbeiter", "Phase", "Aktiv"),
        *("Wahrscheinlichkeit", "Erwarteter Umsatz", "Erstellt am"),
        *("Zuweisungsdatum", "Abschlussdatum", "Land", "Quelle", "Kunde"),
        "Verlustgrund",
    ),
    "fr": (
        *("ID externe", "Opportunité", "Vendeur", "Étape", "Actif", "Probabilité"),
        *("Revenus espérés", "Créé le", "Date d'affectation", "Date de clôture"),
        *("Pays", "Source", "Client", "Motif de perte"),
    ),
}
"""Language -> the headers of crm.lead."""
ODOO_USERS = {
    "en": ("Name", "Login", "Sales Teams", "Active"),
    "de": ("Name", "Anmeldung", "Verkaufsteams", "Aktiv"),
    "fr": ("Nom", "Identifiant", "Équipes commerciales", "Actif"),
}


def _odoo(language: str) -> Write:
    clock = "%Y-%m-%d %H:%M:%S"

    def row(lead: Lead) -> Row:
        new = lead.n > len(EARLIER)
        probability = {"won": "100.0", "lost": "0.0"}.get(lead.outcome, "35.5")
        cells = (
            f"__export__.crm_lead_{lead.n}_0a",
            f"{lead.company} {lead.n}",
            "" if new else lead.owner.name,
            "Won" if lead.outcome == "won" else "New",
            str(lead.outcome != "lost"),
            probability,
            lead.value,
            _time(lead.created, clock),
            "" if new else _time(lead.created, clock),
            _time(lead.closed, clock),
            lead.country,
            lead.source,
            lead.company,
            "Too expensive" if lead.outcome == "lost" else "",
        )
        return dict(zip(ODOO[language], cells, strict=True))

    def write(folder: Path) -> None:
        new, earlier = _both(row)
        _quoted(folder / "new_leads.csv", new)
        _quoted(folder / "crm.lead.csv", earlier)
        users = [
            dict(
                zip(
                    ODOO_USERS[language],
                    (rep.name, rep.email, rep.team, str(rep.active)),
                    strict=True,
                )
            )
            for rep in REPS
        ]
        _quoted(folder / "res.users.csv", users)

    return write


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


def _dynamics(language: str) -> Write:
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


def _zoho(folder: Path) -> None:
    clock = "%Y-%m-%d %H:%M:%S"

    def row(lead: Lead) -> Row:
        won = lead.outcome == "won"
        new = lead.n > len(EARLIER)
        status = {"won": "Contacted", "lost": "Lost Lead"}.get(
            lead.outcome, "Not Contacted"
        )
        return {
            "Record Id": f"zcrm_55550000000{lead.n:05d}",
            "Lead Owner.id": f"zcrm_5555000000000{lead.owner.n}",
            "Lead Owner": "New Leads" if new else lead.owner.name,
            "Company": lead.company,
            "Last Name": "Buyer",
            "Email": lead.email,
            "Phone": lead.phone,
            "Lead Source": lead.source,
            "Lead Status": status,
            "Country": lead.country,
            "Created Time": _time(lead.created, clock),
            "Modified Time": _time(lead.closed or lead.created, clock),
            "Is Converted": str(won).lower(),
            "Converted Date Time": _time(lead.closed, clock) if won else "",
        }

    new, earlier = _both(row)
    _csv(folder / "new_leads.csv", new)
    _csv(folder / "leads.csv", earlier)
    _own_reps(folder)


def _sheets(folder: Path) -> None:
    clock = "%-m/%-d/%Y %-H:%M:%S"

    def row(lead: Lead) -> Row:
        return {
            "lead_id": f"L{lead.n:03d}",
            "created_at": _time(lead.created, clock),
            "territory": lead.country,
            "source": lead.source,
            "company": lead.company,
            "email": lead.email,
            "deal_value": f"€{lead.value:,.2f}",
            "lookup": "#N/A" if lead.n % 3 else "A",
            "": "",
        }

    def past(lead: Lead) -> Row:
        return row(lead) | {
            "rep_id": lead.owner.email,
            "assigned_at": _time(lead.created, clock),
            "outcome": lead.outcome,
            "closed_at": _time(lead.closed, clock),
        }

    _csv(folder / "Leads - Today.csv", [row(lead) for lead in NEW])
    _csv(folder / "Leads - History.csv", [past(lead) for lead in EARLIER])
    reps = [
        {
            "rep_id": rep.email,
            "name": rep.name,
            "daily_capacity": 3,
            "territories": "Germany, France, Ireland, Netherlands",
            "active": str(rep.active).upper(),
        }
        for rep in REPS
    ]
    _csv(folder / "Leads - Reps.csv", reps)


EXPORTS: dict[str, Write] = {
    "salesforce": _salesforce,
    "salesforce_report": _salesforce_report,
    "hubspot": _hubspot,
    "hubspot_deals": _hubspot_deals,
    "pipedrive": _pipedrive,
    "odoo": _odoo("en"),
    "odoo-de": _odoo("de"),
    "odoo-fr": _odoo("fr"),
    "dynamics": _dynamics("en"),
    "dynamics-de": _dynamics("de"),
    "dynamics-fr": _dynamics("fr"),
    "zoho": _zoho,
    "sheets": _sheets,
}
"""Ready scenario, with a language where there are several -> what writes exports."""
