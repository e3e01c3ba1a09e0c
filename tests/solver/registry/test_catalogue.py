"""Entries by name: the project's own cannot be replaced, others can."""

import pytest

from solver.registry.catalogue import Catalogue, UnknownNameError, entry_of


@pytest.fixture
def letters():
    return Catalogue("letter", ["a", "b"], str.upper)


def test_own_entries_are_loaded_when_they_are_read(letters):
    """In their order, before those registered."""
    letters.register("z", "zed")
    letters.register("c", "see")
    assert dict(letters) == {"a": "A", "b": "B", "z": "zed", "c": "see"}
    assert len(letters) == 4 and "b" in letters and "d" not in letters
    assert letters.n_registrations == 2


def test_the_last_registration_counts(letters):
    """A notebook's cell may be run again."""
    letters.register("c", "see")
    letters.register("c", "sea")
    assert letters["c"] == "sea" and len(letters) == 3


@pytest.mark.parametrize("name", ["", " c", "c ", "c\nd", "c\u2028d"])
def test_a_name_is_one_line_of_text(letters, name):
    """Tables and scenario files have no room for more."""
    with pytest.raises(ValueError, match="no name for a letter"):
        letters.register(name, "see")


def test_own_entries_stay(letters):
    """Whatever is registered under their name."""
    with pytest.raises(ValueError, match="'a' is a letter of rightrep's own"):
        letters.register("a", "ay")
    assert letters["a"] == "A"


def test_an_unknown_name_is_answered_with_the_nearest():
    """Or with all there are."""
    colours = Catalogue("colour", ["green", "blue"], str.upper)
    with pytest.raises(UnknownNameError, match="no colour 'gren'; did you mean 'gr"):
        colours["gren"]
    with pytest.raises(KeyError, match="no colour 'xyz'; there are green, blue"):
        entry_of(colours, "colour", "xyz")
