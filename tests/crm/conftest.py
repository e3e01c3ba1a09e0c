"""A company of two leads and two reps, written to files."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm import CrmData, Issue, Source, read_crm

LEADS = """\
lead_id,created_at,territory,product,account_id
L1,2026-09-01,North,Cloud,A1
L2,2026-09-02T08:00:00Z,South,Cloud,
"""
REPS = """\
rep_id,daily_capacity,territories
R1,5,North|South
R2,3,South
"""
HISTORY = """\
lead_id,created_at,rep_id,assigned_at,outcome,closed_at,account_id
H1,2026-08-01,R1,2026-08-01,won,2026-08-05,A1
H2,2026-08-02,R2,2026-08-03,lost,2026-08-09,A2
H3,2026-08-03,R2,2026-08-03,open,,A2
"""

Read = Callable[..., tuple[CrmData, tuple[Issue, ...]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function: texts of tables, sources -> `read_crm` of all that."""

    def read_texts(
        sources: Mapping[str, Any] | None = None,
        as_of: date | None = date(2026, 9, 7),
        **texts: str,
    ) -> tuple[CrmData, tuple[Issue, ...]]:
        tables = {"leads": LEADS, "reps": REPS, "history": HISTORY, **texts}
        for name, text in tables.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        described = {name: f"{name}.csv" for name in tables} | dict(sources or {})
        parsed = {name: Source.model_validate(s) for name, s in described.items()}
        return read_crm(parsed, tmp_path, as_of)

    return read_texts
