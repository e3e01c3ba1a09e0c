"""A page's blocks, done one after the other in one folder, as a reader would."""

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

from tests.pages.blocks import Block

EXITS = re.compile(r"# (?:exits|ends with) (\d+)")
PROMPT = re.compile(r"^\$ ", re.MULTILINE)
KEPT = 'code=$?; export -p > "$STATE/exports"; pwd > "$STATE/folder"; exit $code'
"""The end of a script: what the next command knows of this one."""


@dataclass
class Session:
    """What a reader has done so far.

    Attributes
    ----------
    folder
        Where the page begins.
    shorter
        Words of commands and scripts -> others that take less time.
    programs
        A folder of programs that the shell finds before others, or none.
    """

    folder: Path
    shorter: dict[str, str] = field(default_factory=dict)
    programs: Path | None = None
    _python: str = ""
    _output: str = ""

    def __post_init__(self) -> None:
        self._state.mkdir()
        (self._state / "exports").touch()
        (self._state / "folder").write_text(str(self.folder))

    def do(self, block: Block) -> None:
        """Do what a block says; raise an AssertionError that names it if it fails."""
        doing = {
            "file": self._write,
            "commands": self._give,
            "session": self._live,
            "python": self._run,
            "sql": self._ask,
            "output": self._compare,
        }
        if block.kind and not block.why_not:
            text = reduce(
                lambda t, words: t.replace(*words), self.shorter.items(), block.text
            )
            doing[block.kind](block, text)

    @property
    def _state(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.state")

    @property
    def _here(self) -> Path:
        return Path((self._state / "folder").read_text().strip())

    def _write(self, block: Block, text: str) -> None:
        path = self._here / block.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _give(self, block: Block, text: str) -> None:
        """Give each line to a shell; one that reads lines of the block, all of it."""
        self._output = ""
        joined = re.sub(r"\\\n\s*", "", text)
        known = f". {shlex.quote(str(self._state / 'exports'))}"
        for line in [text] if "<<" in text else joined.splitlines():
            exits = EXITS.search(line)
            script = f"{known}\n{line}\n{KEPT}"
            words = ["bash", "-c", script]
            self._call(f"{block.place}: {line}", words, int(exits[1]) if exits else 0)

    def _live(self, block: Block, text: str) -> None:
        """Give what stands after each prompt; what follows it is printed."""
        for part in PROMPT.split(text)[1:]:
            command, _, shown = part.partition("\n")
            self._give(block, command)
            self._compare(block, shown)

    def _run(self, block: Block, text: str) -> None:
        """Run a block of Python after those before it."""
        self._output = ""
        self._python += text
        words = [sys.executable, "-W", "error", "-c", self._python]
        self._call(block.place, words, 0)

    def _call(self, told: str, words: list[str], code: int) -> None:
        first = [self.programs] if self.programs else []
        folders = [*first, Path(sys.executable).parent, os.environ["PATH"]]
        path = os.pathsep.join(map(str, folders))
        own = {"PATH": path, "STATE": str(self._state), "MPLBACKEND": "Agg"}
        done = subprocess.run(
            words,
            capture_output=True,
            cwd=self._here,
            env=os.environ | own | {"COLUMNS": "200"},
            text=True,
        )
        self._output += done.stdout + done.stderr
        ended = f"exit code {done.returncode}, not {code}"
        assert done.returncode == code, f"{told}\n{ended}\n{self._output}"

    def _ask(self, _block: Block, text: str) -> None:
        """Ask the ledger of the folder."""
        with closing(sqlite3.connect(self._here / "ledger.db")) as ledger:
            for statement in text.split(";"):
                ledger.execute(statement).fetchall()

    def _compare(self, block: Block, text: str) -> None:
        """Each line that is shown was printed, in this order; ... stands for others.

        Within a line it stands for other words.
        """
        printed = iter([_words(line) for line in self._output.splitlines()])
        for line in text.splitlines():
            parts = [re.escape(_words(part)) for part in line.split("...")]
            told = re.compile(".*".join(parts))
            shown = line.strip() in {"", "..."} or any(map(told.fullmatch, printed))
            assert shown, f"{block.place}: {line}\nis not in\n{self._output}"


def _words(line: str) -> str:
    return " ".join(line.split())
