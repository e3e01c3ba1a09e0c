"""How problems are put into words."""

from crm import DataError, Issue, suggestion
from crm.issues import issues_at, shorten


def test_an_issue_names_its_place():
    """File, row, column and value come first, as far as they are known."""
    issue = Issue("leads.csv", "expected an id", 3, "lead_id", "")
    assert str(issue) == "leads.csv, row 3, column lead_id: '': expected an id"
    assert str(Issue("leads.csv", "no such file")) == "leads.csv: no such file"


def test_a_data_error_carries_all_issues():
    """Its text is one line per issue."""
    error = DataError([Issue("a", "x"), Issue("b", "y")])
    assert len(error.issues) == 2
    assert str(error) == "a: x\nb: y"


def test_suggestion():
    """The nearest name is offered whatever its case, and none where none is near."""
    assert (
        suggestion("teritory", ["Territory", "team"]) == "; did you mean 'Territory'?"
    )
    assert suggestion("zzz", ["territory"]) == ""


def test_long_lists_are_counted():
    """Twenty issues fit, more are counted."""
    rows = list(range(25))
    assert len(issues_at("f", "x", rows[:20], ["v"] * 20)) == 20
    assert (
        issues_at("f", "x", rows, ["v"] * 25)[-1].expected == "... and 5 more like it"
    )


def test_shorten():
    """A long text keeps its start."""
    assert shorten("x" * 100, 10) == "xxxxxxx..."
    assert shorten("short") == "short"
