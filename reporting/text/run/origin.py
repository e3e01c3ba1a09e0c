"""What a run was made from, in lines."""

from collections.abc import Mapping
from typing import Any

SHOWN = 16
"""Digits of a hash that are shown."""


def origin_lines(
    inputs: Mapping[str, Mapping[str, Any]],
    versions: Mapping[str, str],
    engine: str,
    seed: int,
    run_id: str = "",
) -> list[tuple[str, str]]:
    """Return each input with the beginning of its SHA-256, then engine and versions.

    Parameters
    ----------
    inputs
        Name -> a file with its hash, or a query with its rows and hash.
    versions
        Library -> version.
    run_id
        Of the ledger; empty without one.
    """
    lines = [(name, _input(record)) for name, record in inputs.items()]
    lines += [("engine", engine), ("seed", str(seed))]
    lines += [("run", run_id)] if run_id else []
    told = ", ".join(f"{name} {number}" for name, number in versions.items())
    return [*lines, ("versions", told)]


def _input(record: Mapping[str, Any]) -> str:
    digest = str(record["sha256"])[:SHOWN]
    if "file" in record:
        return f"{record['file']}, SHA-256 {digest}…"
    rows = f"{record['n_rows']:,} rows"
    return f"query of {record['url']}, {rows}, SHA-256 {digest}…"
