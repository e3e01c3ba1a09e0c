"""What docs/operations.md shows can be given as it stands there."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from runs.exit_codes import ExitCode
from tests.ledger.lives import fill
from tests.runs.morning.test_morning import MONDAY, Company

PAGE = (Path(__file__).parents[1] / "docs" / "operations.md").read_text("utf-8")
SYSTEMD = shutil.which("systemd-analyze")


def blocks(language: str) -> list[str]:
    """Return the page's blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def rightrep(line: str, folder: Path) -> None:
    words = shlex.split(line)
    if words[0] == "cp":
        shutil.copy(folder / words[1], folder / words[2])
        return
    result = CliRunner().invoke(main, words[1:])
    assert result.exit_code == 0, f"{line}: {result.output}"


@pytest.mark.slow
def test_commands_of_the_page_work(tmp_path, monkeypatch, postgres):
    company = Company(tmp_path)
    company.write(MONDAY, "L1 North")
    with company.ledger as ledger:
        fill(ledger)
    (tmp_path / "backups").mkdir()
    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEDGER_URL", postgres.url)
    lines = [line for block in blocks("bash") for line in block.splitlines()]
    given = [line for line in lines if not line.startswith("export ")]
    assert len(given) > 6
    for line in given:
        rightrep(line, tmp_path)


def test_lines_of_the_crontab_are_times_and_commands():
    (crontab,) = blocks("cron")
    field = r"(\*|\d+(-\d+)?)(/\d+)?"
    lines = [line for line in crontab.splitlines() if re.match(r"[\d*]", line)]
    assert len(lines) == 2
    for line in lines:
        *times, command = line.split(maxsplit=5)
        assert all(re.fullmatch(field, time) for time in times)
        assert not re.search(r"(?<!\\)%", command), "cron ends a command at a bare %"
        _known_options(command.replace("\\%", "%"))


@pytest.mark.skipif(SYSTEMD is None, reason="needs systemd-analyze")
def test_units_are_what_systemd_takes(tmp_path):
    units = {re.search(r"/(rightrep\.\w+)\n", text)[1]: text for text in blocks("ini")}
    assert set(units) == {"rightrep.service", "rightrep.timer"}
    for name, text in units.items():
        # Neither the user nor a unit that tells of failures is on this machine.
        own = re.sub(r"(User|OnFailure|WorkingDirectory)=.*\n", "", text)
        (tmp_path / name).write_text(own)
        _known_options(text.partition("ExecStart=")[2])
    paths = [str(tmp_path / name) for name in units]
    done = subprocess.run(
        [str(SYSTEMD), "verify", *paths], capture_output=True, text=True
    )
    told = [line for line in done.stderr.splitlines() if "rightrep" in line]
    assert done.returncode == 0 and told == [], done.stderr
    calendar = re.search("OnCalendar=(.*)", units["rightrep.timer"])
    subprocess.run(
        [str(SYSTEMD), "calendar", calendar[1]], check=True, capture_output=True
    )


def test_the_windows_task_has_what_schtasks_needs():
    task, script = blocks("bat")
    assert {"/Create", "/TN", "/SC", "/D", "/ST", "/TR"} <= set(task.split())
    assert "%ERRORLEVEL%" in script and "%%d" in script
    _known_options(task + script)


def test_every_exit_code_is_in_the_table():
    rows = re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)
    assert [int(code) for code in rows] == [*map(int, ExitCode), 130]


def _known_options(text: str) -> None:
    """Every command of a text exists, with the options that it is given."""
    for words in re.findall(r"rightrep ((?:ledger )?\w+)((?: [^&'\n]*)?)", text):
        command = main
        for name in words[0].split():
            command = command.commands[name]
        known = {option for param in command.params for option in param.opts}
        assert set(re.findall(r"--[\w-]+", words[1])) <= known
