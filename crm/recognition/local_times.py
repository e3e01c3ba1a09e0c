"""Times of day without an offset, and the zone they are in."""

from collections.abc import Mapping, Sequence

from crm.calendar import Calendar
from crm.cells import are_iso
from crm.recognition.decisions import Decisions
from crm.recognition.entry import Entry, source_of
from crm.recognition.layouts import Laid
from crm.recognition.lead_records import LeadRecords
from crm.source import Source

UTC = "UTC"


def is_local(source: Source, laid: Laid) -> bool:
    """Tell whether a file has times of day without an offset."""
    origin = source.columns.get("created_at", "created_at")
    if not isinstance(origin, str) or origin not in laid.table.frame:
        return False
    texts = [text for text in laid.table.frame[origin].unique() if ":" in text]
    return bool(texts) and not (are_iso(texts) and _has_offset(texts[0]))


def _has_offset(text: str) -> bool:
    return text.endswith("Z") or "+" in text or text[10:].count("-") > 0


def zone_of_times(
    records: Sequence[LeadRecords],
    tables: Mapping[str, tuple[Entry, ...]],
    decisions: Decisions,
) -> str:
    """Return the zone of times without an offset, "" where all tell theirs."""
    by_file = {one.laid.file: one.laid for one in records}
    local = [
        str(source.file)
        for source in map(source_of, tables.values())
        if source.file in by_file
        and source.time_zone is None
        and is_local(source, by_file[str(source.file)])
    ]
    if not local:
        return ""
    text = f"Times of {local[0]} have no offset; in which zone are they?"
    answer = decisions.choose("time_zone", text, default=UTC)
    return answer if _is_zone(answer) else UTC


def _is_zone(name: str) -> bool:
    try:
        Calendar(time_zone=name)
    except ValueError:
        return False
    return True
