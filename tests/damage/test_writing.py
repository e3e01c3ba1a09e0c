"""A full disk, a failing write or an interrupt leaves every file as it was."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import cli
from crm import write_whole
from reporting import write_folder
from tests.damage.commands import RUN, command, contents


def try_each_write(
    write: Callable[[], None], folder: Path, error: type[BaseException]
) -> int:
    """Let each flush and rename fail in turn; return how many there are."""
    before = contents(folder)
    for attempt in range(1, 100):
        with pytest.MonkeyPatch.context() as patch:
            fail_at(patch, attempt, error)
            try:
                write()
            except error:
                assert contents(folder) == before
                assert not list(folder.rglob(".*"))
            else:
                return attempt - 1
    raise AssertionError("the writes never end")


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("name", ["new", "new/folder", "earlier", "empty"])
def test_failing_writes_of_a_folder(tmp_path, name, error):
    """Whichever write fails or is interrupted, every file is as it was."""
    files = {"manifest.json": '{"versions": {"rightrep": "1"}}', "inputs/a.csv": "a"}
    write_folder(tmp_path / "earlier", files | {"old.csv": "old"})
    (tmp_path / "empty").mkdir()
    folder, here = tmp_path / name, sorted(os.listdir(tmp_path))
    tried = try_each_write(
        lambda: write_folder(folder, files, replace=True), tmp_path, error
    )
    assert tried >= len(files) + 1
    assert sorted(contents(folder)) == sorted(files)
    assert sorted(os.listdir(tmp_path)) == sorted({*here, name.split("/")[0]})


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
def test_failing_writes_of_a_file(tmp_path, error):
    """A file is replaced whole, or is as it was."""
    path = tmp_path / "scores.csv"
    path.write_text("old")
    assert try_each_write(lambda: write_whole(path, "new"), tmp_path, error) == 2
    assert path.read_text() == "new"


@pytest.mark.parametrize(
    "arguments", [RUN, (*RUN[:-1], "run", "--replace"), ("init", "begun")]
)
@pytest.mark.parametrize(("error", "code"), [(OSError, 1), (KeyboardInterrupt, 130)])
def test_failing_commands(folder, monkeypatch, arguments, error, code):
    """A command whose write fails says so in one line, and every file is as it was."""
    before = contents(folder)
    with monkeypatch.context() as patch:
        fail_at(patch, 3, error)
        result = command(*arguments)
    assert (result.exit_code, result.stderr.count("\n")) == (code, 1)
    assert contents(folder) == before


def fail_at(
    patch: pytest.MonkeyPatch, attempt: int, error: type[BaseException]
) -> None:
    """Let this attempt to flush or rename fail."""
    attempts = count(1)

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **options: object) -> object:
            if next(attempts) == attempt:
                raise error(errno.ENOSPC, "No space left on device")
            return real(*arguments, **options)

        return call

    for name in ("fsync", "rename", "replace"):
        patch.setattr(os, name, failing(getattr(os, name)))


PAUSED = """
import os, sys, time
def fsync(_):
    print("writing", flush=True)
    time.sleep(60)
if "paused" in sys.argv:
    sys.argv.remove("paused")
    os.fsync = fsync
import cli
cli.main()
"""


def started(folder: Path, *arguments: str, **options: Any) -> subprocess.Popen[str]:
    """Start the command in a process of its own; "paused" stops at the first flush."""
    path = os.pathsep.join([str(Path(cli.__file__).parent), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-c", PAUSED, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "arguments"), [(signal.SIGINT, RUN), (signal.SIGTERM, ("init", "begun"))]
)
def test_signals(folder, sent, arguments):
    """Ctrl-C and a polite kill in the middle of writing leave nothing behind."""
    before = contents(folder)
    process = started(folder, *arguments, "paused")
    assert process.stdout
    assert process.stdout.readline() == "writing\n"
    process.send_signal(sent)
    _, told = process.communicate(timeout=90)
    assert (process.returncode, contents(folder)) == (130, before)
    assert told == "interrupted; nothing is half-written\n"


@pytest.mark.slow
def test_a_full_disk(folder):
    """A file that can no longer grow ends the run with 1 and one line."""
    resource = pytest.importorskip("resource")
    before = contents(folder)
    limit = (20_000, 20_000)
    process = started(
        folder,
        *RUN,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
    )
    _, told = process.communicate(timeout=90)
    assert process.returncode == 1
    assert told.startswith("error: ") and told.count("\n") == 1
    assert contents(folder) == before


@pytest.mark.parametrize("n_letters", [230, 300])
@pytest.mark.parametrize("arguments", [("run", "--out"), ("train", "--model")])
def test_names_that_no_file_can_have_are_refused_at_once(
    company, monkeypatch, arguments, n_letters
):
    """Also where only the name that is written meanwhile would be too long."""
    monkeypatch.chdir(company)
    name, option = arguments
    before = contents(company)
    result = command(name, "daily.yaml", option, "x" * n_letters)
    assert result.exit_code == 2
    assert "name is too long" in result.stderr
    assert contents(company) == before
