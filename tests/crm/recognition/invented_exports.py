"""An invented company of six users, in the shapes in which systems export it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

USERS = [
    ("u1", "Mara", "Vogt", "mara.vogt@firm.example", "North", "Norway;Sweden"),
    ("u2", "Ilan", "Roux", "ilan.roux@firm.example", "South", "Spain"),
    ("u3", "Tess", "Okoye", "tess.okoye@firm.example", "South", "Spain;Italy"),
    ("u4", "Jens", "Björk", "jens.bjork@firm.example", "North", "Sweden"),
    ("u5", "Nora", "Díaz", "nora.diaz@firm.example", "South", "Italy;Spain"),
    ("u6", "Paul", "Lind", "paul.lind@firm.example", "North", "Norway"),
]
COUNTRIES = ("Norway", "Sweden", "Spain", "Italy")
SOURCES = ("Fair", "Web", "Call")


@dataclass(frozen=True)
class Deal:
    """A lead of the company, earlier or of the day."""

    number: int
    created: datetime
    country: str
    source: str
    amount: float
    owner: int | None
    outcome: str
    closed: datetime | None

    @property
    def name(self) -> str:
        """The owner's name, "" for nobody."""
        return "" if self.owner is None else " ".join(USERS[self.owner][1:3])

    @property
    def mail(self) -> str:
        """The owner's e-mail, "" for nobody."""
        return "" if self.owner is None else USERS[self.owner][3]


def deals() -> list[Deal]:
    """Return a hundred earlier leads, and ten of the day."""
    start = datetime(2025, 11, 4, 9, 30)
    earlier = []
    for n in range(100):
        created = start + timedelta(days=2 * n, minutes=7 * n)
        outcome = ("won", "lost", "lost", "open")[n % 4]
        closed = created + timedelta(days=9, hours=1) if outcome != "open" else None
        amount = 1500.5 + 1000 * n
        country, source = COUNTRIES[n % 4], SOURCES[n % 3]
        earlier.append(
            Deal(n + 1, created, country, source, amount, n % 6, outcome, closed)
        )
    day = datetime(2026, 6, 22, 8, 15)
    today = [
        Deal(
            *(200 + n, day + timedelta(minutes=11 * n), COUNTRIES[n % 4]),
            *(SOURCES[n % 3], 2750.25 + 500 * n, None, "open", None),
        )
        for n in range(10)
    ]
    return earlier + today


Shape = Callable[[Path], list[Path]]


def _csv(path: Path, rows: list[dict[str, object]], **options: object) -> Path:
    pd.DataFrame(rows).to_csv(path, index=False, **options)
    return path


def _iso(moment: datetime | None, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    return "" if moment is None else moment.strftime(form)


def _changed(deal: Deal) -> datetime:
    return deal.closed or deal.created


def _salesforce_user_id(place: int) -> str:
    return f"0055g00000000{place + 10}AAA"


def _salesforce_users(folder: Path) -> Path:
    rows = [
        {
            **{"Id": _salesforce_user_id(n), "Name": f"{first} {last}"},
            **{"Email": mail, "IsActive": "true", "Department": team},
            "Countries__c": countries,
        }
        for n, (_, first, last, mail, team, countries) in enumerate(USERS)
    ]
    return _csv(folder / "User.csv", rows)


_STATUS = {
    "won": "Closed - Converted",
    "lost": "Closed - Not Converted",
    "open": "Working - Contacted",
}


def salesforce(folder: Path) -> list[Path]:
    """Write leads and users as Data Loader does."""
    form = "%Y-%m-%dT%H:%M:%S.000Z"
    rows = [
        {
            **{"Id": f"00Q5g00000000{d.number:03}AA", "LastName": "Berg"},
            **{"Country": d.country, "LeadSource": d.source},
            "Status": _STATUS[d.outcome] if d.owner is not None else "Open",
            "OwnerId": "00G5g000001QuEuEAA"
            if d.owner is None
            else _salesforce_user_id(d.owner),
            "IsConverted": str(d.outcome == "won").lower(),
            "ConvertedDate": _iso(d.closed, form) if d.outcome == "won" else "",
            "CreatedDate": _iso(d.created, form),
            "LastModifiedDate": _iso(_changed(d), form),
        }
        for d in deals()
    ]
    return [_csv(folder / "Lead.csv", rows), _salesforce_users(folder)]


def salesforce_report(folder: Path) -> list[Path]:
    """Write a report in the locale of the United States, with its footer."""
    rows = [
        {
            **{"Lead Owner": d.name or "Inbound Queue", "Country": d.country},
            **{"Lead Source": d.source, "Annual Revenue": d.amount},
            "Lead Status": _STATUS[d.outcome] if d.owner is not None else "Open",
            "Converted": int(d.outcome == "won"),
            "Create Date": _iso(d.created, "%m/%d/%Y, %I:%M %p"),
            "Last Modified": _iso(_changed(d), "%m/%d/%Y, %I:%M %p"),
            "Lead ID": f"00Q5g00000000{d.number:03}",
        }
        for d in deals()
    ]
    path = _csv(folder / "report.csv", rows)
    footer = '\n"Copyright (c) 2000-2026 salesforce.com, inc."\n'
    footer += '"Confidential Information - Do Not Distribute"\n'
    path.write_text(path.read_text("utf-8") + footer, "utf-8")
    return [path, _salesforce_users(folder)]


def _hubspot_users(folder: Path) -> Path:
    rows = [
        {
            **{"First name": first, "Last name": last, "Email": mail},
            **{"Main team": team, "Status": "Active"},
        }
        for _, first, last, mail, team, _ in USERS
    ]
    return _csv(folder / "hubspot-users.csv", rows)


def hubspot_contacts(folder: Path) -> list[Path]:
    """Write contacts and users of HubSpot."""
    minutes = "%Y-%m-%d %H:%M"
    rows = [
        {
            **{"Record ID": 29000000000 + d.number, "First Name": "Kim"},
            **{"Contact owner": d.name, "Country/Region": d.country},
            "Lifecycle Stage": "Customer" if d.outcome == "won" else "Lead",
            "Lead Status": "Unqualified" if d.outcome == "lost" else "Connected",
            "Create Date": _iso(d.created, minutes),
            "Became a Customer Date": _iso(d.closed, minutes)
            if d.outcome == "won"
            else "",
            "Last Modified Date": _iso(_changed(d), minutes),
            "Original Traffic Source": d.source,
        }
        for d in deals()
    ]
    return [_csv(folder / "contacts.csv", rows), _hubspot_users(folder)]


def hubspot_deals(folder: Path) -> list[Path]:
    """Write deals and users of HubSpot."""
    stages = {
        "won": "Closed won",
        "lost": "Closed lost",
        "open": "Contract sent",
    }
    minutes = "%Y-%m-%d %H:%M"
    rows = [
        {
            **{"Record ID": 9000000000 + d.number, "Deal Name": f"Deal {d.number}"},
            **{"Deal Stage": stages[d.outcome], "Deal owner": d.name},
            "Close Date": _iso(d.closed, minutes) or "2026-12-31 12:00",
            **{"Amount": d.amount, "Currency": "EUR", "Country/Region": d.country},
            "Create Date": _iso(d.created, minutes),
            "Original Traffic Source": d.source,
        }
        for d in deals()
    ]
    return [_csv(folder / "deals.csv", rows), _hubspot_users(folder)]


def pipedrive(folder: Path) -> list[Path]:
    """Write deals and users of Pipedrive."""
    rows = [
        {
            **{"Deal - ID": d.number, "Deal - Owner": d.name, "Deal - Value": d.amount},
            "Deal - Currency of Value": "EUR",
            "Deal - Status": d.outcome.title(),
            "Deal - Deal created": _iso(d.created),
            "Deal - Won time": _iso(d.closed) if d.outcome == "won" else "",
            "Deal - Lost time": _iso(d.closed) if d.outcome == "lost" else "",
            "Deal - Source channel": d.source,
            "Deal - Country": d.country,
        }
        for d in deals()
    ]
    users = [
        {"User - ID": n + 1, "User - Name": f"{first} {last}", "User - Email": mail}
        for n, (_, first, last, mail, _, _) in enumerate(USERS)
    ]
    return [_csv(folder / "deals.csv", rows), _csv(folder / "users.csv", users)]


def odoo(folder: Path) -> list[Path]:
    """Write leads and users of Odoo in French, as Excel in France saves them."""
    rows = [
        {
            **{"ID externe": f"__export__.crm_lead_{d.number}", "Vendeur": d.name},
            "Étape": "Gagné" if d.outcome == "won" else "Qualifié",
            "Actif": "FAUX" if d.outcome == "lost" else "VRAI",
            "Probabilité": {"won": "100,00", "lost": "0,00"}.get(d.outcome, "31,13"),
            "Revenu attendu": f"{d.amount:,.2f} €".replace(",", " ").replace(".", ","),
            "Créé le": _iso(d.created, "%d/%m/%Y %H:%M"),
            "Date de clôture": _iso(d.closed, "%d/%m/%Y %H:%M"),
            **{"Pays": d.country, "Source": d.source, "Motif de perte": ""},
        }
        for d in deals()
    ]
    users = [
        {"Nom": f"{first} {last}", "Identifiant": mail, "Actif": "VRAI"}
        for _, first, last, mail, _, _ in USERS
    ]
    path = _csv(folder / "crm.lead.csv", rows, sep=";", encoding="cp1252")
    return [path, _csv(folder / "res.users.csv", users, sep=";", encoding="cp1252")]


def dynamics(folder: Path) -> list[Path]:
    """Write leads and users of Dynamics in German, with real dates."""
    reason = {"won": "Qualifiziert", "lost": "Verloren", "open": "Kontaktiert"}
    names = (
        *("(Nicht ändern) Lead", "(Nicht ändern) Geändert am", "Besitzer"),
        *("Statusgrund", "Erstellt am", "Gesch. Wert", "Land/Region", "Lead-Quelle"),
        "Abschlussdatum",
    )
    rows = [
        (
            *(f"guid-{d.number:04}", _changed(d), d.name or None, reason[d.outcome]),
            *(d.created, d.amount, d.country, d.source, d.closed),
        )
        for d in deals()
    ]
    users = [
        (f"{first} {last}", team, mail, "Aktiviert")
        for _, first, last, mail, team, _ in USERS
    ]
    of_users = ("Vollständiger Name", "Unternehmenseinheit", "Primäre E-Mail-Adresse")
    return [
        _xlsx(folder / "Leads.xlsx", names, rows),
        _xlsx(folder / "Benutzer.xlsx", (*of_users, "Status"), users),
    ]


def _xlsx(path: Path, names: tuple[str, ...], rows: list[tuple[object, ...]]) -> Path:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Leads")
        dates = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        for number, row in enumerate((names, *rows)):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, place, cell, dates)
                elif cell is not None:
                    sheet.write(number, place, cell)
    return path


def zoho(folder: Path) -> list[Path]:
    """Write leads and users of Zoho."""
    rows = [
        {
            "Record Id": f"zcrm_{d.number}",
            "Lead Owner.id": "" if d.owner is None else f"zcrm_9{d.owner}",
            **{"Lead Owner": d.name, "Lead Source": d.source, "Country": d.country},
            "Lead Status": "Lost Lead" if d.outcome == "lost" else "Contacted",
            "Annual Revenue": d.amount,
            "Created Time": _iso(d.created),
            "Modified Time": _iso(_changed(d)),
            "Is Converted": str(d.outcome == "won").lower(),
            "Converted Date Time": _iso(d.closed) if d.outcome == "won" else "",
        }
        for d in deals()
    ]
    users = [
        {
            **{"Record Id": f"zcrm_9{n}", "First Name": first, "Last Name": last},
            **{"Email": mail, "Role": team, "Status": "active"},
            "Profile.id": "zcrm_1",
        }
        for n, (_, first, last, mail, team, _) in enumerate(USERS)
    ]
    return [_csv(folder / "Leads.csv", rows), _csv(folder / "Users.csv", users)]


def sheets(folder: Path) -> list[Path]:
    """Write three sheets of Google as CSV, amounts as they are shown."""
    earlier = [d for d in deals() if d.owner is not None]
    today = [d for d in deals() if d.owner is None]

    def shown(d: Deal) -> dict[str, object]:
        return {
            **{"Lead Id": f"L{d.number}", "Created": _iso(d.created, "%Y-%m-%d %H:%M")},
            **{"Country": d.country, "Channel": d.source, "": ""},
            "Amount": f"€{d.amount:,.2f}",
        }

    history = [
        {
            **shown(d),
            **{"Owner Email": d.mail.upper(), "Stage": d.outcome.title()},
            "Closed": _iso(d.closed, "%Y-%m-%d %H:%M"),
        }
        for d in earlier
    ]
    users = [
        {
            **{"Email": mail, "Full Name": f"{first} {last}", "Capacity": 3},
            "Countries": countries.replace(";", ", "),
        }
        for _, first, last, mail, _, countries in USERS
    ]
    return [
        _csv(folder / "Leads - Today.csv", [shown(d) for d in today]),
        _csv(folder / "Leads - History.csv", history),
        _csv(folder / "Leads - Reps.csv", users),
    ]


def _plain(d: Deal) -> dict[str, object]:
    return {
        **{"lead_id": str(d.number), "created_at": _iso(d.created) + "+00"},
        **{"country": d.country, "source": d.source, "deal_value": d.amount},
    }


def _plain_history(d: Deal) -> dict[str, object]:
    owner = "" if d.owner is None else USERS[d.owner][0]
    closed = _iso(d.closed) + "+00" if d.closed else "\\N"
    return {**_plain(d), "owner_id": owner, "status": d.outcome, "closed_at": closed}


def _plain_users(folder: Path) -> Path:
    rows = [
        {"id": key, "full_name": f"{first} {last}", "is_active": "t"}
        for key, first, last, *_ in USERS
    ]
    return _csv(folder / "users.csv", rows)


def psql(folder: Path) -> list[Path]:
    r"""Write what ``\copy`` and pandas with its index write."""
    earlier = [_plain_history(d) for d in deals() if d.owner is not None]
    today = pd.DataFrame([_plain(d) for d in deals() if d.owner is None])
    today.to_csv(folder / "leads.csv")
    history = _csv(folder / "history.csv", earlier)
    return [folder / "leads.csv", history, _plain_users(folder)]


def json_lines(folder: Path) -> list[Path]:
    """Write one object a line."""
    today = [_plain(d) for d in deals() if d.owner is None]
    path = folder / "leads.jsonl"
    path.write_text("\n".join(map(json.dumps, today)), "utf-8")
    earlier = [_plain_history(d) for d in deals() if d.owner is not None]
    return [path, _csv(folder / "history.csv", earlier), _plain_users(folder)]


SHAPES: dict[str, Shape] = {
    shape.__name__: shape
    for shape in (
        *(salesforce, salesforce_report, hubspot_contacts, hubspot_deals, pipedrive),
        *(odoo, dynamics, zoho, sheets, psql, json_lines),
    )
}
