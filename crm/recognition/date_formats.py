"""How the dates of a file are written: formats that fit all cells of a column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from crm.cells import are_iso
from crm.issues import listed
from crm.reading.dates import fitting_formats, iso_texts
from crm.recognition.date_orders import Orders, order_of
from crm.recognition.decisions import Decisions
from crm.recognition.entry import Entry

ISO = "iso"
Form = tuple[str, ...]
"""Formats of which each cell of a column has one."""


@dataclass(frozen=True)
class DateColumn:
    """The formats in which a column may be written.

    Attributes
    ----------
    texts
        Its distinct filled texts.
    forms
        The ways of writing that fit them all.
    """

    texts: Sequence[str]
    forms: Sequence[Form]

    @property
    def told(self) -> str:
        """How many texts fit, in words."""
        n = len(self.texts)
        return f"fits all {n:,} texts" if n > 1 else "fits its only text"

    @property
    def is_iso(self) -> bool:
        """Tell whether nothing has to be said of it."""
        return not self.forms or self.forms[0] == (ISO,)


def date_column(parts: Sequence[Sequence[str]]) -> DateColumn:
    """Return what formats fit a column made of these ones of the file.

    Parameters
    ----------
    parts
        The distinct filled texts of each.
    """
    texts = list(dict.fromkeys(text for part in parts for text in part))
    if forms := _forms(texts):
        return DateColumn(texts, [(form,) for form in forms])
    kinds = [[t for t in texts if (":" in t) is timed] for timed in (True, False)]
    for apart in (parts, kinds):
        if forms_apart := _together([part for part in apart if part]):
            return DateColumn(texts, forms_apart)
    return DateColumn(texts, [])


def _together(parts: Sequence[Sequence[str]]) -> list[Form]:
    """Return the formats of the parts, day and month in one order in all of them."""
    ways = product(*map(_forms, parts))
    one_order = [way for way in ways if len(_day_orders(way)) <= 1]
    return [tuple(dict.fromkeys(way)) for way in one_order]


def _day_orders(form: Form) -> set[str]:
    return {order_of(one) for one in form} - {""}


def iso_of(texts: Sequence[str], form: Form) -> list[str]:
    """Return the times as ISO 8601, "" where a text has none of the formats."""
    read = [texts if one == ISO else iso_texts(texts, one) for one in form]
    return [next(filter(None, cells), "") for cells in zip(*read, strict=True)]


def _forms(texts: Sequence[str]) -> list[str]:
    if not texts or are_iso(texts):
        return [ISO] if texts else []
    return fitting_formats(texts)


def date_entries(
    file: str, columns: Mapping[str, DateColumn], orders: Orders, decisions: Decisions
) -> list[Entry]:
    """Return the key `dates`, or what it may be where the cells do not tell.

    Parameters
    ----------
    file
        The file they are of.
    columns
        Our column -> its formats.
    orders
        In which order the other dates of the file are.
    decisions
        Where a question goes.
    """
    written = {c: d for c, d in columns.items() if not d.is_iso}
    if not written:
        return []
    chosen: dict[str, Form] = {}
    whys: dict[str, str] = {}
    undecided: dict[str, DateColumn] = {}
    for ours, dates in written.items():
        if len(dates.forms) == 1:
            chosen[ours], whys[ours] = dates.forms[0], f"{dates.told}, and no other"
        elif form := orders.choose(dates.forms):
            chosen[ours] = form
            whys[ours] = f"{dates.told}; so would {_others(dates, form)}, but "
            whys[ours] += orders.why
        else:
            undecided[ours] = dates
    for ours, dates in undecided.items():
        form = _asked(file, dates, decisions)
        if form:
            chosen[ours], whys[ours] = form, "as answered"
    return _entries(columns, chosen, whys, undecided)


def _asked(file: str, dates: DateColumn, decisions: Decisions) -> Form:
    sample = next((t for t in dates.texts if _differ(t, dates.forms)), dates.texts[0])
    options = {_shown(form): iso_of([sample], form)[0][:10] for form in dates.forms}
    answer = decisions.choose(
        f"dates of {file}: {' '.join(options)}",
        f"{file}: {sample!r} may be one date or the other; which format?",
        options,
    )
    return {_shown(form): form for form in dates.forms}.get(answer, ())


def _differ(text: str, forms: Sequence[Form]) -> bool:
    return len({iso_of([text], form)[0] for form in forms}) > 1


def _shown(form: Form) -> str:
    return " and ".join(form)


def _value(form: Form) -> str | list[str]:
    return form[0] if len(form) == 1 else list(form)


def _others(dates: DateColumn, form: Form) -> str:
    return listed([_shown(other) for other in dates.forms if other != form], 3)


def _entries(
    columns: Mapping[str, DateColumn],
    chosen: Mapping[str, Form],
    whys: Mapping[str, str],
    undecided: Mapping[str, DateColumn],
) -> list[Entry]:
    open_ones = {c: d for c, d in undecided.items() if c not in chosen}
    forms = set(chosen.values())
    filled = {c for c, d in columns.items() if d.forms}
    if not open_ones and len(forms) == 1 and filled == set(chosen):
        why = next(iter(whys.values()))
        return [Entry("dates", _value(forms.pop()), why)]
    told = tuple(Entry(c, _value(chosen[c]), whys[c]) for c in chosen)
    told += tuple(
        Entry(c, _value(form), f"undecided: {iso_of(d.texts[:1], form)[0][:10]}", False)
        for c, d in open_ones.items()
        for form in d.forms
    )
    is_said = bool(chosen)
    if is_said:
        return [Entry("dates", told)]
    return [Entry("dates", flow_of(e), e.why, False) for e in told]


def flow_of(entry: Entry) -> dict[str, str | list[str]]:
    """Return the entry as the only one of its key."""
    return {entry.key: entry.value}
