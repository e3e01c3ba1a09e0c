"""How the dates of a file are written: formats that fit all cells of a column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm.cells import are_iso
from crm.issues import listed
from crm.reading.dates import fitting_formats, iso_texts
from crm.recognition.decisions import Decisions
from crm.recognition.entry import Entry

ISO = "iso"


@dataclass(frozen=True)
class DateColumn:
    """The formats in which a column may be written.

    Attributes
    ----------
    texts
        Its distinct filled texts.
    forms
        The formats that fit them all.
    """

    texts: Sequence[str]
    forms: Sequence[str]

    @property
    def told(self) -> str:
        """How many texts fit, in words."""
        n = len(self.texts)
        return f"fits all {n:,} texts" if n > 1 else "fits its only text"


def date_column(parts: Sequence[Sequence[str]]) -> DateColumn:
    """Return what formats fit a column made of these ones of the file.

    Parameters
    ----------
    parts
        The distinct filled texts of each.
    """
    texts = list(dict.fromkeys(text for part in parts for text in part))
    forms = _forms(texts)
    if not forms and len(parts) > 1:
        forms = [form for part in parts for form in _forms(part)[:1]]
    return DateColumn(texts, forms)


def _forms(texts: Sequence[str]) -> list[str]:
    if not texts or are_iso(texts):
        return [ISO] if texts else []
    return fitting_formats(texts)


def date_entries(
    file: str, columns: Mapping[str, DateColumn], decisions: Decisions
) -> list[Entry]:
    """Return the key `dates`, or what it may be where the cells do not tell.

    Parameters
    ----------
    file
        The file they are of.
    columns
        Our column -> its formats.
    decisions
        Where a question goes.
    """
    written = {c: d for c, d in columns.items() if d.forms and d.forms[0] != ISO}
    if not written:
        return []
    chosen, whys = {}, {}
    undecided: dict[str, DateColumn] = {}
    for ours, dates in written.items():
        if len(dates.forms) == 1:
            chosen[ours], whys[ours] = dates.forms[0], f"{dates.told}, and no other"
        elif form := _as_beside(dates, written):
            chosen[ours] = form
            whys[ours] = f"{dates.told}; so would {_others(dates, form)}, but other "
            whys[ours] += "dates of the file are in this order"
        else:
            undecided[ours] = dates
    for ours, dates in undecided.items():
        form = _asked(file, dates, decisions)
        if form:
            chosen[ours], whys[ours] = form, "as answered"
    return _entries(columns, chosen, whys, undecided)


def _asked(file: str, dates: DateColumn, decisions: Decisions) -> str:
    sample = next((t for t in dates.texts if _differ(t, dates.forms)), dates.texts[0])
    options = {form: iso_texts([sample], form)[0][:10] for form in dates.forms}
    return decisions.choose(
        f"dates of {file}: {' '.join(dates.forms)}",
        f"{file}: {sample!r} may be one date or the other; which format?",
        options,
    )


def _differ(text: str, forms: Sequence[str]) -> bool:
    return len({iso_texts([text], form)[0] for form in forms}) > 1


def _order(form: str) -> str:
    return "".join(sign for sign in form if sign in "dmbyY").replace("b", "m").lower()


def _as_beside(dates: DateColumn, columns: Mapping[str, DateColumn]) -> str:
    """Return the only format in the order of the columns that have one, "" if none."""
    orders = {_order(d.forms[0]) for d in columns.values() if len(d.forms) == 1}
    same = [form for form in dates.forms if _order(form) in orders]
    return same[0] if len(same) == 1 and len(orders) == 1 else ""


def _others(dates: DateColumn, form: str) -> str:
    return listed([other for other in dates.forms if other != form], 3)


def _entries(
    columns: Mapping[str, DateColumn],
    chosen: Mapping[str, str],
    whys: Mapping[str, str],
    undecided: Mapping[str, DateColumn],
) -> list[Entry]:
    open_ones = {c: d for c, d in undecided.items() if c not in chosen}
    forms = set(chosen.values())
    filled = {c for c, d in columns.items() if d.forms}
    if not open_ones and len(forms) == 1 and filled == set(chosen):
        why = next(iter(whys.values()))
        return [Entry("dates", forms.pop(), why)]
    told = tuple(Entry(c, chosen[c], whys[c]) for c in chosen)
    told += tuple(
        Entry(c, form, f"undecided: {iso_texts(d.texts[:1], form)[0][:10]}", False)
        for c, d in open_ones.items()
        for form in d.forms
    )
    is_said = bool(chosen)
    if is_said:
        return [Entry("dates", told)]
    return [Entry("dates", flow_of(e), e.why, False) for e in told]


def flow_of(entry: Entry) -> dict[str, str]:
    """Return the entry as the only one of its key."""
    return {entry.key: entry.value}
