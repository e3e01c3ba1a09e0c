"""A cluster that cannot be had is said at once, and without one Dask is not loaded."""

import socket

import pytest

from runs.cluster import connecting
from runs.cluster.cluster_error import ClusterError
from runs.cluster.connecting import connected
from runs.exit_codes import ExitCode
from runs.failures import failure


def test_without_the_extra_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setattr(connecting, "find_spec", lambda _: None)
    with (
        pytest.raises(ClusterError, match=r'pip install "rightrep\[cluster\]"'),
        connected("local"),
    ):
        pass


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(connecting, "SECONDS", 0.2)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with (
            pytest.raises(
                ClusterError, match=f"no Dask scheduler answers at {address}"
            ),
            connected(address),
        ):
            pass


def test_its_failure_is_told_without_a_defect() -> None:
    told = failure(ClusterError("tcp://here:1 was lost"))
    assert told.exit_code == ExitCode.INTERNAL
    assert told.text == "error: tcp://here:1 was lost"
