"""Exports that no system is known for, or another language of one: told by cells."""

import csv
import io

import pandas as pd
import pytest

from crm import DataError
from tests.crm.recognition.invented_exports import USERS, deals
from tests.crm.recognition.test_recognition import place_of, proposed, tables_of

DAY, CLOCK = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"


def shown(moment, form):
    """Return a moment as a format has it, "" for none."""
    return "" if moment is None else moment.strftime(form)


def written(folder, rows, separator=",", footer=""):
    """Return the files of these leads, and of the users by their names."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    leads, users = folder / "export.csv", folder / "users.csv"
    leads.write_text(text.getvalue() + footer, "utf-8")
    names = "".join(f"{u[1]} {u[2]},{u[3]}\n" for u in USERS)
    users.write_text(f"Name,Email\n{names}", "utf-8")
    return [leads, users]


def salesforce_report(deal):
    """Dates in the locale of whoever exports; lost ones have their last change."""
    stage = {"won": "Qualified", "lost": "Unqualified", "open": "Working"}
    is_won = deal.outcome == "won"
    return {
        "Lead ID": f"00Q{deal.number:012d}",
        "Lead Owner": deal.name or "Lead Queue",
        "Lead Status": stage[deal.outcome] if deal.owner is not None else "New",
        "Country": deal.country,
        "Lead Source": deal.source,
        "Create Date": shown(deal.created, "%-m/%-d/%Y, %-I:%M %p"),
        "Converted": str(int(is_won)),
        "Converted Date": shown(deal.closed, "%-m/%-d/%Y") if is_won else "",
        "Last Modified": shown(deal.closed or deal.created, "%-m/%-d/%Y, %-I:%M %p"),
    }


def french_report(deal):
    """Neither the id nor the status has a header that is known."""
    stage = {"won": "Qualifié", "lost": "Non qualifié", "open": "En cours"}
    return {
        "N° piste": 5000 + deal.number,
        "Propriétaire de la piste": deal.name or "File d'attente",
        "Statut piste": stage[deal.outcome] if deal.owner is not None else "Nouveau",
        "Pays": deal.country,
        "Origine de la piste": deal.source,
        "Date de création": shown(deal.created, "%d/%m/%Y %H:%M"),
        "Converti": "1" if deal.outcome == "won" else "0",
        "Date de conversion": shown(deal.closed, "%d/%m/%Y %H:%M"),
    }


def inbound_team(deal):
    """Leads wait with a team, which is no rep, and came on two days."""
    return {
        "Deal - ID": deal.number,
        "Deal - Owner": deal.name or "Inbound Team",
        "Deal - Status": deal.outcome.title(),
        "Deal - Land": deal.country,
        "Deal - Source channel": deal.source,
        "Deal - Deal created": shown(deal.created, CLOCK),
        "Deal - Deal closed on": shown(deal.closed, CLOCK),
    }


def copied_table(deal):
    r"""Nobody's leads have ``\N`` as owner."""
    place = deal.owner
    return {
        "id": deal.number,
        "created_at": shown(deal.created, f"{CLOCK}+00"),
        "country": deal.country,
        "source": deal.source,
        "owner": r"\N" if place is None else USERS[place][3],
        "status": deal.outcome,
        "closed_at": shown(deal.closed, f"{CLOCK}+00") or r"\N",
    }


def spanish_odoo(deal):
    """No stage is lost: a flag tells it."""
    new = deal.owner is None
    stage = "Nuevo" if new else "Ganado" if deal.outcome == "won" else "Calificado"
    return {
        "ID externo": f"__export__.crm_lead_{deal.number}",
        "Comercial": deal.name,
        "Etapa": stage,
        "Activo": str(deal.outcome != "lost"),
        "País": deal.country,
        "Origen": deal.source,
        "Creado el": shown(deal.created, CLOCK),
        "Fecha de cierre": shown(deal.closed, CLOCK),
    }


def opportunities(deal):
    """``lead_id`` is the company, and each outcome has a date of its own."""
    ends = {deal.outcome: shown(deal.closed, CLOCK)}
    return {
        "id": f"oppo_{deal.number}",
        "lead_id": f"lead_{deal.number % 9}",
        "user_name": deal.name,
        "status_label": {"won": "Won", "lost": "Lost"}.get(deal.outcome, "Proposal"),
        "country": deal.country,
        "lead_source": deal.source,
        "date_created": shown(deal.created, f"{CLOCK}+00:00"),
        "date_won": ends.get("won", ""),
        "date_lost": ends.get("lost", ""),
    }


def by_hand(deal):
    """The creation date has a name of its own; who has the lead is in ``Wer``."""
    words = {"won": "gewonnen", "lost": "verloren", "open": "in Arbeit"}
    return {
        "Nr": 700 + deal.number,
        "Hereingekommen": shown(deal.created, "%d.%m.%Y %H:%M"),
        "Land": deal.country,
        "Kanal": deal.source,
        "Wer": deal.name,
        "Stand": words[deal.outcome] if deal.owner is not None else "neu",
        "Abgeschlossen am": shown(deal.closed, "%d.%m.%Y %H:%M"),
        "Wert": deal.number,
    }


SHAPES = {
    "salesforce_report": (salesforce_report, True),
    "french_report": (french_report, True),
    "inbound_team": (inbound_team, False),
    "copied_table": (copied_table, False),
    "spanish_odoo": (spanish_odoo, False),
    "opportunities": (opportunities, False),
    "by_hand": (by_hand, True),
}
"""Name -> a row of it, and whether times end with the minute."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_every_value_is_as_it_was_put_in(name, tmp_path):
    """Leads of the day, outcomes, owners and dates are those of the company."""
    row, in_minutes = SHAPES[name]
    footer = "Summe;;;;;;;5350\r\n" if name == "by_hand" else ""
    paths = written(tmp_path, list(map(row, deals())), ";" if footer else ",", footer)
    recognised = proposed(paths)
    assert [i for i in recognised.issues if i.severity == "error"] == []
    crm = tables_of(recognised)
    earlier = [d for d in deals() if d.owner is not None]
    today = [d for d in deals() if d.owner is None]
    for frame, expected in ((crm.leads, today), (crm.history, earlier)):
        ids = [next(iter(row(d).values())) for d in expected]
        assert list(frame["lead_id"]) == list(map(str, ids))
        assert list(frame["territory"]) == [d.country for d in expected]
        assert list(frame["source"]) == [d.source for d in expected]
        unit = "min" if in_minutes else "s"
        created = [pd.Timestamp(d.created, tz="UTC").floor(unit) for d in expected]
        assert list(frame["created_at"]) == created
    places = place_of(crm.reps)
    assert [places[rep] for rep in crm.history["rep_id"]] == [d.owner for d in earlier]
    assert list(crm.history["outcome"]) == [d.outcome for d in earlier]
    days = crm.history["closed_at"].dt.date
    closed = [
        (d.closed.date(), day) for d, day in zip(earlier, days, strict=True) if d.closed
    ]
    if name != "french_report":
        assert all(told == day for told, day in closed)


def test_dates_are_settled_by_another_column_of_the_file(tmp_path):
    """Which one, and by which cell, stands beside the format."""
    rows = [
        {
            "Lead Id": f"L{n}",
            "Created": f"0{n}/02/2026",
            "Owner": "Mara Vogt" if n < 5 else "",
            "Stage": "New" if n > 4 else "Won" if n % 2 else "Lost",
            "Closed": f"0{n}/03/2026" if n < 5 else "",
            "Last call": f"2{n}/03/2026",
        }
        for n in range(1, 7)
    ]
    recognised = proposed(written(tmp_path, rows))
    dates = [e for e in recognised.tables["leads"] if e.key == "dates"]
    assert [entry.value for entry in dates] == ["%d/%m/%Y"]
    assert "'21/03/2026' of Last call" in dates[0].why


def test_dates_that_contradict_each_other_settle_nothing(tmp_path):
    """A column of days first and one of months first: somebody has to say."""
    rows = [
        {
            "Lead Id": f"L{n}",
            "Created": f"0{n}/02/2026",
            "Owner": "Mara Vogt",
            "Stage": "Won" if n % 2 else "New",
            "Closed": f"0{n}/03/2026",
            "Called": f"2{n}/03/2026",
            "Mailed": f"03/2{n}/2026",
        }
        for n in range(1, 7)
    ]
    recognised = proposed(written(tmp_path, rows))
    assert any(q.name.startswith("dates") for q in recognised.questions)


def test_a_stage_that_is_open_but_has_close_dates_is_asked_about(tmp_path):
    """Where nothing is lost, rows with a close date are not silently open."""
    rows = [spanish_odoo(deal) for deal in deals()]
    for row in rows:
        del row["Activo"]
    recognised = proposed(written(tmp_path, rows))
    assert "outcome Calificado" in [q.name for q in recognised.questions]
    assert any("won, lost, open" in issue.expected for issue in recognised.issues)


def test_a_file_without_an_owner_is_no_defect(tmp_path):
    """The history says whose a lead was nowhere: an error that names the column."""
    rows = [by_hand(deal) for deal in deals()]
    for row in rows:
        del row["Wer"]
    recognised = proposed(written(tmp_path, rows, ";"))
    errors = [i for i in recognised.issues if i.severity == "error"]
    assert {issue.column for issue in errors} == {"rep_id"}


def test_the_same_rows_twice_are_refused(tmp_path):
    """Also under two names; a file named twice is said to be that."""
    paths = written(tmp_path, [inbound_team(deal) for deal in deals()])
    copy = tmp_path / "copy.csv"
    copy.write_bytes(paths[0].read_bytes())
    with pytest.raises(DataError, match="holds the same rows as"):
        proposed([*paths, copy])
    with pytest.raises(DataError, match="named twice"):
        proposed([*paths, paths[0]])


def test_won_by_yes_and_no_and_nothing(tmp_path):
    """No with a close date is lost, and rows without a word and a date are open."""
    words = {"won": "Yes", "lost": "No", "open": ""}
    rows = [
        {
            "Lead ID": deal.number,
            "Received": shown(deal.created, CLOCK),
            "Rep": deal.name,
            "Won?": words[deal.outcome],
            "Closed on": shown(deal.closed, DAY),
        }
        for deal in deals()
    ]
    crm = tables_of(proposed(written(tmp_path, rows)))
    earlier = [deal for deal in deals() if deal.owner is not None]
    assert list(crm.history["outcome"]) == [deal.outcome for deal in earlier]
    assert len(crm.leads) == 10


def test_stages_of_which_none_is_won_are_asked_about(tmp_path):
    """Rows with a close date are not silently open where no flag is known."""
    rows = [
        {
            "Lead ID": deal.number,
            "Created": shown(deal.created, CLOCK),
            "Owner": deal.name,
            "Status": "Lost" if deal.outcome == "lost" else "Contacted",
            "Closed on": shown(deal.closed, DAY),
        }
        for deal in deals()
        if deal.outcome != "open" or deal.owner is None
    ]
    recognised = proposed(written(tmp_path, rows))
    assert "outcome Contacted" in [q.name for q in recognised.questions]
    assert any("won, lost, open" in issue.expected for issue in recognised.issues)


def test_one_file_of_which_nothing_is_closed_says_that_it_has_no_history(tmp_path):
    """The days of its rows stand beside it."""
    rows = [
        {"Lead ID": d.number, "Created": shown(d.created, DAY), "Country": d.country}
        | {"Source": d.source}
        for d in deals()
    ]
    recognised = proposed(written(tmp_path, rows))
    told = [q.text for q in recognised.questions if q.name == "no history"]
    assert len(told) == 1 and "110 rows of 2025-11-04 to 2026-06-22" in told[0]


def test_close_dates_without_an_outcome_are_refused(tmp_path):
    """Closed rows are not the leads of the day."""
    rows = [inbound_team(deal) for deal in deals()]
    for row in rows:
        del row["Deal - Status"]
    with pytest.raises(DataError, match="call one of them outcome"):
        proposed(written(tmp_path, rows))
