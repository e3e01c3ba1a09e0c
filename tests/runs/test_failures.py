"""Whose fault a failure is: the input's, a plug-in's, or ours."""

import pytest

from crm import DataError, Issue
from runs.exit_codes import ExitCode
from runs.failures import failure
from solver import POLICIES, PolicyError
from solver.registry import plugins


@pytest.fixture
def raising(tmp_path, monkeypatch):
    """Return a registered policy of a plug-in that divides by zero."""
    monkeypatch.setattr(POLICIES, "_registered", {})
    monkeypatch.setattr(plugins, "loaded", {})
    monkeypatch.setattr(plugins, "loaded_files", {})
    path = tmp_path / "mine.py"
    path.write_text(
        "from rightrep import register_policy\n\n"
        "@register_policy('mine')\ndef first(problem, rng):\n    return 1 / 0\n"
    )
    plugins.load_plugin(str(path))
    return POLICIES["mine"]


def raised(call, *arguments):
    """Return the exception that a call ends with."""
    with pytest.raises(Exception) as caught:
        call(*arguments)
    return caught.value


def test_issues_of_the_input_stand_by_themselves():
    """They are all that is said."""
    issues = [Issue("leads.csv", "no rows")]
    failed = failure(DataError(issues))
    assert (failed.exit_code, failed.text) == (ExitCode.BAD_INPUT, "")
    assert list(failed.issues) == issues


def test_what_a_plugin_raises_is_its_own(raising):
    """The message names file, line and function."""
    failed = failure(raised(raising, None, None))
    assert failed.exit_code == ExitCode.BAD_INPUT
    assert "mine.py, line 5, in first: ZeroDivisionError: division by" in failed.text


def test_what_is_no_allocation_is_bad_input():
    """A policy is named by the error itself."""
    failed = failure(PolicyError("policy mine returned no Solution"))
    assert failed.exit_code == ExitCode.BAD_INPUT
    assert failed.text == "error: policy mine returned no Solution"


def test_whatever_nobody_foresaw_is_a_defect(raising):
    """Ours, or that of a plug-in that is in use."""
    failed = failure(raised(lambda: [][0]))
    assert failed.exit_code == ExitCode.INTERNAL
    assert "internal error: IndexError" in failed.text
    assert "of rightrep, or of a plug-in (" in failed.text and "mine.py" in failed.text
    plugins.loaded.clear()
    assert "a defect of rightrep;" in failure(raised(lambda: [][0])).text
