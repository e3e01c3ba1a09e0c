"""The words in which the reference of scenarios says what a key may be."""

import importlib.util

import pytest

from scenarios.schema import json_schema
from tests.pages.blocks import ROOT

SPEC = importlib.util.spec_from_file_location(
    "schema_words", ROOT / "docs" / "_ext" / "schema_words.py"
)
words = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(words)
PARTS = json_schema()["$defs"]


@pytest.mark.parametrize(
    ("part", "key", "told", "without"),
    [
        ("Solve", "time_limit", "a number, above 0", "by default `60`"),
        ("Solve", "effort", "a whole number, above 0", "optional"),
        (
            "Objective",
            "maximise",
            "`conversions` or `revenue`",
            "by default `conversions`",
        ),
        ("Objective", "tie_width", "a number or `auto`", "optional"),
        ("Data", "leads", "[source](#schema-source)", "**needed**"),
        ("Data", "as_of", "a time or a date", "optional"),
        ("Team", "teams", "a non-empty list of text", "**needed**"),
        ("Capacity", "where", "a mapping to a [condition](#schema-bounds)", "optional"),
        ("Capacity", "ramp_up", "[ramp up](#schema-rampup)", "optional"),
        ("Calendar", "hours", "a mapping to (text or a list of text)", "optional"),
    ],
)
def test_a_key_in_words(part, key, told, without):
    schema = PARTS[part]["properties"][key]
    assert words.type_words(schema) == told
    required = PARTS[part].get("required", [])
    assert words.default_words(schema, key in required) == without


def test_every_part_can_be_told():
    """Whatever the schema comes to hold, no key is without words."""
    for part in PARTS.values():
        wholes = [part, *part.get("anyOf", [])]
        for whole in wholes:
            for schema in whole.get("properties", {}).values():
                assert words.type_words(schema)


def test_the_places_of_a_list_have_words_each():
    rows = next(whole for whole in PARTS["Source"]["anyOf"] if "properties" in whole)
    row = "(a whole number, 2 or more)"
    assert words.type_words(rows["properties"]["rows"]) == f"a list of {row} and {row}"
