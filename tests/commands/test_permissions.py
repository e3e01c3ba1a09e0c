"""What holds personal data is private to its owner, unless others are asked in."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli

pytestmark = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
RUN = ("run", "daily.yaml", "--model", "daily.model", "--out", "out")


@pytest.fixture(params=[0o000, 0o022, 0o777])
def umask(request, company, nothing_twice, monkeypatch):
    """Set a umask in a copy of the small company, and return it."""
    monkeypatch.chdir(company)
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Return for each path inside whether it is a folder, and its permissions."""
    paths = [folder, *folder.rglob("*")]
    return {(path.is_dir(), path.stat().st_mode & 0o777) for path in paths}


def command(*arguments: str) -> None:
    result = CliRunner().invoke(cli.main, arguments)
    assert result.exit_code == 0, result.output


@pytest.mark.slow
def test_run_folders_are_private(umask):
    """Whatever the umask is; so are scores."""
    command(*RUN)
    assert modes(Path("out")) == {(True, 0o700), (False, 0o600)}
    command("score", "daily.yaml", "--model", "daily.model", "--out", "scores.csv")
    assert Path("scores.csv").stat().st_mode & 0o777 == 0o600


def test_run_folders_are_shared_on_request(company, nothing_twice, monkeypatch):
    """With --shared the umask decides."""
    monkeypatch.chdir(company)
    before = os.umask(0o027)
    try:
        command(*RUN, "--shared")
    finally:
        os.umask(before)
    assert modes(Path("out")) == {(True, 0o750), (False, 0o640)}


def test_a_replaced_file_keeps_its_permissions(company, nothing_twice, monkeypatch):
    """Who opened a file to others once need not do so again."""
    monkeypatch.chdir(company)
    Path("scores.csv").touch()
    Path("scores.csv").chmod(0o644)
    command("score", "daily.yaml", "--model", "daily.model", "--out", "scores.csv")
    assert Path("scores.csv").stat().st_mode & 0o777 == 0o644
