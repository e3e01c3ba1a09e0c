"""Cells as other systems write them are read as what they mean, by a source's keys."""

import pandas as pd
import pytest

from crm import DataError

LEADS = "lead_id,created_at,deal_value,visits\n"


def read_leads(read, rows, *, head=LEADS, **keys):
    """Return leads of these rows, read by these keys, and the warnings."""
    text = head + "".join(f"{row}\n" for row in rows)
    crm, issues = read({"leads": {"file": "leads.csv", **keys}}, leads=text)
    return crm.leads, [str(issue) for issue in issues]


def refused(read, rows, **keys):
    """Return the errors."""
    with pytest.raises(DataError) as error:
        read_leads(read, rows, **keys)
    return [str(i) for i in error.value.issues if i.severity == "error"]


@pytest.mark.parametrize(
    ("form", "cell", "moment"),
    [
        ("%d.%m.%Y %H:%M", "05.01.2026 09:12", "2026-01-05T09:12"),
        ("%m/%d/%Y %I:%M %p", "9/1/2026 6:12 AM", "2026-09-01T06:12"),
        ("%m/%d/%Y %I:%M %p", "9/1/2026 12:12 p.m.", "2026-09-01T12:12"),
        ("%d %B %Y", "3 September 2026", "2026-09-03"),
        ("%d. %b %Y", "3. Mai 2026", "2026-05-03"),
        ("%d. %B %Y", "3. März 2026", "2026-03-03"),
        ("%d %b %Y", "3 févr. 2026", "2026-02-03"),
        ("%d/%m/%Y %H:%M %z", "01/02/2026 10:00 +0200", "2026-02-01T08:00"),
        ("excel", "46266.5", "2026-09-01T12:00"),
        ("excel-1904", "44804", "2026-09-01"),
        ("iso", "2026-09-01 06:12:32+00", "2026-09-01T06:12:32"),
        ("iso", "2026-09-01T06:12:32.5Z", "2026-09-01T06:12:32.5"),
    ],
)
def test_dates_by_their_format(read, form, cell, moment):
    """As strptime has them, as Excel counts days, or ISO 8601."""
    leads, _ = read_leads(read, [f"L1,{cell},,"], dates=form)
    assert leads["created_at"][0] == pd.Timestamp(moment, tz="UTC")


@pytest.mark.parametrize("cell", ["2026-09-01 06:12:32+00", '"2026-09-01 06:12:32,5"'])
def test_iso_dates_need_no_key(read, cell):
    """With an offset of hours alone, or a comma before parts of a second."""
    leads, _ = read_leads(read, [f"L1,{cell},,"])
    assert leads["created_at"][0].floor("s") == pd.Timestamp("2026-09-01T06:12:32Z")


def test_dates_of_several_formats(read):
    """A list holds the formats of one column, a mapping those of each."""
    rows = ["L1,1.2.2026,,", "L2,3.2.2026 10:00,,"]
    forms = ["%d.%m.%Y", "%d.%m.%Y %H:%M"]
    for dates in (forms, {"created_at": forms}):
        leads, _ = read_leads(read, rows, dates=dates)
        assert list(leads["created_at"].dt.hour) == [0, 10]


def test_a_cell_of_two_formats_is_refused(read):
    """Day and month are never guessed cell by cell."""
    [error] = refused(read, ["L1,01/02/2026,,"], dates=["%d/%m/%Y", "%m/%d/%Y"])
    assert "'01/02/2026': not one date of" in error


def test_the_format_that_fits_is_named(read):
    """Once for the column, with the number of its rows."""
    [error] = refused(read, ["L1,13.02.2026 10:00,,", "L2,01.02.2026 11:00,,"])
    assert error == (
        "leads.csv, row 2, column created_at: '13.02.2026 10:00': not ISO 8601; "
        'dates: "%d.%m.%Y %H:%M" fits all 2 texts (rows: 2)'
    )


def test_a_word_among_dates_hides_no_format(read):
    """It is named beside the format that fits all others."""
    rows = [f"L{day},{day}.02.2026,," for day in range(13, 20)]
    [error] = refused(read, [*rows, "L9,soon,,"])
    assert "dates: \"%d.%m.%Y\" fits all 7 texts; but not 'soon'" in error
    [error] = refused(read, ["L1,2026-09-01,5,", "L2,2026-09-01,6,", "L3,soon,6,"])
    assert "expected an ISO 8601 date" in error


def test_two_formats_that_fit_are_both_named(read):
    """Neither is chosen."""
    [error] = refused(read, ["L1,01/02/2026,,", "L2,02/02/2026,,"])
    assert 'dates: "%d/%m/%Y" (2026-02-01) or dates: "%m/%d/%Y" (2026-01-02)' in error


def test_cells_of_another_format_are_named_once_each(read):
    """With the format that would fit, where one does."""
    rows = ["L1,13.02.2026,,", "L2,2026-02-01,,", "L3,2026-02-01,,"]
    [error] = refused(read, rows, dates="%d.%m.%Y")
    assert "row 3" in error
    assert "'2026-02-01': not one date of `dates: \"%d.%m.%Y\"` (rows: 2)" in error
    [error] = refused(read, ["L1,13/02/2026,,"], dates="%d.%m.%Y")
    assert 'dates: {created_at: "%d/%m/%Y"} fits it' in error


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-07-01 12:00", "2026-07-01T10:00"),
        ("2026-01-01", "2025-12-31T23:00"),
        ("2026-07-01T12:00Z", "2026-07-01T12:00"),
    ],
)
def test_times_without_an_offset_are_of_the_time_zone(read, cell, moment):
    """Those with an offset are not."""
    leads, _ = read_leads(read, [f"L1,{cell},,"], time_zone="Europe/Berlin")
    assert leads["created_at"][0] == pd.Timestamp(moment, tz="UTC")


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-03-29 02:30", "2026-03-29T01:00"),
        ("2025-10-26 02:30", "2025-10-26T00:30"),
    ],
)
def test_hours_skipped_or_repeated_are_read_by_a_rule_and_said(read, cell, moment):
    """The moment after the gap; the first of two."""
    leads, said = read_leads(read, [f"L1,{cell},,"], time_zone="Europe/Berlin")
    assert leads["created_at"][0] == pd.Timestamp(moment, tz="UTC")
    word = "skip" if moment.startswith("2026-03") else "twice"
    assert any(word in line and cell in line for line in said)


@pytest.mark.parametrize(
    ("keys", "cell", "amount"),
    [
        ({"decimal": ",", "thousands": "."}, "1.234,56 €", 1234.56),
        ({"decimal": ",", "thousands": "."}, "27.393", 27393),
        ({"thousands": "."}, "27.393", 27393),
        ({"decimal": "."}, "27.393", 27.393),
        ({"thousands": ","}, "€27,393.40", 27393.4),
        ({"thousands": ","}, "USD 1,000", 1000),
        ({"decimal": "."}, "EUR 5", 5),
        ({"decimal": ","}, "12,5 %", 12.5),
        ({"thousands": "'"}, "1'234.50", 1234.5),
        ({"thousands": "'"}, "1\u2019234.50", 1234.5),
        ({"decimal": ",", "thousands": " "}, "1\u00a0234\u202f567,5", 1234567.5),
        ({"thousands": ","}, "1,23,456", 123456),
    ],
)
def test_amounts_by_their_signs(read, keys, cell, amount):
    """Currencies and per cents are removed, as is what separates thousands."""
    leads, _ = read_leads(read, [f'L1,2026-09-01,"{cell}","{cell}"'], **keys)
    assert list(leads["deal_value"]) == [amount]
    assert list(leads["visits"]) == [amount]


def test_what_is_removed_is_said(read):
    """With the number of rows."""
    rows = ["L1,2026-09-01,€5.00,", "L2,2026-09-01,€6.00,"]
    _, said = read_leads(read, rows, decimal=".")
    assert any("removed: € (rows: 2)" in line for line in said)


def test_two_currencies_in_one_column_are_refused(read):
    """They are no amounts that can be added up."""
    rows = ["L1,2026-09-01,€5.00,", "L2,2026-09-01,£6.00,"]
    [error] = refused(read, rows, decimal=".")
    assert "different units" in error
    assert "rates" in error


@pytest.mark.parametrize(
    ("cell", "keys"),
    [
        ("1.234,56 €", 'decimal: ",", thousands: "." reads it'),
        ("€27,393.40", 'decimal: ".", thousands: "," reads it'),
        ("EUR 5", 'decimal: "." reads it'),
        ("5,600", 'decimal: ".", thousands: "," (5600) or decimal: "," (5.6)'),
        ("27.393", 'decimal: "." (27.393) or decimal: ",", thousands: "." (27393)'),
    ],
)
def test_the_signs_that_would_do_are_named(read, cell, keys):
    """Both, where a number could be another."""
    [error] = refused(read, [f'L1,2026-09-01,"{cell}",'])
    assert keys in error


@pytest.mark.parametrize(
    "cells", [("27.393", "0.5"), ("27.39", "27.393"), ("1234.567", "1.5"), ("1", "897")]
)
def test_plain_numbers_need_no_key(read, cells):
    """One dot that cannot separate thousands tells of all."""
    rows = [f"L{i},2026-09-01,{cell},{cell}" for i, cell in enumerate(cells)]
    leads, _ = read_leads(read, rows)
    assert list(leads["deal_value"]) == list(map(float, cells))


def test_three_digits_after_every_dot_of_a_feature(read):
    """Are an error, as they are of an amount; a place cannot be thousands."""
    [error] = refused(read, ["L1,2026-09-01,,27.393"])
    assert "column visits" in error
    head = "lead_id,created_at,latitude\n"
    leads, _ = read_leads(read, ["L1,2026-09-01,27.393"], head=head)
    assert leads["latitude"][0] == 27.393


def test_words_that_mean_empty(read):
    """Those of databases and spreadsheets by default; said once per column."""
    head = "lead_id,created_at,company,visits\n"
    rows = [r"L1,2026-09-01,\N,#DIV/0!", "L2,2026-09-01,#N/A,3", "L3,2026-09-01,A,4"]
    leads, said = read_leads(read, rows, head=head)
    assert list(leads["company"]) == ["", "", "A"]
    assert leads["visits"].isna().tolist() == [True, False, False]
    [line] = [line for line in said if "column company" in line]
    assert r"'\\N' (rows: 1), '#N/A' (rows: 1)" in line


def test_words_that_may_mean_empty_are_named(read):
    """And read as empty once the source says so."""
    head = "lead_id,created_at,company\n"
    rows = ["L1,2026-09-01,n/a", "L2,2026-09-01,A"]
    leads, said = read_leads(read, rows, head=head)
    assert list(leads["company"]) == ["n/a", "A"]
    assert any("missing: ['n/a']" in line for line in said)
    leads, said = read_leads(read, rows, head=head, missing=["n/a"])
    assert list(leads["company"]) == ["", "A"]
    assert not any("column company" in line for line in said)


def test_no_word_means_empty(read):
    """`missing: []` keeps them all, without a word; a translated one stays, too."""
    head = "lead_id,created_at,company\n"
    rows = ["L1,2026-09-01,NULL"]
    leads, said = read_leads(read, rows, head=head, missing=[])
    assert list(leads["company"]) == ["NULL"]
    assert not any("column company" in line for line in said)
    values = {"company": {"NULL": "Null Ltd"}}
    leads, _ = read_leads(read, rows, head=head, values=values)
    assert list(leads["company"]) == ["Null Ltd"]


REPS = "rep_id,daily_capacity,territories\nR1,5,North;South\nR2,5,South\n"


def test_lists_by_their_separator(read):
    """For all lists, or by column."""
    for split in (";", {"territories": ";"}):
        reps = {"file": "reps.csv", "split": split}
        crm, _ = read({"reps": reps}, reps=REPS)
        assert list(crm.reps["territories"]) == [("North", "South"), ("South",)]


def test_a_list_that_may_be_one_is_refused(read):
    """Until `split` says what it is; a comma is a warning, names have some."""
    with pytest.raises(DataError, match='split: ";" makes several'):
        read(reps=REPS)
    crm, _ = read({"reps": {"file": "reps.csv", "split": "|"}}, reps=REPS)
    assert crm.reps["territories"][0] == ("North;South",)
    _, issues = read(reps=REPS.replace("North;South", '"North,South"'))
    assert any('split: "," makes several' in str(issue) for issue in issues)


def test_a_word_is_translated_to_nothing(read):
    """By null, as by an empty text."""
    head = "lead_id,created_at,company\n"
    rows = ["L1,2026-09-01,test", "L2,2026-09-01,none yet"]
    values = {"company": {"test": None, "none yet": ""}}
    leads, _ = read_leads(read, rows, head=head, values=values)
    assert list(leads["company"]) == ["", ""]


def test_translated_words_are_not_read_again(read):
    """`values` gives what a cell means, whatever the signs of the others."""
    leads, _ = read_leads(
        read,
        ['L1,2026-09-01,"1,5",', "L2,2026-09-01,few,"],
        decimal=",",
        values={"deal_value": {"few": 0.5}},
        fill={"visits": 7},
    )
    assert list(leads["deal_value"]) == [1.5, 0.5]
    assert list(leads["visits"]) == [7, 7]


MONEY = "lead_id,created_at,deal_value,Currency\n"


def test_rates_make_amounts_one_currency(read):
    """By a column of currencies, which is no feature then."""
    rows = ["L1,2026-09-01,100,GBP", "L2,2026-09-01,50,EUR"]
    rates = {"to": "EUR", "column": "Currency", "GBP": 1.17}
    leads, _ = read_leads(read, rows, head=MONEY, rates=rates)
    assert list(leads["deal_value"]) == [117, 50]
    assert "Currency" not in leads


def test_rates_by_the_sign_beside_an_amount(read):
    """Without a sign it counts as one of `to`, which is said."""
    rows = ["L1,2026-09-01,£100,", "L2,2026-09-01,€50,", "L3,2026-09-01,7,"]
    leads, said = read_leads(read, rows, rates={"to": "EUR", "GBP": 2})
    assert list(leads["deal_value"]) == [200, 50, 7]
    assert any("1 amounts have no currency" in line for line in said)


def test_a_currency_without_a_rate_is_named(read):
    """Once, with the number of its rows."""
    rows = ["L1,2026-09-01,100,USD", "L2,2026-09-01,50,USD"]
    rates = {"to": "EUR", "column": "Currency"}
    [error] = refused(read, rows, head=MONEY, rates=rates)
    assert "'USD': no rate makes this currency EUR" in error
    assert "(rows: 2)" in error


def test_where_sees_numbers_and_dates_as_they_are_read(read):
    """A condition compares values, not the way they are written."""
    rows = ['L1,13.02.2026,"1.234,5",', 'L2,14.02.2026,"7,5",']
    keys = {"dates": "%d.%m.%Y", "decimal": ",", "thousands": "."}
    leads, _ = read_leads(read, rows, where={"deal_value": {"min": 1000}}, **keys)
    assert list(leads["lead_id"]) == ["L1"]
