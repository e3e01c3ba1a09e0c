"""The fenced blocks of a page of documentation, and what is done with each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_TESTED = r"(?:^<!-- not tested: ([^\n]*) -->\n)?"
FENCE = re.compile(
    NOT_TESTED + r"^```([\w{}-]*)[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE
)
COMMENT = re.compile(r"# ([\w./-]+\.(?:py|yaml))\n")
SHELL = {"bash", "sh"}
COMMANDS = ("rightrep ", "python ", "pip ", "export ", "cat ", "mkdir ", "cd ", "#")
"""How a block of commands begins whose fence names no language."""
KINDS = {
    "console": "session",
    "python": "python",
    "sql": "sql",
    "text": "output",
}


@dataclass(frozen=True)
class Block:
    """A fenced block.

    Attributes
    ----------
    page
        Relative to the project.
    line
        Where it begins.
    language
        As the fence names it, or "".
    text
        What is in it.
    why_not
        Why no test executes it, as the line above it says; or "".
    """

    page: str
    line: int
    language: str
    text: str
    why_not: str = ""

    @property
    def place(self) -> str:
        """Page and line."""
        return f"{self.page}, line {self.line}"

    @property
    def name(self) -> str:
        """The file that the block is, as its first line says; or ""."""
        match = COMMENT.match(self.text)
        return match[1] if match else ""

    @property
    def kind(self) -> str:
        """What it is: file, commands, session, python, sql, output; to be read: ""."""
        if self.name:
            return "file"
        if self.language in SHELL:
            return "commands"
        if not self.language and self.text.startswith(COMMANDS):
            return "commands"
        return KINDS.get(self.language, "")


def blocks_of(page: Path) -> Iterator[Block]:
    """Yield the blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        line = text.count("\n", 0, match.start(2)) + 1
        yield Block(
            str(page.relative_to(ROOT)), line, match[2], match[3], match[1] or ""
        )


def pages() -> list[Path]:
    """Return all pages for people, the README and those of the site."""
    own = ROOT / "docs" / "examples"
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    return sorted(page for page in found if not page.is_relative_to(own))
