"""Scenario files read: YAML 1.2, every value with its line, `extends` resolved."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from crm import Issue
from scenarios.document import Node, overlay, rebase_file, rebase_files
from scenarios.errors import ScenarioError

LARGEST = 1_000_000
"""Bytes; no scenario that a person wrote is larger."""
DEEPEST = 20
"""Levels of nesting; no scenario has more."""
MOST = 100_000
"""Values after aliases are expanded; no scenario has more."""


def read_document(path: Path) -> Node:
    """Return a scenario file's values, laid over those of the files it extends.

    Raises
    ------
    ScenarioError
        Where a file is missing, is no YAML mapping, or extends itself.
    """
    return _read_chain(path, str(path), ())


def _read_chain(path: Path, shown: str, below: tuple[Path, ...]) -> Node:
    document = _read_one(path, shown)
    if "extends" not in document.content:
        return document
    named = document.at("extends")
    if not isinstance(named.content, str) or not named.content:
        _fail(named, "extends", "expected the file name of another scenario")
    base_path = path.parent / named.content
    chain = (*below, path.resolve())
    if base_path.resolve() in chain:
        _fail(named, "extends", "the scenario extends itself; break the circle")
    if not base_path.is_file():
        _fail(named, "extends", f"there is no file {named.content}")
    base = _read_chain(base_path, str(base_path), chain)
    folders = base_path.parent.resolve(), path.parent.resolve()
    for key, rebase in {"data": rebase_files, "ledger": rebase_file}.items():
        if key in base.content:
            moved = rebase(base.content[key], *folders)
            base = replace(base, content=base.content | {key: moved})
    own = {key: node for key, node in document.content.items() if key != "extends"}
    return overlay(base, replace(document, content=own))


def _read_one(path: Path, shown: str) -> Node:
    text = _text(path, shown)
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        raise _yaml_error(shown, error) from error
    except YAMLError as error:
        raise _error(shown, None, f"not YAML: {error}") from error
    except RecursionError as error:
        raise _error(shown, None, "nested too deeply") from error
    if not isinstance(root, MappingNode):
        raise _error(shown, 1, "expected keys such as version, name, data and rules")
    return _Converter(shown).node(root, root.start_mark.line + 1, 0)


def _text(path: Path, shown: str) -> str:
    if not path.exists():
        raise _error(shown, None, "there is no such file")
    if not path.is_file():
        raise _error(shown, None, "expected a scenario file, this is not a file")
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise _error(shown, None, f"larger than {LARGEST:,} bytes")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _error(shown, line, "not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise _error(shown, None, f"cannot be read: {error.strerror}") from error


class _Converter:
    """Turns YAML's nodes into ours, within bounds that no honest file reaches."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.count = 0
        self.constructor = YAML(typ="safe", pure=True).constructor

    def node(self, yaml: Any, line: int, depth: int) -> Node:
        self.count += 1
        if depth > DEEPEST or self.count > MOST:
            raise _error(self.file, line, "nested too deeply or too large")
        return Node(self._content(yaml, depth), self.file, line)

    def _content(self, yaml: Any, depth: int) -> Any:
        if isinstance(yaml, MappingNode):
            return dict(self._entries(yaml, depth))
        if isinstance(yaml, SequenceNode):
            return [
                self.node(item, item.start_mark.line + 1, depth + 1)
                for item in yaml.value
            ]
        return self._scalar(yaml)

    def _entries(self, yaml: MappingNode, depth: int) -> Iterator[tuple[str, Node]]:
        seen: set[str] = set()
        for key, value in yaml.value:
            line = key.start_mark.line + 1
            name = key.value
            if not isinstance(key, ScalarNode):
                raise _error(self.file, line, "expected a plain key")
            if name in seen:
                raise _error(self.file, line, "this key is given twice", name)
            seen.add(name)
            yield name, self.node(value, line, depth + 1)

    def _scalar(self, yaml: ScalarNode) -> Any:
        try:
            return self.constructor.construct_object(yaml)
        except (YAMLError, ValueError, OverflowError) as error:
            line = yaml.start_mark.line + 1
            problem = (
                f"{yaml.value!r} cannot be read as {str(yaml.tag).rsplit(':', 1)[-1]}"
            )
            raise _error(self.file, line, problem) from error


def _fail(node: Node, key: str, expected: str) -> None:
    value = None if node.content is None else str(node.content)
    raise ScenarioError([Issue(node.file, expected, node.line, key, value)])


def _error(
    file: str, line: int | None, expected: str, key: str | None = None
) -> ScenarioError:
    return ScenarioError([Issue(file, expected, line, key)])


def _yaml_error(file: str, error: MarkedYAMLError) -> ScenarioError:
    mark = error.problem_mark or error.context_mark
    line = None if mark is None else mark.line + 1
    problem = error.problem or error.context or "cannot be read"
    return _error(file, line, f"not YAML: {problem}")
