"""Sources: other people's files become our tables."""

from datetime import date

import jsonschema
import pytest
from pydantic import ValidationError

from crm import DataError, Source

LOG = """\
Ref,Opened,Owner,Region,Stage,Note
1,2026-08-01,Ann,North,WON,x
2,2026-08-02,Bob,South,LOST,y
3,2026-08-03,Ann,South,WON,
4,2026-08-04,Ann,South,NEW,z
"""
HISTORY = {
    "file": "history.csv",
    "columns": {
        "lead_id": "Ref",
        "created_at": "Opened",
        "assigned_at": "Opened",
        "rep_id": "Owner",
        "outcome": "Stage",
        "closed_at": "Opened",
    },
    "values": {"outcome": {"WON": "won", "LOST": "lost", "NEW": "open"}},
}
REPS = {
    "file": "history.csv",
    "columns": {"rep_id": "Owner", "territories": "Region", "team": "Stage"},
    "constants": {"daily_capacity": 5},
    "drop": ["Ref", "Opened"],
    "one_row_per_id": True,
}


def read_log(read, history=None, reps=None):
    sources = {"history": HISTORY | (history or {}), "reps": REPS | (reps or {})}
    return read(sources, history=LOG)[0]


def test_columns_are_renamed_and_may_be_shared(read):
    """Two of ours read one of theirs; theirs are gone, the rest are features."""
    history = read_log(read).history
    assert list(history["lead_id"]) == ["1", "2", "3", "4"]
    assert (history["created_at"] == history["assigned_at"]).all()
    assert list(history["outcome"]) == ["won", "lost", "won", "open"]
    assert list(history.columns[-2:]) == ["Region", "Note"]
    assert "Opened" not in history


def test_reps_from_a_log(read):
    """One row per rep: territories are united, the most frequent stage wins."""
    reps = read_log(read).reps
    assert list(reps["rep_id"]) == ["Ann", "Bob"]
    assert list(reps["territories"]) == [("North", "South"), ("South",)]
    assert list(reps["team"]) == ["WON", "LOST"]
    assert list(reps["daily_capacity"]) == [5, 5]
    assert list(reps["Note"]) == ["x", "y"]


def test_fill_and_drop(read):
    """Empty cells get the value, dropped columns are no features."""
    history = read_log(read, {"fill": {"Note": "none"}, "drop": ["Region"]}).history
    assert list(history["Note"]) == ["x", "y", "none", "z"]
    assert "Region" not in history


@pytest.mark.parametrize(
    "where",
    [
        {"outcome": ["won", "lost"]},
        {"Stage": ["WON", "LOST"]},
        {"Opened": {"max": date(2026, 8, 3)}},
        {"Ref": {"below": 4}},
    ],
)
def test_where_speaks_of_both_names(read, where):
    """The file's names see the file's texts, ours see ours."""
    assert list(read_log(read, {"where": where}).history["lead_id"]) == ["1", "2", "3"]


def test_rows_are_still_those_of_the_file(read):
    """After `where`, a message names the row of the file."""
    columns = HISTORY["columns"] | {"deal_value": "Owner"}
    with pytest.raises(DataError, match=r"row 5, column deal_value: 'Ann'"):
        read_log(read, {"columns": columns, "where": {"Ref": 4}})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"drop": ["Regoin"]}, "`drop` names .*did you mean 'Region'"),
        ({"values": {"outcom": {"a": "b"}}}, "`values` names .*'outcome'"),
        ({"fill": {"Notes": 1}}, "`fill` names .*did you mean 'Note'"),
        ({"constants": {"Note": 1}}, "use `fill`"),
        ({"where": {"stage": 1}}, "`where`: no such column; did you mean 'Stage'"),
        (
            {"where": {"Note": {"min": 1}}},
            "holds 'x', and 1 can be compared with numbers only",
        ),
        ({"one_row_per_id": True}, "history has no column that names its rows"),
        ({"columns": {"lead_id": "Reff"}}, "`columns` names .*did you mean 'Ref'"),
    ],
)
def test_columns_that_are_not_there(read, change, message):
    """Each is an error with the nearest name."""
    with pytest.raises(DataError, match=message):
        read_log(read, change)


def test_a_source_is_strict():
    """A string is a file; unknown keys and wrong types are refused."""
    assert Source.model_validate("leads.csv") == Source(file="leads.csv")
    for wrong in ({"file": "a", "colums": {}}, {"file": 3}, {"file": ""}, 3):
        with pytest.raises(ValidationError):
            Source.model_validate(wrong)


def test_the_json_schema_allows_both_forms():
    """Editors accept a file name or an object, each key with a description."""
    schema = Source.model_json_schema()
    jsonschema.validate("leads.csv", schema)
    jsonschema.validate(REPS | {"where": {"Ref": {"min": 3}}}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"file": "a.csv", "colums": {}}, schema)
    properties = schema["anyOf"][1]["properties"]
    assert all("description" in described for described in properties.values())


def test_a_column_of_our_name_stays_though_others_are_made_of_it(read):
    """One date may serve three times without being named three times."""
    source = {
        "file": "history.csv",
        "columns": {"assigned_at": "created_at", "closed_at": "created_at"},
    }
    text = "lead_id,created_at,rep_id,outcome,source\nH1,2026-08-01,R1,won,web\n"
    history = read({"history": source}, history=text)[0].history
    moments = history[["created_at", "assigned_at", "closed_at"]].iloc[0]
    assert moments.nunique() == 1
    assert history["source"].tolist() == ["web"]


def test_a_column_that_another_file_column_is_mapped_onto_is_replaced(read):
    """The mapping wins over the name."""
    source = {
        "file": "history.csv",
        "columns": {"created_at": "opened", "assigned_at": "created_at"},
    }
    text = (
        "lead_id,opened,created_at,rep_id,outcome,closed_at\n"
        "H1,2026-08-01,2026-08-02,R1,won,2026-08-03\n"
    )
    row = read({"history": source}, history=text)[0].history.iloc[0]
    assert (row["created_at"].day, row["assigned_at"].day) == (1, 2)
