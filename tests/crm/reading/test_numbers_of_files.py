"""Numbers that a file holds as numbers have a decimal point, whatever the keys say."""

import json
import sqlite3
from datetime import date

import pandas as pd
import pytest

from crm import DataError, Source, read_crm

TEXTS = {
    "leads": pd.DataFrame(
        {
            "lead_id": ["L1", "L2"],
            "created_at": ["2026-09-01", "2026-09-02"],
            "deal_value": [27.393, 1.125],
            "visits": [1.125, 2.250],
            "note": ["1.234,5", "2"],
        }
    ),
    "reps": pd.DataFrame({"rep_id": ["R1"], "daily_capacity": [5]}),
}


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
@pytest.mark.parametrize("keys", [{}, {"decimal": ",", "thousands": "."}])
def test_numbers_are_no_texts(tmp_path, ending, keys):
    """Three digits after every dot are no doubt; texts beside them follow the keys."""
    for name, frame in TEXTS.items():
        path = tmp_path / f"{name}.{ending}"
        if ending == "xlsx":
            frame.to_excel(path, index=False, engine="xlsxwriter")
        else:
            frame.to_parquet(path)
    sources = {name: Source(file=f"{name}.{ending}") for name in TEXTS}
    sources["leads"] = Source.model_validate({"file": f"leads.{ending}", **keys})
    leads = read_crm(sources, tmp_path, date(2026, 9, 7))[0].leads
    assert list(leads["deal_value"]) == [27.393, 1.125]
    assert list(leads["visits"]) == [1.125, 2.25]
    assert list(leads["note"]) == ([1234.5, 2] if keys else ["1.234,5", "2"])


MIXED = (27.393, "1.234,50", "27.393", 0.5, None)
EUROPEAN = {"decimal": ",", "thousands": "."}


def written(folder, kind):
    """Write leads whose column holds numbers and texts of numbers."""
    rows = [
        {"lead_id": f"L{k}", "created_at": "2026-09-01", "Amount": cell}
        for k, cell in enumerate(MIXED)
    ]
    (folder / "reps.csv").write_text("rep_id,daily_capacity\nR1,5\n")
    if kind == "xlsx":
        frame = pd.DataFrame(rows)
        frame.to_excel(folder / "leads.xlsx", index=False, engine="xlsxwriter")
    elif kind == "jsonl":
        (folder / "leads.jsonl").write_text("\n".join(map(json.dumps, rows)))
    else:
        with sqlite3.connect(folder / "crm.db") as database:
            database.execute("CREATE TABLE leads (lead_id, created_at, Amount)")
            cells = [tuple(row.values()) for row in rows]
            database.executemany("INSERT INTO leads VALUES (?, ?, ?)", cells)
        database.close()
        return {"sql": "SELECT * FROM leads", "url": "sqlite:///crm.db"}
    return {"file": f"leads.{kind}"}


@pytest.mark.parametrize("kind", ["xlsx", "jsonl", "sql"])
@pytest.mark.parametrize(
    ("where", "chosen"),
    [
        ({}, [27.393, 1234.5, 27393.0, 0.5]),
        ({"deal_value": {"min": 1000}}, [1234.5, 27393.0]),
        ({"Amount": {"below": 30}}, [27.393, 0.5]),
    ],
)
def test_numbers_and_texts_of_numbers_in_one_column(tmp_path, kind, where, chosen):
    """The signs declared are those of texts; a number of the file is what it is."""
    source = written(tmp_path, kind)
    source |= {"columns": {"deal_value": "Amount"}, "where": where, **EUROPEAN}
    sources = {"leads": Source.model_validate(source), "reps": "reps.csv"}
    leads = read_crm(sources, tmp_path, date(2026, 9, 7))[0].leads
    assert leads["deal_value"].dropna().tolist() == chosen


def test_a_condition_knows_signs_by_our_column(tmp_path):
    """Signs said of a column of ours are those of the file's column it is made of."""
    source = written(tmp_path, "jsonl")
    source |= {"columns": {"deal_value": "Amount"}, "where": {"Amount": {"min": 1000}}}
    source |= {key: {"deal_value": sign} for key, sign in EUROPEAN.items()}
    sources = {"leads": Source.model_validate(source), "reps": "reps.csv"}
    leads = read_crm(sources, tmp_path, date(2026, 9, 7))[0].leads
    assert leads["deal_value"].tolist() == [1234.5, 27393.0]


def test_plain_numbers_are_not_read_again(tmp_path):
    """A condition on a column of ours sees what was read: 1,234 is less than two."""
    text = "lead_id;created_at;deal_value\nA;2026-09-01;1,234\nB;2026-09-01;2,500\n"
    (tmp_path / "leads.csv").write_text(text)
    (tmp_path / "reps.csv").write_text("rep_id,daily_capacity\nR1,5\n")
    source = {"file": "leads.csv", "where": {"deal_value": {"max": 2}}, **EUROPEAN}
    sources = {"leads": Source.model_validate(source), "reps": "reps.csv"}
    leads = read_crm(sources, tmp_path, date(2026, 9, 7))[0].leads
    assert leads["deal_value"].tolist() == [1.234]


@pytest.mark.parametrize("ending", ["xlsx", "parquet"])
@pytest.mark.parametrize("amount", [float("inf"), 1e300, -1.0])
def test_a_number_that_no_amount_can_be_is_named(tmp_path, ending, amount):
    """No key would mend it, and none is looked for among texts that are not there."""
    for name, frame in TEXTS.items():
        path = tmp_path / f"{name}.{ending}"
        if name == "leads":
            frame = frame.assign(deal_value=[5.0, amount])
        if ending == "xlsx":
            frame.to_excel(path, index=False, engine="xlsxwriter", inf_rep="inf")
        else:
            frame.to_parquet(path)
    sources = {name: Source(file=f"{name}.{ending}") for name in TEXTS}
    with pytest.raises(DataError) as failed:
        read_crm(sources, tmp_path, date(2026, 9, 7))
    errors = [issue for issue in failed.value.issues if issue.severity == "error"]
    assert [(error.row, error.column) for error in errors] == [(3, "deal_value")]
