"""Exports in the shapes of real systems: one history, however it is written."""

from typing import Any

import pandas as pd
import pytest

REPS = """\
id,name,mail,daily_capacity
U1,Anna Müller,anna@x.example,5
U2,David O'Neil,david@x.example,5
"""
OPENED = ["2026-03-03 10:25", "2026-03-04 14:44", "2026-03-07 11:10"]
CLOSED = ["2026-04-08 19:06", "2026-04-01 18:15"]
AMOUNTS = [138046.92, 9474.28, 897]

SALESFORCE = """\
"Id","OwnerId","Status","AnnualRevenue","ConvertedDate","CreatedDate","LastModifiedDate"
"a1","U1","Closed - Converted","138046.92","2026-04-08T19:06:00.000+0000",\
"2026-03-03T10:25:00.000Z","2026-04-09T10:00:00.000Z"
"a2","U2","Closed - Not Converted","9474.28","","2026-03-04T14:44:00.000Z",\
"2026-04-01T18:15:00.000Z"
"a3","U1","Working","897","","2026-03-07T11:10:00.000Z","2026-03-08T11:10:00.000Z"
"""
HUBSPOT = """\
"Record ID","Deal Stage","Close Date","Deal owner","Amount","Create Date"
"9001","Closed won","2026-04-08 19:06","Anna Müller","138046.92","2026-03-03 10:25"
"9002","Closed lost","2026-04-01 18:15","David O'Neil (Deactivated User)","9474.28",\
"2026-03-04 14:44"
"9003","Contract sent","2027-01-01 00:00","Anna Müller","897","2026-03-07 11:10"
"""
PIPEDRIVE = """\
Deal - ID,Deal - Status,Deal - Value,Deal - Owner,Deal - Deal created,Deal - Won time,\
Deal - Lost time
1,Won,138046.92,Anna Müller,2026-03-03 10:25:00,2026-04-08 19:06:00,
2,Lost,9474.28,David O'Neil,2026-03-04 14:44:00,,2026-04-01 18:15:00
3,Open,897,Anna Müller,2026-03-07 11:10:00,,
"""
ODOO = """\
Externe ID;Vertriebsmitarbeiter;Phase;Aktiv;Wahrscheinlichkeit;Umsatz;Erstellt am;Ende
x_1;Anna Müller;Won;WAHR;100,00;138.046,92 €;03.03.2026 10:25;08.04.2026 19:06
x_2;David O'Neil;Neu;FALSCH;0,00;9.474,28 €;04.03.2026 14:44;01.04.2026 18:15
x_3;Anna Müller;Neu;WAHR;20,00;897,00 €;07.03.2026 11:10;
"""
DYNAMICS = """\
(Ne pas modifier) Prospect,Propriétaire,Raison du statut,Valeur,Créé le,Fermé le
g1,"Müller, Anna",Qualifié,"138 046,92 €",3 mars 2026 10:25,8 avr. 2026 19:06
g2,"O'Neil, David",Perdu,"9 474,28 €",4 mars 2026 14:44,1 avr. 2026 18:15
g3,"Müller, Anna",Nouveau,"897,00 €",7 mars 2026 11:10,
"""
SHEETS = """\
Owner,Result,Value,Made,Ended
anna@x.example,TRUE,"$138,046.92","3/3/2026, 10:25 AM","4/8/2026, 7:06 PM"
DAVID@X.EXAMPLE,FALSE,"$9,474.28","3/4/2026, 2:44 PM","4/1/2026, 6:15 PM"
anna@x.example,#N/A,$897.00,"3/7/2026, 11:10 AM",#N/A
"""
COPY = r"""id,owner_id,won,amount,made,ended
1,U1,t,138046.92,2026-03-03 10:25:00+00,2026-04-08 19:06:00+00
2,U2,f,9474.28,2026-03-04 14:44:00+00,2026-04-01 18:15:00+00
3,U1,\N,897,2026-03-07 11:10:00+00,\N
"""


def of(made: str, value: str, **columns: Any) -> dict[str, Any]:
    return {
        "created_at": made,
        "assigned_at": made,
        "deal_value": value,
        **columns,
    }


def named(column: str) -> dict[str, Any]:
    return {"column": column, "match": ["mail", "name"]}


SYSTEMS: dict[str, tuple[str, dict[str, Any]]] = {
    "salesforce": (
        SALESFORCE,
        {
            "columns": of(
                "CreatedDate",
                "AnnualRevenue",
                lead_id="Id",
                rep_id="OwnerId",
                closed_at=["ConvertedDate", "LastModifiedDate"],
                outcome={
                    "won": {"Status": "Closed - Converted"},
                    "lost": {"Status": "Closed - Not Converted"},
                },
            )
        },
    ),
    "hubspot": (
        HUBSPOT,
        {
            "columns": of(
                "Create Date",
                "Amount",
                lead_id="Record ID",
                rep_id=named("Deal owner"),
                closed_at="Close Date",
                outcome={
                    "won": {"Deal Stage": "Closed won"},
                    "lost": {"Deal Stage": "Closed lost"},
                },
            )
        },
    ),
    "pipedrive": (
        PIPEDRIVE,
        {
            "columns": of(
                "Deal - Deal created",
                "Deal - Value",
                lead_id="Deal - ID",
                rep_id=named("Deal - Owner"),
                closed_at=["Deal - Won time", "Deal - Lost time"],
                outcome="Deal - Status",
            )
        },
    ),
    "odoo": (
        ODOO,
        {
            "columns": of(
                "Erstellt am",
                "Umsatz",
                lead_id="Externe ID",
                rep_id=named("Vertriebsmitarbeiter"),
                closed_at="Ende",
                outcome={
                    "won": {"Phase": "Won"},
                    "lost": {"Aktiv": False, "Wahrscheinlichkeit": 0},
                },
            ),
            "dates": "%d.%m.%Y %H:%M",
            "decimal": ",",
            "thousands": ".",
        },
    ),
    "dynamics": (
        DYNAMICS,
        {
            "columns": of(
                "Créé le",
                "Valeur",
                lead_id="(Ne pas modifier) Prospect",
                rep_id=named("Propriétaire"),
                closed_at="Fermé le",
                outcome="Raison du statut",
            ),
            "values": {
                "outcome": {"Qualifié": "won", "Perdu": "lost", "Nouveau": "open"}
            },
            "dates": "%d %b %Y %H:%M",
            "decimal": ",",
            "thousands": " ",
        },
    ),
    "sheets": (
        SHEETS,
        {
            "columns": of(
                "Made",
                "Value",
                lead_id={"row_number": True},
                rep_id=named("Owner"),
                closed_at="Ended",
                outcome={"won": {"Result": True}, "lost": {"Result": False}},
            ),
            "dates": "%m/%d/%Y, %I:%M %p",
            "thousands": ",",
        },
    ),
    "copy": (
        COPY,
        {
            "columns": of(
                "made",
                "amount",
                lead_id="id",
                rep_id="owner_id",
                closed_at="ended",
                outcome={"won": {"won": True}, "lost": {"won": False}},
            )
        },
    ),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_one_history_however_it_is_written(read, system):
    """Times to the minute, amounts to the cent, outcomes and reps."""
    text, keys = SYSTEMS[system]
    sources = {
        "history": {"file": "history.csv", **keys},
        "reps": {"file": "reps.csv", "columns": {"rep_id": "id"}},
    }
    crm, _ = read(sources, history=text, reps=REPS)
    history = crm.history
    assert list(history["rep_id"]) == ["U1", "U2", "U1"]
    assert list(history["outcome"]) == ["won", "lost", "open"]
    assert list(history["deal_value"]) == AMOUNTS
    assert list(history["created_at"]) == list(pd.to_datetime(OPENED, utc=True))
    assert list(history["closed_at"].dropna()) == list(pd.to_datetime(CLOSED, utc=True))
