"""A shell is offered commands, options, ids and keys, and nothing that breaks it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from cli import main
from commands.command.completing import ScenarioKey


@pytest.fixture
def offered(small, monkeypatch):
    """Return a function: a line, its last word unfinished -> what is offered."""
    monkeypatch.chdir(small)

    def offer(line):
        *words, incomplete = line.split(" ")
        monkeypatch.setenv("COMP_WORDS", line)
        complete = ShellComplete(main, {}, "rightrep", "_RIGHTREP_COMPLETE")
        items = complete.get_completions(words[1:], incomplete)
        return [item.value for item in items]

    return offer


def test_commands_options_and_choices(offered):
    assert offered("rightrep exp") == ["explain", "export"]
    assert "--format" in offered("rightrep verify run --fo")
    assert offered("rightrep verify run --format ma") == ["markdown"]


def test_ids_of_a_run_folder(offered):
    leads = offered("rightrep explain run L01")
    assert sorted(leads) == [f"L01{i}" for i in range(10)]
    reps = [f"R{i}" for i in range(1, 7)]
    assert offered("rightrep explain run L001 --rep R") == reps


def test_ids_of_the_tables_of_a_scenario(offered):
    """Of the one that is named, or of the only one here."""
    ids = [f"L00{i}" for i in range(10)]
    assert offered("rightrep override --scenario daily.yaml L00") == ids
    assert offered("rightrep lead L00") == ids
    assert offered("rightrep override --scenario none.yaml L00") == []


@pytest.fixture
def keys(tmp_path, monkeypatch):
    (tmp_path / "base.yaml").write_text(
        "version: 1\nsolve: {seed: 1, time_limit: 5}\n"
        "rules:\n- {kind: capacity, factor: 1}\n- {kind: seniority, name: big-deals, "
        "where: {deal_value: {min: 5}}}\n- {kind: territory, name: two words}\n"
    )
    path = tmp_path / "daily.yaml"
    path.write_text("extends: base.yaml\nsolve: {seed: 2}\n")

    def offer(incomplete, path=path):
        monkeypatch.setenv("COMP_WORDS", f"rightrep whatif {path} --set {incomplete}")
        context = click.Context(click.Command("whatif"))
        items = ScenarioKey().shell_complete(
            context, click.Option(["--set"]), incomplete
        )
        return [item.value for item in items]

    return offer


def test_keys_of_a_scenario_level_by_level(keys):
    """Also of what it extends; rules go by their names."""
    assert keys("s") == ["solve."]
    assert keys("solve.") == ["solve.seed=", "solve.time_limit="]
    assert keys("rules.") == ["rules.big-deals.", "rules.capacity."]
    assert keys("rules.big-deals.where.") == ["rules.big-deals.where.deal_value."]


@pytest.mark.parametrize("text", ["extends: daily.yaml\n", "a: [", "- 1", "", "\x00"])
def test_a_faulty_scenario_offers_what_it_has(keys, tmp_path, text):
    path = tmp_path / "daily.yaml"
    path.write_text(text)
    assert keys("", path) in ([], ["extends="])


def test_a_word_that_a_shell_would_take_apart_is_not_offered(tmp_path, offered):
    path = tmp_path / "daily.yaml"
    path.write_text("data: {leads: leads.csv}\n")
    odd = ["a b", "\x1b[31m", "$(reboot)", "ok"]
    rows = "".join(f'"{word}"\n' for word in ["lead_id", *odd])
    (tmp_path / "leads.csv").write_text(rows)
    assert offered(f"rightrep override --scenario {path} ") == ["$(reboot)", "ok"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_says_how_to_keep_it(shell):
    done = CliRunner().invoke(main, ["completion", shell], prog_name="rightrep")
    assert done.exit_code == 0 and f"rightrep completion {shell}" in done.stdout
    assert "_RIGHTREP_COMPLETE" in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes(small):
    """The script is taken by bash, and its function fills in the reply."""
    home = Path(sys.executable).parent
    script = (
        'eval "$(rightrep completion bash)"; COMP_WORDS=(rightrep explain run L00); '
        'COMP_CWORD=3; _rightrep_completion rightrep; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    environment = os.environ | {"PATH": f"{home}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        cwd=small,
        env=environment,
    )
    assert sorted(done.stdout.split()) == [f"L00{i}" for i in range(10)], done.stderr
