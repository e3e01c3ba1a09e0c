"""What a worker must have in common with the process that sends it work.

Said in plain texts, so that a worker of any version understands it.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crm.files import PARQUET, files_of, hash_of, why_unreadable, why_unreadable_table
from solver.registry import plugins

PACKAGES = ("rightrep", "numpy", "pandas", "pyarrow", "scikit-learn", "scipy")
"""What the bytes of a result hang on."""
END = 1 << 16
"""Bytes at the end of a Parquet file, where its figures are."""
Versions = Mapping[str, str | None]
Agreement = tuple[tuple[str, str, str], ...]
"""Kind, name and value of each thing that must be the same."""


def own_versions() -> dict[str, str | None]:
    """Return the version of Python and of each package, as Dask tells them."""
    python = ".".join(map(str, sys.version_info))
    return {"python": python, **{package: _version(package) for package in PACKAGES}}


def version_faults(ours: Versions, theirs: Versions) -> Iterator[str]:
    """Yield in which versions a worker differs from us."""
    for name, own in ours.items():
        if (other := theirs.get(name)) != own:
            yield f"has {name} {other}, here it is {own}" if other else f"has no {name}"


def agreement_on(files: Iterable[Path]) -> Agreement:
    """Return what workers must have that are to read these files.

    Parameters
    ----------
    files
        Absolute; also folders of Parquet files.
    """
    versions = ((name, own or "") for name, own in own_versions().items())
    return (
        *(("version", name, own) for name, own in versions),
        *(("file", str(path), content_of(path)) for path in files),
        *(("plug-in", str(path), hash_of(path)) for path in plugins.loaded_files),
    )


@lru_cache(maxsize=8)
def faults(agreement: Agreement) -> tuple[str, ...]:
    """Return what this process lacks of an agreement; load its plug-ins."""
    versions = {name: own or None for kind, name, own in agreement if kind == "version"}
    found = list(version_faults(versions, own_versions()))
    for kind, name, content in agreement:
        if kind != "version" and (why := _file_fault(Path(name), content)):
            found.append(f"{name}: {why}")
    if not found:
        for kind, name, _ in agreement:
            if kind == "plug-in":
                plugins.load_plugin(name)
    return tuple(found)


def _file_fault(path: Path, content: str) -> str:
    if why := why_unreadable_table(path):
        return why
    return "" if content_of(path) == content else "is another file there than here"


def content_of(path: Path) -> str:
    """Return what tells a file from others.

    Of large tables, which are Parquet, it is the size and the end, which has the place
    and the extremes of every column; of all other files the hash.
    """
    if path.suffix.lower() != PARQUET or why_unreadable_table(path):
        return "" if why_unreadable(path) else hash_of(path)
    return " ".join(f"{part.name} {_end_of(part)}" for part in files_of(path))


def _end_of(path: Path) -> str:
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(size - END, 0))
        return f"{size} {sha256(stream.read()).hexdigest()}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
