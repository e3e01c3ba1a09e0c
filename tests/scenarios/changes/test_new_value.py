"""Texts of new values: absolute, relative, ranges and lists."""

import pytest

from scenarios import ScenarioError
from scenarios.changes.new_value import NewValue, value_of, values_of


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("60", [("=", 60)]),
        ("=-5", [("=", -5)]),
        ("*1.2", [("*", 1.2)]),
        ("+5", [("+", 5)]),
        ("-2", [("-", 2)]),
        ("+20%", [("*", 1.2)]),
        ("-25%", [("*", 0.75)]),
        ("revenue", [("=", "revenue")]),
        ("true", [("=", True)]),
        ("[a, b]", [("=", ["a", "b"])]),
        ("{min: 5, max: 7}", [("=", {"min": 5, "max": 7})]),
        ("a, 'b, c'", [("=", "a"), ("=", "b, c")]),
        ("20, 000", [("=", 20), ("=", 0)]),
        ("0.8:1.2:0.2", [("=", 0.8), ("=", 1), ("=", 1.2)]),
        ("*1:2:0.5,*3", [("*", 1), ("*", 1.5), ("*", 2), ("*", 3)]),
        ("3:1:-1", [("=", 3), ("=", 2), ("=", 1)]),
        ("9:30", [("=", "9:30")]),
    ],
)
def test_each_text_has_its_values(text, values):
    """A range has both ends, a list one value each, all else is one value."""
    assert [(v.operation, v.content) for v in values_of(text, "--set")] == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20,000", "write 20000 for the number; a list of variants needs spaces"),
        ("1:2:0", "expected first:last:step"),
        ("1:2:-1", "expected first:last:step"),
        ("0:1:0.0001", "in at most 1,000"),
        ("0.8:1.2:0.15", "end at 1.1, not at 1.2: write 0.8:1.1:0.15"),
        ("*x", "expected a number after *"),
        ("+", "expected an amount after +"),
        ("[a", "cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused(text, expected):
    """A thousands separator is no list, and a range has an end."""
    with pytest.raises(ScenarioError, match="--set x") as caught:
        values_of(text, "--set x")
    assert expected in str(caught.value)


def test_numbers_of_yaml_set_and_texts_change():
    """In a file -5 is a value, and "-5" takes away; other texts are what they say."""
    assert value_of(-5, "file") == NewValue("=", -5)
    assert value_of("-5", "file") == NewValue("-", 5)
    assert value_of("=-5", "file") == NewValue("=", -5)
    assert value_of("a, b", "file") == NewValue("=", "a, b")
