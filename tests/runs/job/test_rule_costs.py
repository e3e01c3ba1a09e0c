"""A day on which every policy assigns nothing is said to be one."""

import pytest

from runs import allocate, empty_day_notes, notes
from tests.small_company import write_company

NONE = "  - {kind: max_per_rep, max_leads: 0}\nsolve:\n"


@pytest.mark.slow
def test_the_rule_that_empties_the_day_is_named(tmp_path):
    """In the run's notes, and where policies are compared; and never else."""
    write_company(tmp_path)
    path = tmp_path / "daily.yaml"
    text = path.read_text(encoding="utf-8")
    assert empty_day_notes(allocate(path).scored, 60) == []
    path.write_text(text.replace("solve:\n", NONE), encoding="utf-8")
    run = allocate(path)
    [note] = empty_day_notes(run.scored, 60)
    assert note.startswith("NOTHING IS ASSIGNED, in spite of ")
    assert "Rule max_per_rep: " in note
    assert notes(run)[0] == note
