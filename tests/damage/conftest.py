"""The small company on disk, to be damaged."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(company: Path, nothing_twice: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the company with its model and a run, as the current folder."""
    monkeypatch.chdir(company)
    return company
