"""A few days of the simulated year: all holds, and the seed tells all."""

import json

import pytest
from click.testing import CliRunner

from benchmarks.daily import main

SMALL = ["--days", "4", "--leads", "60", "--reps", "10", "--every", "2", "--json"]


def year(*more: str) -> list[dict]:
    result = CliRunner().invoke(main, [*SMALL, *more])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_year():
    (once,), (again,) = year("--database", "sqlite"), year("--database", "sqlite")
    assert once["signature"] == again["signature"] and once["faults"] == {}
    assert once["leads"] == 240 and once["runs"] == 4
    (other,) = year("--database", "sqlite", "--seed", "1")
    assert other["signature"] != once["signature"]


@pytest.mark.slow
def test_a_server_has_the_same_year(postgres):
    file, server = year()
    assert file["signature"] == server["signature"] and server["faults"] == {}
