"""What a shell offers for ids and for keys of a scenario, read in a moment."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

ENVIRONMENT = "RIGHTREP_SCENARIO"
SECONDS = 0.15
"""For reading ids; those found until then are offered."""
MOST_OFFERED = 200
LARGEST_SCENARIO = 200_000
RUN_TABLES = {
    "lead_id": ("assignments.csv", "unassigned.csv", "kept.csv"),
    "rep_id": ("inputs/reps.csv",),
}
TABLES = {"lead_id": "leads", "rep_id": "reps"}
YAML = (".yaml", ".yml")


class IdType(click.types.StringParamType):
    """A lead's or a rep's id, offered from a run folder or a scenario's table.

    Parameters
    ----------
    column
        ``lead_id`` or ``rep_id``.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list["CompletionItem"]:
        """Return the ids that begin so."""
        return offered(_ids(self.column), incomplete)


class ScenarioKey(click.types.StringParamType):
    """A key of a scenario such as ``solve.seed``, offered from the file named before.

    Keys of a rule are ``rules.<its name>.<key>``, each rule by its kind without one.
    """

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list["CompletionItem"]:
        """Return the keys that begin so, one level below what is written."""
        scenario = _scenario()
        keys = [] if scenario is None else _keys(_content(scenario))
        depth = incomplete.count(".") + 1
        parts = [key.split(".") for key in keys]
        near = {
            ".".join(part[:depth]) + ("." if len(part) > depth else "=")
            for part in parts
            if len(part) >= depth
        }
        return offered(sorted(near), incomplete)


COMPLETED: dict[str, click.ParamType] = {
    "lead_id": IdType("lead_id"),
    "lead": IdType("lead_id"),
    "leads": IdType("lead_id"),
    "other": IdType("lead_id"),
    "rep_id": IdType("rep_id"),
    "rep": IdType("rep_id"),
    "reps": IdType("rep_id"),
    "away": IdType("rep_id"),
    "sets": ScenarioKey(),
}
"""Parameter of a command that takes any text -> what a shell offers for it."""


def complete_texts(command: click.Command) -> click.Command:
    """Return the command, whose parameters of text are completed by their names."""
    for parameter in command.params:
        completed = COMPLETED.get(parameter.name or "")
        if completed is not None and parameter.type is click.STRING:
            parameter.type = completed
    return command


def offered(words: Iterable[str], incomplete: str) -> list["CompletionItem"]:
    """Return the words that begin so; none that a shell would take apart."""
    from click.shell_completion import CompletionItem

    fitting = (
        word
        for word in words
        if word.startswith(incomplete) and word.isprintable() and " " not in word
    )
    return [CompletionItem(word) for word in islice(fitting, MOST_OFFERED)]


def _ids(column: str) -> Iterator[str]:
    """Yield ids of the run folder or the scenario that is named before."""
    import csv

    with suppress(OSError, ValueError, csv.Error):
        for path, name in _sources(column):
            yield from _first_cells(path, name)


def _sources(column: str) -> Iterator[tuple[Path, str]]:
    """Yield files with such ids, and the column that has them."""
    for folder in map(Path, _words()):
        if (folder / "manifest.json").is_file():
            yield from ((folder / name, column) for name in RUN_TABLES[column])
            return
    scenario = _scenario()
    if scenario is None:
        return
    source = _content(scenario).get("data", {}).get(TABLES[column])
    spec = source if isinstance(source, Mapping) else {"file": source}
    columns = spec.get("columns") or {}
    if isinstance(spec.get("file"), str):
        yield scenario.parent / spec["file"], columns.get(column, column)


def _first_cells(path: Path, column: Any) -> Iterator[str]:
    import csv

    end = monotonic() + SECONDS
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        if column not in header:
            return
        place = header.index(column)
        for row in rows:
            if monotonic() > end:
                return
            if len(row) > place:
                yield row[place]


def _words() -> list[str]:
    """Return the words of the line, which click does not parse where one is lacking."""
    from click.shell_completion import split_arg_string

    return split_arg_string(os.environ.get("COMP_WORDS", ""))


def _scenario() -> Path | None:
    """Return the scenario that is named before, or that commands take without one."""
    for word in _words():
        if word.endswith(YAML):
            return Path(word)
    if named := os.environ.get(ENVIRONMENT):
        return Path(named)
    here = [path for path in sorted(Path().glob("*.y*ml")) if path.suffix in YAML]
    return here[0] if len(here) == 1 else None


def _content(scenario: Path) -> dict[str, Any]:
    """Return what is in a scenario, and in what it extends; nothing of a faulty one."""
    from ruamel.yaml import YAML as Reader
    from ruamel.yaml import YAMLError

    content: dict[str, Any] = {}
    seen: set[Path] = set()
    with suppress(OSError, ValueError, YAMLError):
        while scenario not in seen and scenario.stat().st_size < LARGEST_SCENARIO:
            seen.add(scenario)
            content = _over(Reader(typ="safe", pure=True).load(scenario), content)
            scenario = scenario.parent / str(content.pop("extends", scenario.name))
    return content


def _over(base: Any, own: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping with what another says over it, as far down as both say."""
    if not isinstance(base, dict):
        return own
    both = {
        key: _over(base[key], value) if isinstance(value, dict) else value
        for key, value in own.items()
        if key in base
    }
    return base | own | both


def _keys(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the keys in a scenario, rules by name."""
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from (f"{key}.{below}" for below in _keys(value))
        elif key == "rules" and isinstance(value, list):
            yield from (f"{key}.{below}" for below in _rule_keys(value))
        else:
            yield str(key)


def _rule_keys(rules: list[Any]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, Mapping):
            name = rule.get("name", rule.get("kind"))
            rest = {key: value for key, value in rule.items() if key != "name"}
            yield from (f"{name}.{key}" for key in _keys(rest))
