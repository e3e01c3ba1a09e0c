"""A cluster is asked for by its address, for days in partitions alone."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from runs.cluster import connecting
from runs.partitioned import partitions
from tests.runs.partitioned.test_job import SIZE, company
from tests.test_loading import output_of

__all__ = ["company"]


def rightrep(*arguments: object):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def run(company: Path, address: str):
    given = "--model", company / "daily.model", "--out", company / "out"
    return rightrep("run", company / "daily.yaml", *given, "--cluster", address)


@pytest.mark.parametrize("address", ["remote", "host:8786", "tcp://host"])
def test_an_address_that_is_none_is_refused(company: Path, address: str) -> None:
    done = run(company, address)
    assert done.exit_code == 2
    assert "expected local, or a scheduler such as tcp://host:8786" in done.stderr


def test_a_day_held_at_once_has_no_use_for_it(company: Path) -> None:
    done = run(company, "local")
    assert done.exit_code == 2
    assert "--cluster is for a day in partitions" in done.stderr
    assert not (company / "out").exists()


def test_an_unreachable_scheduler_ends_the_run_at_once(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left of it, and no stack is shown."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(partitions, "LARGE", SIZE)
    monkeypatch.setattr(connecting, "SECONDS", 0.2)
    done = run(company, "tcp://127.0.0.1:1")
    assert done.exit_code == 1
    assert done.stderr.startswith("error: no Dask scheduler answers at tcp://127.0.0.1")
    assert "Traceback" not in done.stderr
    assert not (company / ".out.partitions").exists()


def test_verifying_a_day_held_at_once_refuses_it(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small / "run", tmp_path / "run")
    done = rightrep("verify", tmp_path / "run", "--cluster", "local")
    assert done.exit_code == 2


def test_nothing_of_dask_is_loaded_without_it(tmp_path: Path) -> None:
    """By no module that a day in partitions imports, and none that looks for it."""
    modules = "partitioned.job", "partitioned.verifying", "cluster.connecting"
    code = "import sys, rightrep.rooms as rooms\nrooms.put_first()\n"
    code += "\n".join(f"import runs.{name}" for name in modules)
    code += "\nprint(*{'dask', 'distributed'} & set(sys.modules))"
    assert output_of(tmp_path, code) == "\n"
