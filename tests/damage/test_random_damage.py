"""Damage of many kinds at once, before every command: never a traceback, never 1."""

import os
import shutil

import pytest

from tests.damage.commands import command, contents
from tests.damage.random_damage import damaged

MODEL = ("--model", "daily.model")
COMMANDS = (
    *[("check", "daily.yaml")] * 6,
    *[("run", "daily.yaml", *MODEL, "--out", "out")] * 4,
    ("run", "daily.yaml", *MODEL, "--dry-run", "--json"),
    ("score", "daily.yaml", *MODEL, "--out", "scores.csv"),
    ("compare", "daily.yaml", *MODEL, "--policy", "round_robin"),
    ("fairness", "daily.yaml", *MODEL),
    ("evaluate", "daily.yaml"),
    ("train", "daily.yaml"),
)
WRITTEN = ("out", "scores.csv")
EACH = 100
"""Damages that one test tries."""


def hold(folder, seeds):
    """Damage the company for each seed, and hold a command to what is always true."""
    whole = contents(folder)
    for seed in seeds:
        said = damaged(folder, seed)
        before = sorted(os.listdir(folder))
        arguments = COMMANDS[seed % len(COMMANDS)]
        result = command(*arguments)
        told = (seed, said, arguments, result.output[-600:], result.exception)
        assert result.exit_code in {0, 3, 4}, told
        assert "Traceback" not in result.output, told
        assert not {"\x1b", "\x07", "\u202e"} & set(result.output), told
        if result.exit_code == 3:
            assert sorted(os.listdir(folder)) == before, told
        for name in WRITTEN:
            shutil.rmtree(name) if os.path.isdir(name) else None
        for name, content in whole.items():
            (folder / name).write_bytes(content)


@pytest.mark.slow
def test_a_sample_of_damage(folder):
    """A few, in every run of the tests."""
    hold(folder, range(16))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 500, EACH))
def test_five_hundred_damages(folder, first):
    """Each seed has its own damage and command."""
    hold(folder, range(first, first + EACH))
