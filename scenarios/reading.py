"""Reading scenario files: YAML 1.2, every value with its line, `extends` resolved."""

import re
import warnings
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError
from ruamel.yaml.nodes import MappingNode, SequenceNode

from crm import suggestion, why_unreadable
from crm.files import names_a_folder
from scenarios.document import Node, rebase_file, rebase_files
from scenarios.errors import ScenarioError, ScenarioIssue, fault
from scenarios.files import OURS, SYSTEMS, system_file
from scenarios.overlay import overlay, without_disabled
from scenarios.spots import spot_at, yaml_lines
from scenarios.yaml_nodes import converted

LARGEST = 250_000
"""Bytes; no scenario that a person wrote is larger."""
LONGEST = 20
"""Scenarios that extend each other; nobody needs more."""
_SPACED = re.compile(rf"extends:\s+{OURS}(\s|$)", re.IGNORECASE)
MENDS = {
    "'\\t'": "indent with spaces, not tabs",
    "mapping values": "check the indentation, and quote text that has a colon",
    "cannot start": "quote text that starts with a special character",
    "end of stream": "a quote or bracket is never closed",
    "block end": "check the indentation",
    "got '{'": 'inside braces, put a variable in quotes: "${NAME}"',
}
"""Part of a YAML parser's message -> what a person can do."""


def read_document(path: Path) -> Node:
    """Return a scenario file's values, laid over those of the files it extends.

    Raises
    ------
    ScenarioError
        Where a file is missing, is no YAML mapping, or extends itself.
    """
    return without_disabled(_read_chain(path, str(path), ()))


def _read_chain(path: Path, shown: str, below: tuple[Path, ...]) -> Node:
    document = _read_one(path, shown)
    if "extends" not in document.content:
        return document
    named = document.at("extends")
    if not isinstance(named.content, str) or not named.content:
        _fail(named, "extends", "expected the file name of one other scenario")
    if named.content.lower().startswith(OURS):
        return overlay(_ready(named), _own(document))
    base_path = path.parent / named.content
    if names_a_folder(named.content):
        _fail(named, "extends", "expected a file, this names a folder")
    if problem := why_unreadable(base_path):
        _fail(named, "extends", f"{problem}{_meant(named.content)}")
    chain = (*below, path.resolve())
    if base_path.resolve() in chain:
        _fail(named, "extends", "the scenario extends itself; break the circle")
    if len(chain) == LONGEST:
        _fail(named, "extends", f"more than {LONGEST} scenarios extend each other")
    base = _read_chain(base_path, str(base_path), chain)
    folders = base_path.parent.resolve(), path.parent.resolve()
    for key, rebase in {"data": rebase_files, "ledger": rebase_file}.items():
        if key in base.content:
            moved = rebase(base.content[key], *folders)
            base = replace(base, content=base.content | {key: moved})
    return overlay(base, _own(document))


def _own(document: Node) -> Node:
    own = {key: node for key, node in document.content.items() if key != "extends"}
    return replace(document, content=own)


def _ready(named: Node) -> Node:
    """Return a scenario that comes with rightrep; it extends no other."""
    path = system_file(named.content.lower())
    if path is None:
        name = named.content.lower().removeprefix(OURS)
        ready = ", ".join(OURS + system for system in SYSTEMS)
        _fail(named, "extends", f"there are {ready}{suggestion(name, SYSTEMS)}")
    return _read_one(path, named.content)


def _meant(named: str) -> str:
    """Return the ready scenario that a missing file may mean, in words."""
    name = Path(named).stem
    return f"; `extends: {OURS}{name}` comes with rightrep" * (name in SYSTEMS)


def _read_one(path: Path, shown: str) -> Node:
    text, root = _composed(path, shown)
    if not isinstance(root, MappingNode):
        keys = "expected keys such as version, name, data and rules"
        raise fault(shown, 1, f"not a scenario; {keys}")
    return _with_tests(converted(root, shown, text), path.parent)


def _with_tests(document: Node, folder: Path) -> Node:
    """Return a scenario with its tests, where they lie in a file beside it."""
    tests = document.content.get("tests")
    if tests is None or not isinstance(tests.content, str) or not tests.content:
        return document
    path = folder / tests.content
    if names_a_folder(tests.content):
        _fail(tests, "tests", "expected a file, this names a folder")
    if problem := why_unreadable(path):
        _fail(tests, "tests", problem)
    text, root = _composed(path, str(path))
    if not isinstance(root, MappingNode | SequenceNode):
        raise fault(str(path), 1, "no tests; expected a list of examples")
    told = converted(root, str(path), text)
    if isinstance(told.content, dict):
        if set(told.content) != {"tests"}:
            raise fault(str(path), 1, "expected the one key `tests`, or a list")
        told = told.content["tests"]
    return replace(document, content=document.content | {"tests": told})


def _composed(path: Path, shown: str) -> tuple[str, object]:
    """Return the text of a YAML file, and the node at its root."""
    text = _text(path, shown)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReusedAnchorWarning)
            return text, YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        # The parser's own message repeats the line, which may hold a password.
        raise _yaml_error(shown, error, text) from None
    except (YAMLError, ValueError, OverflowError) as error:
        raise fault(shown, None, f"not YAML: {error}") from error
    except RecursionError as error:
        raise fault(shown, None, "nested too deeply") from error


def _text(path: Path, shown: str) -> str:
    if problem := why_unreadable(path):
        raise fault(shown, None, problem)
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise fault(shown, None, f"larger than {LARGEST:,} bytes")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise fault(shown, line, "not UTF-8; save the file as UTF-8") from error
    except OSError as error:
        raise fault(shown, None, f"cannot be read: {error.strerror}") from error


def _fail(node: Node, key: str, expected: str) -> NoReturn:
    issue = ScenarioIssue(
        node.file, expected, node.line, key, node.text, excerpt=node.excerpt
    )
    raise ScenarioError([issue])


def _yaml_error(file: str, error: MarkedYAMLError, text: str) -> ScenarioError:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "cannot be read"
    mend = next((f"; {mend}" for sign, mend in MENDS.items() if sign in problem), "")
    if mark is None:
        return fault(file, None, f"not YAML: {problem}{mend}")
    spot = spot_at(yaml_lines(text), mark.line, mark.column)
    if _SPACED.match(spot.excerpt.text):
        mend = f"; a ready scenario is written without a space: {OURS}{SYSTEMS[0]}"
    expected = f"not YAML: {problem}{mend}"
    return fault(file, spot.line, expected, excerpt=spot.excerpt)
