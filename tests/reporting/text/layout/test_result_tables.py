"""Any record of a result is tables."""

from reporting.text.layout.result_tables import name_values, result_tables

RECORD = {
    "ok": True,
    "notes": ["a", "b"],
    "lift": {"low": 0.1, "high": None},
    "policies": [
        {"policy": "optimal", "gain": {"low": 1}, "rules": ["x", "y"]},
        {"policy": "odd|one", "rules": ["p|q"], "parts": [{"a": 1}]},
    ],
    "deep": {"list": [[1, 2], [3]]},
    "empty": [],
    "pair": ("one", "two"),
}


def test_lists_are_tables_and_the_rest_is_the_summary():
    tables = result_tables(RECORD)
    names = ["policies", "notes", "deep.list", "empty", "pair", "summary"]
    assert list(tables) == names
    assert tables["notes"].to_dict("list") == {"notes": ["a", "b"]}
    assert tables["pair"]["pair"].tolist() == ["one", "two"]
    assert tables["deep.list"]["list"].tolist() == ["1|2", "3"]
    assert len(tables["empty"]) == 0
    summary = dict(tables["summary"].itertuples(index=False))
    assert summary == {"ok": True, "lift.low": 0.1, "lift.high": None}


def test_what_is_nested_in_a_row_is_columns_lists_and_json():
    table = result_tables(RECORD)["policies"]
    assert list(table) == ["policy", "gain.low", "rules", "parts"]
    assert table["rules"].tolist() == ["x|y", '["p|q"]']
    assert table["parts"].tolist()[1] == '[{"a": 1}]'


def test_a_record_may_be_a_list_or_nothing():
    assert list(result_tables([{"a": 1}])) == ["rows"]
    assert list(result_tables({})) == ["summary"]
    assert list(result_tables({"rows": 1, "x": [1]})) == ["summary", "x"]


def test_all_of_a_record_is_one_table_of_names():
    table = name_values(RECORD)
    assert table.set_index("name").loc["notes", "value"] == "a|b"
    assert len(table) == 8
