"""Scenario files are read with the line of every value, over those they extend."""

import pytest

from scenarios.document import Node
from scenarios.errors import ScenarioError
from scenarios.reading import LONGEST, read_document


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a scenario and returns its path."""

    def write_text(name, text):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_text


def refused(path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_document(path)
    return str(caught.value)


def test_values_know_their_lines(write):
    """A mapping's value stands on the line of its key, an entry on its own."""
    document = read_document(write("a.yaml", "name: x\nrules:\n\n  - kind: lock\n"))
    assert (document.at("name").line, document.at("rules", 0, "kind").line) == (1, 4)
    assert document.plain() == {"name": "x", "rules": [{"kind": "lock"}]}


def test_yaml_1_2(write):
    """`yes` and `no` are text, 0o7 is octal, and an unquoted date is a date."""
    document = read_document(write("a.yaml", "a: yes\nb: 0o7\nc: 2026-09-07\nd: 012\n"))
    plain = document.plain()
    assert (plain["a"], plain["b"], str(plain["c"])) == ("yes", 7, "2026-09-07")


def test_an_extension_goes_over_its_base(write):
    """Mappings merge, rules merge by name, and each value keeps its own file."""
    rules = "rules:\n  - {kind: language, penalty: 0.1}\n"
    write("base.yaml", f"name: base\nsolve: {{seed: 1, time_limit: 5}}\n{rules}")
    path = write(
        "top.yaml",
        "extends: base.yaml\nsolve: {seed: 2}\n"
        "rules:\n  - {name: language, penalty: 0.2}\n  - {kind: product}\n",
    )
    document = read_document(path)
    assert document.plain() == {
        "name": "base",
        "solve": {"seed": 2, "time_limit": 5},
        "rules": [
            {"kind": "language", "name": "language", "penalty": 0.2},
            {"kind": "product"},
        ],
    }
    assert document.at("solve", "seed").file.endswith("top.yaml")
    assert document.at("solve", "time_limit").file.endswith("base.yaml")


def test_files_stay_where_the_base_has_them(write):
    """A base in another folder names its tables from there."""
    write("company/base.yaml", "data: {leads: leads.csv, reps: {file: ../reps.csv}}\n")
    document = read_document(write("top.yaml", "extends: company/base.yaml\n"))
    assert document.plain()["data"] == {
        "leads": "company/leads.csv",
        "reps": {"file": "reps.csv"},
    }


def test_circles_are_broken(write):
    """A scenario that extends itself, at any distance, is refused where it does."""
    write("b.yaml", "\nextends: a.yaml\n")
    told = refused(write("a.yaml", "extends: b.yaml\n"))
    assert "b.yaml, line 2, key extends: 'a.yaml': the scenario extends itself" in told


def test_long_chains_are_refused(write):
    """No more than twenty scenarios extend each other."""
    write("0.yaml", "name: x\n")
    paths = [
        write(f"{n}.yaml", f"extends: {n - 1}.yaml\n") for n in range(1, LONGEST + 2)
    ]
    assert read_document(paths[LONGEST - 2]).plain() == {"name": "x"}
    assert "more than 20 scenarios" in refused(paths[-1])


def test_every_absurd_value_is_told(write):
    """Values that no table can hold are all told at once, with their lines."""
    path = write("a.yaml", 'a: 1e99\nb: 2025-02-30\nc: 0001-01-01\nd: "\\0"\na: .nan\n')
    with pytest.raises(ScenarioError) as caught:
        read_document(path)
    assert [issue.row for issue in caught.value.issues] == [1, 2, 3, 4, 5, 5]


def test_tabs_are_explained(write):
    """The message of the parser is followed by what to do."""
    told = refused(write("a.yaml", "a:\n\tb: 1\n"))
    assert "line 2: not YAML" in told
    assert told.endswith("indent with spaces, not tabs")


def test_keys_that_are_not_there_are_skipped():
    """A validator's path names alternatives, which the file does not have."""
    inner = Node(5, "f", 3)
    document = Node({"rules": Node([Node({"k": inner}, "f", 2)], "f", 1)}, "f", 1)
    path = ("rules", 0, "language", "k")
    assert document.at(*path) is inner
    assert document.known_keys(*path) == ("rules", 0, "k")


def test_a_space_between_thousands_is_no_space_around_a_text(tmp_path):
    """Signs between others stay as they are, other texts are cleaned."""
    path = tmp_path / "s.yaml"
    path.write_text(
        'name: " day "\ndata:\n  leads:\n    thousands: {deal_value: " "}\n', "utf-8"
    )
    document = read_document(path)
    assert document.at("name").content == "day"
    assert document.at("data", "leads", "thousands", "deal_value").content == " "
