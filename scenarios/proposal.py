"""A first scenario for files that were recognised, every guess with its reason."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from crm import listed
from crm.characters import one_line
from crm.reading.hints import in_yaml
from crm.recognition.entry import Entry, as_lines
from crm.recognition.local_times import UTC
from crm.recognition.recognition import Recognition
from crm.schema import EVERYTHING, INSIDE

FILE = "daily.yaml"
_LISTS = {"territory": "territories", "product": "products", "language": "languages"}
"""Kind of a rule, and column of the leads -> column of the reps."""
NAMED = 6


def proposed_scenario(recognised: Recognition, folder: Path) -> str:
    """Return the scenario as YAML with comments.

    Parameters
    ----------
    recognised
        What the files are.
    folder
        Where it will be, which its files are named from.
    """
    lines = [*_head(recognised), "version: 1", f"name: {in_yaml(folder.name)}", ""]
    lines += ["data:", *_data(recognised, folder), ""]
    lines += [*_calendar(recognised), ""]
    lines += ["objective:", *_objective(recognised), ""]
    lines += ["rules:", *_rules(recognised)]
    return "\n".join(lines) + "\n"


def _head(recognised: Recognition) -> Iterator[str]:
    yield "# Proposed by `rightrep init --from`: beside each guess stands its reason."
    yield f"#   rightrep check {FILE}"
    yield f"#   rightrep run {FILE} --out runs/today"
    for file, told in recognised.seen.items():
        yield f"# {one_line(file)}: {one_line(told)}"
    if recognised.questions:
        yield "# Not decided:"
    for question in recognised.questions:
        yield f"#   {one_line(question.text)} {question.meanwhile}"


def _data(recognised: Recognition, folder: Path) -> Iterator[str]:
    for name, entries in recognised.tables.items():
        placed = [_placed(entry, folder) for entry in entries]
        if len(placed) == 1:
            yield from as_lines([replace(placed[0], key=name)], 2)
            continue
        yield f"  {name}:"
        yield from as_lines(placed, 4)
    if recognised.as_of is not None:
        yield "  # Some leads were closed after the newest one came: the day is that of"
        yield "  # the last. Leave it out once the leads are newer."
        yield f"  as_of: {recognised.as_of.isoformat()}"


def _placed(entry: Entry, folder: Path) -> Entry:
    """Return the entry, a file named as seen from the scenario's folder."""
    if entry.key != "file":
        return entry
    path = os.path.relpath(entry.value, folder)
    return replace(entry, value=Path(path).as_posix())


def _calendar(recognised: Recognition) -> Iterator[str]:
    zone = recognised.time_zone
    if zone and zone != UTC:
        yield "calendar:"
        yield f"  time_zone: {zone}  # as answered: times have no offset"
        return
    yield "# Days are those of UTC, and every day is a working day, unless:"
    if zone:
        yield "# (times in the files have no offset and are read in this zone)"
    yield "# calendar:"
    yield "#   time_zone: Europe/Berlin"
    yield "#   working_days: [mon, tue, wed, thu, fri]"


def _objective(recognised: Recognition) -> Iterator[str]:
    leads = recognised.cells.get("leads")
    yield "  # conversions: as many deals as possible."
    if leads is not None and "deal_value" in leads.frame:
        yield "  # revenue: P(convert) times deal_value."
    yield "  maximise: conversions"


def _rules(recognised: Recognition) -> Iterator[str]:
    yield "  # At most daily_capacity leads a rep."
    yield "  - kind: capacity"
    for kind, column in _LISTS.items():
        yield from _list_rule(recognised, kind, column)
    if "accounts" in recognised.tables and _has(recognised, "leads", "account_id"):
        yield "  # An existing customer's lead goes to the account's owner."
        yield "  - kind: account_owner"


def _has(recognised: Recognition, table: str, column: str) -> bool:
    cells = recognised.cells.get(table)
    return cells is not None and column in cells.frame and any(cells.frame[column])


def _list_rule(recognised: Recognition, kind: str, column: str) -> Iterator[str]:
    """Yield a rule that both tables have columns for, off where few leads fit."""
    if not (_has(recognised, "leads", kind) and _has(recognised, "reps", column)):
        return
    needs = recognised.cells["leads"].frame[kind]
    entries = {
        part.strip()
        for text in recognised.cells["reps"].frame[column]
        for part in text.split("|")
    }
    filled = needs[needs != ""]
    is_covered = filled.map(lambda need: _is_covered(need, entries))
    n_covered, n = int(is_covered.sum()), len(filled)
    lacking = list(dict.fromkeys(filled[~is_covered]))
    told = f"{n_covered:,} of {n:,} leads have a {kind} of some rep"
    told += f"; not {_listed(lacking)}" if lacking else ""
    off = "# " if n_covered < n / 2 else ""
    yield f"  # {one_line(told)}." + (" Left out:" if off else "")
    yield f"  {off}- kind: {kind}"


def _is_covered(need: str, entries: set[str]) -> bool:
    parts = need.split(INSIDE)
    around = {INSIDE.join(parts[:n]).strip() for n in range(1, len(parts) + 1)}
    return bool({EVERYTHING, need} & entries or around & entries)


def _listed(texts: Sequence[str]) -> str:
    return listed(list(map(repr, texts)), NAMED)
