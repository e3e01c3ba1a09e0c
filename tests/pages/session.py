"""A page's blocks, done one after the other in one folder, as a reader would."""

import os
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.pages.blocks import Block

EXITS = re.compile(r"# exits (\d+)")
STATE = 'export -p > "$STATE"; pwd > "$STATE.folder"'


@dataclass
class Session:
    """What a reader has done so far.

    Attributes
    ----------
    folder
        Where the page begins.
    shorter
        Words of commands -> others that take less time.
    """

    folder: Path
    shorter: dict[str, str] = field(default_factory=dict)
    _python: str = ""
    _output: str = ""

    def do(self, block: Block) -> None:
        """Execute a block; raise an AssertionError that names it where it fails."""
        doing = {
            "file": self._write,
            "commands": self._give,
            "python": self._run,
            "sql": self._ask,
            "output": self._compare,
        }
        if block.kind and not block.why_not:
            doing[block.kind](block)

    @property
    def _state(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.state"

    @property
    def _here(self) -> Path:
        place = self._state.with_name(f"{self._state.name}.folder")
        return Path(place.read_text().strip()) if place.exists() else self.folder

    def _write(self, block: Block) -> None:
        path = self._here / block.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")

    def _give(self, block: Block) -> None:
        text = block.text
        for words, fewer in self.shorter.items():
            text = text.replace(words, fewer)
        self._output = ""
        lines = Block(block.page, block.line, "", text).lines
        for line in lines if "<<" not in text else [text]:
            expected = EXITS.search(line)
            self._call(block, ["bash", "-c", self._script(line)], expected, line)

    def _script(self, line: str) -> str:
        restored = (
            f". {shlex.quote(str(self._state))}\n" if self._state.exists() else ""
        )
        return f"{restored}{line}\ncode=$?; {STATE}; exit $code"

    def _run(self, block: Block) -> None:
        self._python += block.text
        code = [sys.executable, "-W", "error", "-c", self._python]
        self._output = ""
        self._call(block, code, None, block.text)

    def _call(
        self, block: Block, words: list[str], expected: re.Match[str] | None, told: str
    ) -> None:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        environment = os.environ | {
            "PATH": path,
            "STATE": str(self._state),
            "MPLBACKEND": "Agg",
            "COLUMNS": "200",
        }
        done = subprocess.run(
            words, capture_output=True, cwd=self._here, env=environment, text=True
        )
        self._output += done.stdout + done.stderr
        code = int(expected[1]) if expected else 0
        where = f"{block.page}, line {block.line}: {told}"
        assert done.returncode == code, (
            f"{where}\nexit code {done.returncode}, not {code}\n{self._output}"
        )

    def _ask(self, block: Block) -> None:
        """Ask the ledger of the folder."""
        with closing(sqlite3.connect(self._here / "ledger.db")) as ledger:
            for statement in block.text.split(";"):
                ledger.execute(statement).fetchall()

    def _compare(self, block: Block) -> None:
        """Each line that is shown was printed, in this order; ... stands for others."""
        printed = iter(_plain(line) for line in self._output.splitlines())
        for line in block.text.splitlines():
            if line.strip() != "...":
                assert _plain(line) in printed, (
                    f"{block.page}, line {block.line}: {line}\nis not in\n{self._output}"
                )


def _plain(line: str) -> str:
    return " ".join(line.split())
