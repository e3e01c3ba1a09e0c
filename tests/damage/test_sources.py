"""Any format with any keys is read or refused: never a traceback, never exit 1."""

import gzip
import os
import random
import resource
import subprocess
import sys
from time import perf_counter

import pytest

from tests.damage.commands import command, contents
from tests.damage.random_sources import other_source

EACH = 100
"""Sources that one test tries."""
FORMATS = ("full", "concise", "json", "github")
PEAK_MB, SECONDS = 1_500, 120


def hold(folder, seeds):
    """Give the company another source for each seed, and check it."""
    whole = contents(folder)
    for seed in seeds:
        said = other_source(folder, seed)
        before = sorted(os.listdir(folder))
        form = random.Random(seed).choice(FORMATS)
        result = command("check", "daily.yaml", "--format", form)
        told = (seed, said, form, result.output[-600:], result.exception)
        assert result.exit_code in {0, 3, 4}, told
        assert "Traceback" not in result.output, told
        assert not {"\x1b", "\x07", "\u202e"} & set(result.output), told
        assert sorted(os.listdir(folder)) == before, told
        for name in set(contents(folder)) - set(whole):
            (folder / name).unlink()
        for name, content in whole.items():
            (folder / name).write_bytes(content)


def test_a_sample_of_sources(folder):
    """A few, in every run of the tests."""
    hold(folder, range(5))


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 600, EACH))
def test_six_hundred_sources(folder, first):
    """Each seed has its own format, keys and damage."""
    hold(folder, range(first, first + EACH))


def bomb_of_gzip(path):
    zeros = gzip.compress(b"0" * 2**26)
    packed = gzip.compress(b"lead_id,created_at\n") + 64 * zeros
    path.with_suffix(".csv.gz").write_bytes(packed)


def deep_objects(path):
    deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    path.with_suffix(".jsonl").write_text(f"{deep}\n" * 50)


def many_names(path):
    lines = (f'{{"lead_id": "{k}", "c{k}": 1}}\n' for k in range(30_000))
    path.with_suffix(".jsonl").write_text("".join(lines))


def distinct_texts(path):
    with path.with_suffix(".csv").open("w") as file:
        file.write("lead_id,created_at\n")
        file.writelines(f"{k},2026-09-01\n" for k in range(4_000_000))


@pytest.mark.slow
@pytest.mark.parametrize("bomb", [bomb_of_gzip, deep_objects, many_names])
def test_bombs(folder, bomb):
    """What unpacks to more than memory holds is refused soon, and within bounds."""
    assert code_of(folder, bomb) == 3


@pytest.mark.slow
def test_four_million_distinct_texts(folder):
    """Are read, or refused, within what they need."""
    assert code_of(folder, distinct_texts, peak_mb=3_000) in {0, 3}


def code_of(folder, bomb, peak_mb=PEAK_MB) -> int:
    """Return the exit code of a check in a process of its own, within bounds."""
    (folder / "leads.csv").unlink()
    bomb(folder / "leads")
    name = next(folder.glob("leads.*")).name
    scenario = folder / "daily.yaml"
    scenario.write_text(scenario.read_text().replace("leads.csv", name))
    start = perf_counter()
    run = "from rightrep.command import main; main()"
    call = [sys.executable, "-c", run, "check", "daily.yaml"]
    limit = peak_mb * 2**20

    def bounded():
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    done = subprocess.run(call, capture_output=True, text=True, preexec_fn=bounded)
    assert "Traceback" not in done.stderr, done.stderr[-600:]
    assert perf_counter() - start < SECONDS
    return done.returncode
