"""Nothing that a command reads is destroyed by what it writes."""

import pytest
from click.testing import CliRunner

from cli import main

TABLES = "leads", "reps", "history"


def written_over(company, name, command, option):
    """Run a command that is to write over what it reads, which has to stay."""
    file = company / name
    before = file.read_bytes()
    arguments = [str(company / "daily.yaml"), "--model", str(company / "daily.model")]
    result = CliRunner().invoke(main, [command, *arguments, option, str(file)])
    assert file.read_bytes() == before
    return result


@pytest.mark.parametrize("name", [*(f"{t}.csv" for t in TABLES), "daily.yaml"])
def test_scores_replace_no_table(company, name):
    """Not even the history, which a model spares reading, nor the scenario."""
    result = written_over(company, name, "score", "--out")
    assert result.exit_code == 2
    assert f"{name} is read by this command; name another file" in result.stderr


@pytest.mark.parametrize(
    ("command", "option"), [("score", "--out"), ("whatif", "--html")]
)
def test_the_model_stays(company, command, option):
    """It takes minutes to train."""
    result = written_over(company, "daily.model", command, option)
    assert result.exit_code == 2
    assert "daily.model is read by this command" in result.stderr


def test_a_page_of_variants_replaces_no_scenario(company):
    """Nor another of those compared."""
    result = written_over(company, "daily.yaml", "whatif", "--html")
    assert result.exit_code == 2


def test_a_link_is_the_file_behind_it(company):
    """Whatever it is called."""
    link = company / "scores.csv"
    link.symlink_to(company / "history.csv")
    result = written_over(company, "scores.csv", "score", "--out")
    assert result.exit_code == 2
