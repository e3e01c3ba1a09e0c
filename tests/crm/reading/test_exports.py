"""Exports of real systems are read cell by cell as what they mean."""

import importlib.util
from copy import deepcopy
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ruamel.yaml import YAML

from crm import read_crm
from tests.few import few

EXPORTS = Path(__file__).parents[4] / "shared" / "cases" / "exports"
pytestmark = pytest.mark.skipif(not EXPORTS.is_dir(), reason="needs the shared exports")

NAMED = {"column": "Lead Owner", "match": ["name"]}
REPORT = {
    "leads": {"dates": "%m/%d/%Y, %I:%M %p"},
    "history": {
        "columns": {"rep_id": NAMED},
        "dates": ["%m/%d/%Y, %I:%M %p", "%m/%d/%Y"],
    },
    "reps": {"columns": {"rep_id": "Id", "name": "Name", "active": "IsActive"}},
}
CLOSED = ["ConvertedDate", "LastModifiedDate"]
ODOO = {
    "won": {"Stage": "Won"},
    "lost": {"Active": False, "Probability": 0},
}
GERMAN_ODOO = {
    "won": {"Phase": "Won"},
    "lost": {"Aktiv": False, "Wahrscheinlichkeit": 0},
}
GERMAN = {"dates": "%d.%m.%Y %H:%M", "decimal": ",", "thousands": "."}
GERMAN_EXCEL = {
    "leads": GERMAN,
    "history": {
        **GERMAN,
        "columns": {"outcome": GERMAN_ODOO},
        "where": {"Wahrscheinlichkeit": {}},
    },
}
HUBSPOT_REPS = {
    "columns": {"name": {"join": ["First name", "Last name"]}},
    "where": {},
}
STAGES = {"won": {"Stage": "Closed Won"}, "lost": {"Stage": "Closed Lost"}}

RIGHT: dict[str, dict[str, Any]] = {
    "01-salesforce/2-mapped": {
        "reps": {"split": ";"},
        "history": {"columns": {"closed_at": CLOSED}},
    },
    "01-salesforce/3-lastmodified": {"reps": {"split": ";"}},
    "01-salesforce/4-lists": {},
    "01-salesforce/5-report": {
        table: keys | ({} if table == "reps" else {"skip_footer": 4})
        for table, keys in REPORT.items()
    },
    "01-salesforce/6-report-footer-removed": REPORT,
    "01-salesforce/7-report-xlsx": {
        "leads": {"header_row": 7, "skip_footer": 3},
        "history": {
            **{"header_row": 7, "skip_footer": 3},
            "columns": {"rep_id": NAMED},
        },
        "reps": REPORT["reps"],
    },
    "01-salesforce/8-ids-15-and-18": {
        "history": {"columns": {"rep_id": {"column": "OwnerId", "match": ["rep_id"]}}},
    },
    "02-hubspot/1-contacts": {
        "reps": HUBSPOT_REPS,
        "history": {
            "columns": {"rep_id": {"column": "Contact owner", "match": ["name"]}}
        },
    },
    "02-hubspot/2-deals": {
        "reps": HUBSPOT_REPS,
        "history": {
            "columns": {
                "rep_id": {"column": "Deal owner", "match": ["email", "name"]},
                "outcome": {
                    "won": {"Deal Stage": "Closed won"},
                    "lost": {"Deal Stage": "Closed lost"},
                },
            },
            "values": {"outcome": {}},
        },
    },
    "02-hubspot/3-deals-mapped": {},
    "02-hubspot/4-contacts-mapped": {},
    "02-hubspot/5-open-deals-close-later": {},
    "04-odoo/1-csv": {
        "history": {"columns": {"outcome": ODOO}, "where": {"Probability": {}}}
    },
    "04-odoo/2-xlsx": {
        "history": {"columns": {"outcome": ODOO}, "where": {"Probability": {}}}
    },
    "04-odoo/3-trap-thousands": {
        "leads": {"thousands": {"deal_value": "."}},
        "history": {
            "thousands": {"deal_value": "."},
            "columns": {"outcome": ODOO},
            "where": {"Probability": {}},
        },
    },
    "04-odoo/4-german-utf8": GERMAN_EXCEL,
    "04-odoo/5-german-cp1252": {
        table: keys | {"encoding": "cp1252"} for table, keys in GERMAN_EXCEL.items()
    },
    "04-odoo/6-german-utf16": GERMAN_EXCEL,
    "04-odoo/7-german-utf16-csv": GERMAN_EXCEL,
    "07-google-sheets/1-as-is": {
        "leads": {"decimal": ".", "thousands": ","},
        "history": {"decimal": ".", "thousands": ","},
    },
    "07-google-sheets/2-columns-removed": {
        "leads": {"decimal": ".", "thousands": ","},
        "history": {"decimal": ".", "thousands": ","},
    },
    "07-google-sheets/3-money-plain": {
        "leads": {"thousands": ","},
        "history": {"thousands": ","},
    },
    "07-google-sheets/4-errors-emptied": {
        "leads": {"thousands": ","},
        "history": {"thousands": ","},
    },
    "08-sql-pandas/1-copy": {},
    "08-sql-pandas/2-copy-active": {},
    "08-sql-pandas/2b-copy-closed": {},
    "08-sql-pandas/3-csv": {},
    "08-sql-pandas/4-index": {},
    "08-sql-pandas/5-parquet": {},
    "08-sql-pandas/6-jsonl": {},
    "08-sql-pandas/7-mixed-formats": {},
    "08-sql-pandas/8-copy-plain-times": {},
    "08-sql-pandas/9-csv-plain-times": {},
    "09-owners-stages/1-name": {
        "history": {
            "columns": {
                "rep_id": {"column": "Owner", "match": ["name"]},
                "outcome": STAGES,
            },
            "values": {"outcome": {}},
        }
    },
    "09-owners-stages/2-stages": {
        "history": {"columns": {"rep_id": {"column": "Owner", "match": ["name"]}}}
    },
    "09-owners-stages/3-full-name": {
        "history": {"columns": {"rep_id": {"column": "Owner", "match": ["rep_id"]}}}
    },
    "09-owners-stages/4-email": {
        "history": {
            "columns": {"rep_id": {"column": "Owner Email", "match": ["rep_id"]}}
        }
    },
    "09-owners-stages/5-id": {},
}
"""Scenario of a case -> the keys that read it right, over those it has."""


@pytest.fixture(scope="module")
def truth() -> Any:
    spec = importlib.util.spec_from_file_location("truth", EXPORTS / "truth.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def over(own: Any, more: Any) -> Any:
    """Return the keys with others over them; an empty mapping takes a key away."""
    if isinstance(own, str) and isinstance(more, dict):
        own = {"file": own}
    if not (isinstance(own, dict) and isinstance(more, dict)):
        return more
    told = deepcopy(own)
    for key, value in more.items():
        if value == {}:
            told.pop(key, None)
        elif key in ("outcome", "rep_id"):
            told[key] = value
        else:
            told[key] = over(told.get(key), value)
    return told


def read_case(name: str) -> Any:
    path = EXPORTS / f"{name}.yaml"
    data = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["data"]
    return read_crm(over(data, RIGHT[name]), path.parent)


@pytest.mark.parametrize("name", few(RIGHT, 15))
def test_every_cell_is_what_it_means(name, truth):
    """Amounts, times, countries, outcomes and reps are those of the company."""
    crm, _ = read_case(name)
    rows = {"history": truth.HISTORY, "leads": truth.LEADS}
    for table, expected in rows.items():
        frame = getattr(crm, table)
        assert len(frame) == len(expected)
        same_texts(frame["territory"], [d["country"] for d in expected])
        same_texts(frame["source"], [d["source"] for d in expected])
        same_times(frame["created_at"], [d["created"] for d in expected])
        if crm.has(table, "deal_value"):
            same_amounts(frame["deal_value"], [d["value"] for d in expected], name)
        for employees in {"employees", "Employees", "NumberOfEmployees"} & set(frame):
            same_amounts(frame[employees], [d["employees"] for d in expected], name)
    assert list(crm.history["outcome"]) == [d["outcome"] for d in truth.HISTORY]
    closed = [d["closed"] for d in truth.HISTORY]
    loose = "ConvertedDate" in str(RIGHT[name]) or "report" in name
    same_times(crm.history["closed_at"], closed, "D" if loose else "min")
    same_reps(crm, truth)


def test_true_is_one_word():
    """``TRUE`` of the leads and ``True`` of the history are one."""
    folder = EXPORTS / "11-excel-traps"
    tables = {"reps": "reps.csv", "history": "history-True.csv"}
    for leads in ("leads-TRUE.csv", "leads-True.csv"):
        crm, _ = read_crm({**tables, "leads": leads}, folder)
        assert set(crm.leads["opt_in"]) == set(crm.history["opt_in"])


def test_thousands_of_a_feature():
    """``1,200`` beside ``60`` is text until the keys say what it is, which is said."""
    folder = EXPORTS / "11-excel-traps"
    tables: dict[str, Any] = {"leads": "leads-TRUE.csv", "reps": "reps.csv"}
    history = {"file": "history-comma.csv"}
    _, issues = read_crm({**tables, "history": history}, folder)
    assert any('thousands: "," (1200)' in str(issue) for issue in issues)
    history = {"file": "history-comma.csv", "thousands": ","}
    crm, _ = read_crm({**tables, "history": history}, folder)
    assert set(crm.history["employees"]) <= {8, 60, 480, 1200, 5600}


def same_texts(cells: pd.Series, expected: list[str]) -> None:
    filled = cells != ""
    assert filled.mean() > 0.5
    assert list(cells[filled]) == list(pd.Series(expected)[filled])


def same_times(cells: pd.Series, expected: list[Any], unit: str = "min") -> None:
    """The exports have seconds, minutes or days."""
    ours = cells.dt.tz_localize(None).dt.floor(unit)
    theirs = pd.Series(pd.to_datetime(expected)).dt.floor(unit)
    assert list(ours.dropna()) == list(theirs.dropna())


def same_amounts(cells: pd.Series, expected: list[float], name: str) -> None:
    """Salesforce rounds to tenths, the trap to whole euros."""
    tolerance = {"01-salesforce": 0.06, "04-odoo/3-trap": 0.51}
    near = next((t for case, t in tolerance.items() if name.startswith(case)), 0.001)
    filled = cells.notna()
    assert filled.mean() > 0.5
    error = (cells - pd.Series(expected, dtype=float))[filled].abs()
    assert error.max() <= near


def same_reps(crm: Any, truth: Any) -> None:
    """Each past lead belongs to the same of the reps as in truth."""
    owner = crm.history["rep_id"]
    pairs = set(
        zip(owner, (truth.NAME[d["owner"]] for d in truth.HISTORY), strict=True)
    )
    assert len(pairs) == len({name for _, name in pairs}) == len(set(owner))
    known = set(crm.reps["rep_id"])
    strangers = {name for rep, name in pairs if rep not in known}
    assert strangers <= {"Hugo Alt"}
