"""A small company on disk, whole, to be damaged."""

import shutil
from pathlib import Path

import pytest

from tests.damage.commands import command
from tests.small_company import write_company


@pytest.fixture(scope="session")
def company(tmp_path_factory) -> Path:
    """A folder with a company, its model and a finished run."""
    folder = tmp_path_factory.mktemp("company")
    write_company(folder)
    scenario, model = str(folder / "daily.yaml"), str(folder / "m.model")
    assert command("train", scenario, "--model", model).exit_code == 0
    made = command("run", scenario, "--model", model, "--out", str(folder / "run"))
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture
def folder(company, tmp_path, monkeypatch) -> Path:
    """A copy of the company, as the current folder."""
    copied = tmp_path / "company"
    shutil.copytree(company, copied)
    monkeypatch.chdir(copied)
    return copied
