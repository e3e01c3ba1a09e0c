"""Turns and weights of open work are held against the tables."""

import pytest
from click.testing import CliRunner

from cli import main
from tests.runs.morning.test_morning import MONDAY, Company

WEIGHTS = "open_weight: {{column: {}, weights: {{Paused: 0.3}}}}\n"


def checked(folder, text, ledger=True):
    company = Company(folder)
    company.write(MONDAY, "L1 North")
    days = folder / "days.yaml"
    written = days.read_text() if ledger else days.read_text().replace("ledger:", "#")
    days.write_text(written + text)
    return CliRunner().invoke(main, ["check", str(days)])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "ledger", "code", "problem"),
    [
        ("turns: {most_credits: 1}\n", False, 3, "turns needs a ledger"),
        (WEIGHTS.format("size"), False, 3, "open_weight needs a ledger"),
        (WEIGHTS.format("email"), True, 3, "with few words, such as status"),
        (WEIGHTS.format("siz"), True, 0, "did you mean 'size'?"),
        ("turns: {also_count: [won]}\n", True, 3, "overridden"),
    ],
)
def test_what_cannot_work_is_said(tmp_path, text, ledger, code, problem):
    result = checked(tmp_path, text, ledger)
    assert result.exit_code == code and problem in result.output
