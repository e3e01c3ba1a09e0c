"""The Python and the packages that this rightrep runs on."""

import platform
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import PackageNotFoundError, metadata, requires, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from runs.machine.machine_part import MachinePart, State

OURS = "rightrep"
GIVES = {
    "calendar": "public holidays by country",
    "cluster": "large days on several machines",
    "dedupe": "people who are in several leads under several names",
    "excel": "reading .xlsx, and a run as a workbook",
    "fast": "large days in seconds",
    "parquet": "reading .parquet",
    "sql": "tables and the ledger in PostgreSQL",
}
"""Extra -> what it is for."""
FOR_DEVELOPERS = {"test", "docs"}


def python() -> Iterator[MachinePart]:
    """Yield the Python, and whether it is one that rightrep is made for."""
    wanted = SpecifierSet(metadata(OURS)["Requires-Python"] or "")
    is_right = wanted.contains(platform.python_version())
    shown = f"{platform.python_implementation()} {platform.python_version()}"
    advice = "" if is_right else f"use Python {wanted}"
    state = State.OK if is_right else State.BROKEN
    yield MachinePart("python", state, f"{shown}, {sys.executable}", advice)


def packages() -> Iterator[MachinePart]:
    """Yield the packages that rightrep needs, and its extras."""
    needed, extras = _requirements()
    yield MachinePart(OURS, State.OK, f"{version(OURS)}, {_home()}")
    yield from _of_group("packages", needed, State.BROKEN, "")
    for name, wanted in sorted(extras.items()):
        if name not in FOR_DEVELOPERS:
            gives = GIVES.get(name, "")
            yield from _of_group(f"extra {name}", wanted, State.ABSENT, gives)


def _requirements() -> tuple[list[Requirement], dict[str, list[Requirement]]]:
    """Return what is always needed, and extra -> what it needs."""
    needed: list[Requirement] = []
    extras: dict[str, list[Requirement]] = defaultdict(list)
    for one in map(Requirement, requires(OURS) or []):
        if one.name == OURS:
            continue
        if one.marker is None or one.marker.evaluate({"extra": ""}):
            needed.append(one)
            continue
        for extra in metadata(OURS).get_all("Provides-Extra") or []:
            if one.marker.evaluate({"extra": extra}):
                extras[extra].append(one)
    return needed, dict(extras)


def _of_group(
    part: str, wanted: list[Requirement], lacking: State, gives: str
) -> Iterator[MachinePart]:
    """Yield which packages of a group are here, and which are not or too old."""
    there = {one: _version(one.name) for one in wanted}
    listed = ", ".join(f"{one.name} {own}" for one, own in there.items() if own)
    missing = [one.name for one, own in there.items() if not own]
    wrong = [one for one, own in there.items() if own and not _fits(one, own)]
    if wrong:
        named = ", ".join(f"{one.name}{one.specifier}" for one in wrong)
        yield MachinePart(part, State.BROKEN, listed, f"needs {named}")
    elif missing:
        measured = f"without {', '.join(missing)}" + (f": {gives}" if gives else "")
        extra = part.removeprefix("extra ")
        bracket = f"[{extra}]" if extra != part else ""
        yield MachinePart(part, lacking, measured, f'pip install "{OURS}{bracket}"')
    else:
        yield MachinePart(part, State.OK, listed)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fits(wanted: Requirement, own: str) -> bool:
    return wanted.specifier.contains(own, prereleases=True)


def _home() -> Path:
    """Return the folder that this package was imported from."""
    return Path(str(import_module("runs").__file__)).resolve().parents[1]


def shadows() -> Iterator[MachinePart]:
    """Yield what Python would take in place of our packages, were ours not first."""
    home, names = _home(), sorted(_names_of_ours())
    others = {
        name: str(place)
        for name in names
        for folder in dict.fromkeys(filter(None, sys.path))
        if (place := _module_in(Path(folder), name)) and home not in place.parents
    }
    if not others:
        measured = f"none beside {', '.join(names)}"
        yield MachinePart("foreign packages", State.OK, measured)
        return
    listed = ", ".join(f"{name} in {place}" for name, place in others.items())
    advice = "`rightrep` takes its own; in Python import rightrep before those"
    yield MachinePart("foreign packages", State.ATTENTION, listed, advice)


def _names_of_ours() -> set[str]:
    """Return the top-level packages that were imported from our folder."""
    places = {
        name: getattr(module, "__file__", None)
        for name, module in sys.modules.items()
        if "." not in name and name not in ("__main__", OURS)
    }
    home = _home()
    return {name for name, place in places.items() if place and _lies_in(place, home)}


def _lies_in(place: str, home: Path) -> bool:
    path = Path(place).resolve()
    folder = path.parent.parent if path.name == "__init__.py" else path.parent
    return folder == home


def _module_in(folder: Path, name: str) -> Path | None:
    for place in (folder / name / "__init__.py", folder / f"{name}.py"):
        if place.is_file():
            return place.resolve()
    return None
