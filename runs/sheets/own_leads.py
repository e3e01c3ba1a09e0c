"""The leads of each rep: assigned by the run, kept by it, and open in the ledger."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from reporting.text.reps.rep_sheet import WHEN, SheetLead
from reporting.text.words.why import YOU, KeptLead, has_it, is_kept
from runs.folder.day import ASSIGNMENTS
from runs.folder.kept import kept_leads
from runs.folder.reading import RunFolder
from runs.sheets.urgency import urgency

FROM_EARLIER = "You have it since {since}: it is open from an earlier day."
Ordered = list[tuple[tuple[float, ...], SheetLead]]


@dataclass(frozen=True, eq=False)
class OpenBook:
    """What the ledger knows of open leads.

    Attributes
    ----------
    work
        Open leads: lead_id, created_at, rep_id, started_at.
    due
        lead_id -> when its first clock is due.
    known
        lead_id -> what is known of it.
    moment
        When that was read; `None` without a ledger.
    """

    work: pd.DataFrame = field(default_factory=pd.DataFrame)
    due: Mapping[str, pd.Timestamp] = field(default_factory=dict)
    known: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    moment: pd.Timestamp | None = None

    @property
    def rep_of(self) -> dict[str, str]:
        """lead_id -> who has it now, of the leads that are open."""
        if self.work.empty:
            return {}
        pairs = zip(self.work["lead_id"], self.work["rep_id"], strict=True)
        return {str(lead_id): str(rep_id) for lead_id, rep_id in pairs}


def leads_by_rep(run: RunFolder, book: OpenBook) -> dict[str, tuple[SheetLead, ...]]:
    """Return each rep's leads, the most urgent first.

    With a ledger they are those that are theirs and open now; without one, those that
    the run assigned or left them.
    """
    zone = run.crm.calendar.zone
    moment = book.moment if book.moment is not None else run.crm.as_of
    cells = run.crm.leads.set_index("lead_id").to_dict("index")
    found: defaultdict[str, Ordered] = defaultdict(list)
    met: set[str] = set()

    def add(rep_id: str, lead_id: str, why: str, row: Mapping[str, Any]) -> None:
        met.add(lead_id)
        due = book.due.get(lead_id)
        own: dict[str, Any] = dict(book.known.get(lead_id, {}))
        own |= {str(name): cell for name, cell in cells.get(lead_id, {}).items()}
        own |= row
        lead = _lead(lead_id, why, own, due, moment.tz_convert(zone), zone)
        key = urgency(lead.priority, due, lead.created_at, lead.value)
        found[rep_id].append((key, lead))

    now = book.rep_of
    for row in _assigned(run):
        if now.get(row["lead_id"], row["rep_id"]) == row["rep_id"]:
            figures = {name: float(row[name]) for name in ("p_convert", "value")}
            add(row["rep_id"], row["lead_id"], has_it(YOU, row["reason"]), figures)
        met.add(row["lead_id"])
    for kept in kept_leads(run):
        if kept.rep_id and now.get(kept.lead_id, kept.rep_id) == kept.rep_id:
            add(kept.rep_id, kept.lead_id, _kept_for_you(kept), {"p_convert": np.nan})
        met.add(kept.lead_id)
    for work in book.work.to_dict("records"):
        if work["rep_id"] and str(work["lead_id"]) not in met:
            since = work["started_at"].tz_convert(zone).strftime(WHEN)
            why = FROM_EARLIER.format(since=since)
            created = {"created_at": work["created_at"], "p_convert": np.nan}
            add(str(work["rep_id"]), str(work["lead_id"]), why, created)
    return {
        rep_id: tuple(lead for _, lead in sorted(leads, key=lambda pair: pair[0]))
        for rep_id, leads in found.items()
    }


def _assigned(run: RunFolder) -> list[dict[str, str]]:
    columns = "lead_id", "rep_id", "p_convert", "value", "reason"
    return run.rows(ASSIGNMENTS, *columns)


def _kept_for_you(kept: KeptLead) -> str:
    return is_kept(kept, YOU)


def _lead(
    lead_id: str,
    why: str,
    row: Mapping[str, Any],
    due: pd.Timestamp | None,
    moment: pd.Timestamp,
    zone: Any,
) -> SheetLead:
    created = _moment(row, "created_at", zone)
    return SheetLead(
        lead_id=lead_id,
        company=_text(row, "company"),
        contact=", ".join(filter(None, (_text(row, "email"), _text(row, "phone")))),
        facts=_facts(row),
        priority=_text(row, "priority"),
        due=_due(due, moment, zone),
        created_at=created,
        waiting=_waiting(created, moment),
        p_convert=float(row.get("p_convert", np.nan)),
        value=float(row.get("value", np.nan)),
        why=why,
    )


def _facts(row: Mapping[str, Any]) -> str:
    parts = [_text(row, "product"), _text(row, "territory")]
    if _filled(row, "deal_value"):
        parts.append(f"worth {float(row['deal_value']):,.0f}")
    return ", ".join(filter(None, parts))


def _due(due: pd.Timestamp | None, moment: pd.Timestamp, zone: Any) -> str:
    if due is None:
        return ""
    text = due.tz_convert(zone).strftime(WHEN)
    return f"{text} (OVERDUE)" if due <= moment else text


def _waiting(created: pd.Timestamp, moment: pd.Timestamp) -> str:
    if pd.isna(created):
        return ""
    hours = (moment - created) / pd.Timedelta(hours=1)
    if hours < 0:
        return ""
    return f"waits {hours:.0f} h" if hours < 48 else f"waits {hours / 24:.0f} days"


def _moment(row: Mapping[str, Any], name: str, zone: Any) -> pd.Timestamp:
    """Return a time in this zone; missing (NaT) where it is not known."""
    moment: Any = pd.Timestamp(row[name]) if _filled(row, name) else pd.NaT
    return moment if pd.isna(moment) else moment.tz_convert(zone)


def _filled(row: Mapping[str, Any], name: str) -> bool:
    cell = row.get(name)
    return cell is not None and cell != "" and cell == cell


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row[name]) if _filled(row, name) else ""
