"""Nothing that a command reads is destroyed by what it writes."""

import shutil

import pytest
from click.testing import CliRunner

from cli import main

TABLES = "leads", "reps", "history"


@pytest.fixture
def folder(small, tmp_path):
    """The small company in a folder that may be spoilt."""
    return shutil.copytree(small, tmp_path / "company")


def written_over(folder, name, command, option):
    """Run a command that is to write over what it reads, which has to stay."""
    file = folder / name
    before = file.read_bytes()
    arguments = [str(folder / "daily.yaml"), "--model", str(folder / "daily.model")]
    result = CliRunner().invoke(main, [command, *arguments, option, str(file)])
    assert file.read_bytes() == before
    return result


@pytest.mark.parametrize("name", [*(f"{t}.csv" for t in TABLES), "daily.yaml"])
def test_scores_replace_no_table(folder, name):
    """Not even the history, which a model spares reading, nor the scenario."""
    result = written_over(folder, name, "score", "--out")
    assert result.exit_code == 2
    assert f"{name} is read by this command; name another file" in result.stderr


@pytest.mark.parametrize(
    ("command", "option"), [("score", "--out"), ("whatif", "--html")]
)
def test_the_model_stays(folder, command, option):
    """It takes minutes to train."""
    result = written_over(folder, "daily.model", command, option)
    assert result.exit_code == 2
    assert "daily.model is read by this command" in result.stderr


def test_a_page_of_variants_replaces_no_scenario(folder):
    """Nor another of those compared."""
    result = written_over(folder, "daily.yaml", "whatif", "--html")
    assert result.exit_code == 2


def test_a_link_is_the_file_behind_it(folder):
    """Whatever it is called."""
    link = folder / "scores.csv"
    link.symlink_to(folder / "history.csv")
    result = written_over(folder, "scores.csv", "score", "--out")
    assert result.exit_code == 2
