"""What was read is recorded beside what it was read from."""

import numpy as np
import pandas as pd
import pytest

from crm import read_crm
from crm.reading.telling_pairs import telling_pairs

REPS = "Id;Mail;Cap\nR1;Ana@x.example;3\nR2;bo@x.example;4\n"
LEADS = "Nr;Erstellt;Land;Wert;Whg\nL1;07.09.2026 10:00;FR;1.234,50;GBP\n"
HISTORY = (
    "Copyright 2026;;;;;\nNr;Am;Land;Wer;Stand;Zu\n"
    "H1;01.02.2026 08:00;DE;ANA@x.example;Gewonnen;03.02.2026 08:00\n"
    "H2;02.02.2026 08:00;DE;bo@x.example;Verloren;#N/A\n"
    "H3;02.02.2026 08:00;DE;cy@x.example;Offen;\n"
    "H4;03.02.2026 08:00;DE;cy@x.example;Test;\n"
    "Summe;4;;;;\n"
)
SOURCES = {
    "reps": {"file": "reps.csv", "columns": {"rep_id": "Id", "daily_capacity": "Cap"}},
    "leads": {
        "file": "leads.csv",
        "columns": {
            "lead_id": "Nr",
            "created_at": "Erstellt",
            "territory": "Land",
            "deal_value": "Wert",
        },
        "constants": {"product": "Cloud"},
        "dates": "%d.%m.%Y %H:%M",
        "time_zone": "Europe/Berlin",
        "decimal": ",",
        "thousands": ".",
        "rates": {"to": "EUR", "column": "Whg", "GBP": 2.0},
    },
    "history": {
        "file": "history.csv",
        "header_row": 2,
        "skip_footer": 1,
        "columns": {
            "lead_id": "Nr",
            "created_at": "Am",
            "assigned_at": "Am",
            "territory": "Land",
            "rep_id": {"column": "Wer", "match": ["Mail"]},
            "outcome": {"won": {"Stand": "Gewonnen"}, "lost": {"Stand": "Verloren"}},
            "closed_at": ["Zu", "Am"],
        },
        "where": {"Stand": {"not": "Test"}},
        "dates": "%d.%m.%Y %H:%M",
    },
}


@pytest.fixture
def readings(tmp_path):
    for name, text in (("reps", REPS), ("leads", LEADS), ("history", HISTORY)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_crm(SOURCES, tmp_path)[0].readings


def column(reading, name):
    return next(told for told in reading.columns if told.name == name)


def test_a_cell_is_beside_what_it_is_read_as(readings):
    """Times in their zone, amounts by their rate, reps as they are found."""
    created = column(readings["leads"], "created_at")
    assert created.pairs == (("07.09.2026 10:00", "2026-09-07T08:00:00Z"),)
    assert "dates %d.%m.%Y %H:%M" in created.source
    value = column(readings["leads"], "deal_value")
    assert value.pairs == (("Wert: 1.234,50; Whg: GBP", "2469"),)
    assert value.source == "Wert; decimal ,, thousands ."
    assert readings["leads"].currency == "EUR"
    assert readings["leads"].rates == {"GBP": 2.0}
    owner = column(readings["history"], "rep_id")
    assert ("ANA@x.example", "R1") in owner.pairs
    assert owner.source == "Wer, matched by Mail"


def test_sources_without_a_cell_are_said(readings):
    """A constant has no cell; conditions are words; of several it is the first."""
    product = column(readings["leads"], "product")
    assert (product.source, product.pairs) == ("constant Cloud", ())
    outcome = column(readings["history"], "outcome")
    assert outcome.source.startswith("won where Stand Gewonnen; lost where")
    assert dict(outcome.words) == {"won": 1, "lost": 1, "open": 1}
    assert column(readings["history"], "closed_at").source.startswith(
        "first filled of Zu, Am"
    )


def test_how_a_file_was_read_is_recorded(readings):
    """Header, footer, separator, and rows that `where` leaves out."""
    told = readings["history"]
    assert (told.form.format, told.form.separator) == ("text", ";")
    assert (told.form.header_row, told.form.n_footer_rows) == (2, 1)
    assert (told.n_file_rows, told.n_rows) == (4, 3)


def test_owners_and_new_words_are_counted(readings):
    """Who is no rep is named; a category that history never had as well."""
    owners = readings["history"].owners[0]
    assert (owners.n_matched, owners.n_owners) == (2, 3)
    assert owners.unmatched == (("cy@x.example", 1),)
    assert column(readings["leads"], "territory").new_words == (("FR", 1),)


def test_hidden_rows_of_excel_are_counted(tmp_path):
    """They are read like the others, and recorded."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    with xlsxwriter.Workbook(tmp_path / "leads.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["lead_id", "created_at"])
        for row in range(1, 4):
            sheet.write_row(row, 0, [f"L{row}", "2026-09-07"])
        sheet.set_row(2, None, None, {"hidden": True})
    (tmp_path / "reps.csv").write_text("rep_id,daily_capacity\nR1,3\n")
    crm, _ = read_crm({"leads": "leads.xlsx", "reps": "reps.csv"}, tmp_path)
    form = crm.readings["leads"].form
    assert (form.format, form.n_hidden_rows, form.header_row) == ("Excel", 1, 1)


def test_the_frequent_the_long_and_the_changed():
    """Three different cells, so that they tell most; empty ones tell nothing."""
    raw = np.array(["a", "a", "", "a much longer one", "#N/A", "b"], dtype=object)
    read = pd.Series(["a", "a", "", "a much longer one", "", "b"], dtype=object)
    assert telling_pairs(raw, read) == (
        ("a", "a"),
        ("a much longer one", "a much longer one"),
        ("#N/A", ""),
    )
    assert telling_pairs(raw[:0], read[:0]) == ()
