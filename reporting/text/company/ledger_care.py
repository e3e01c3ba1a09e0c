"""Sentences of what was checked, copied and erased in a ledger."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from crm import listed
from reporting.text.layout.layout import aligned, counted

NAMED = 10


def faults_text(name: str, faults: Iterable[tuple[str, int, Sequence[str]]]) -> str:
    """Return one line per promise that a ledger breaks, or that it breaks none.

    Parameters
    ----------
    faults
        What should hold, how many rows break it, and the first of them.
    """
    lines = [
        f"broken: {promise}: {counted(count, 'row')} ({listed(list(examples), NAMED)})"
        for promise, count, examples in faults
    ]
    return "\n".join(lines or [f"{name} is sound: all pages and rows were looked at"])


def erasure_text(done: Mapping[str, Any], *, is_dry: bool) -> str:
    """Return what was erased, what stays, and where else it may be."""
    n_leads = counted(len(done["lead_ids"]), "lead")
    would = "would be blanked" if is_dry else "blanked"
    lines = [
        (would, f"{n_leads}: {listed(done['lead_ids'], NAMED)}"),
        ("columns", _columns(done["blanked"])),
        ("stays", _columns(done["stays"])),
        ("keys", f"{done['n_keys']:,} that found these leads again"),
        ("already", f"{counted(len(done['before']), 'lead')} had nothing left"),
        ("chain", "runs, decisions, owners and lead ids stay"),
        (
            "reasons",
            f"{counted(done['n_reasons'], 'event')} with typed words, which stay",
        ),
        (
            "folders",
            f"not touched: {counted(len(done['runs']), 'run')} met these leads",
        ),
        *(("", f"{day} {run_id}") for day, run_id in done["runs"][-NAMED:]),
        ("elsewhere", "backups, exports and the CRM hold what they held"),
    ]
    return aligned(
        [line for line in lines if len(done["lead_ids"]) or line[0] == would]
    )


def _columns(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} ({n:,})" for name, n in sorted(counts.items())) or "none"
