"""A company as a system of any locale exports it, and what each cell of it means.

Written with Python's csv, datetime and decimal alone, so that it shares no reading or
writing with the code it judges.
"""

import csv
import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PEOPLE = (
    *(("Jürgen", "Müller"), ("Zoë", "O'Brien"), ("Anna-Lena", "Graf")),
    *(("José", "García"), ("Øyvind", "Åsen"), ("Kim", "Lee")),
)
WORDS = ("Süd", "Nord", "Île-de-France", "Åland", "West")
DATES = (
    *("%d.%m.%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d/%m/%Y %H:%M:%S", "%Y/%m/%d %H:%M"),
    *("%d-%b-%Y %H:%M", "%d.%m.%y %H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y", "excel"),
    *("%B %d, %Y %I:%M %p", "%m/%d/%y %H:%M", "%Y-%m-%dT%H:%M:%S%z"),
)
SIGNS = ((".", ","), (",", "."), (",", " "), (".", "'"), (",", None), (".", None))
SPACES = (" ", "\u00a0", "\u202f")
UNITS = ("", "", "€", "$", "EUR", "CHF")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")
MISSING = ("-", "n/a", "#N/A", "keine Angabe", "\\N")
STAGES = {"Closed Won": "won", "Verloren": "lost", "Tot": "lost", "In Arbeit": "open"}
EPOCH = datetime(1899, 12, 30)


@dataclass
class System:
    """How one system writes, drawn at random.

    Attributes
    ----------
    keys
        The source's keys that say so, needed or not.
    """

    rng: random.Random
    form: str = ""
    decimal: str = "."
    thousands: str | None = None
    unit: str = ""
    zone: str = "UTC"
    split: str = "|"
    missing: str = ""
    separator: str = ","
    encoding: str = "utf-8"
    keys: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rng = self.rng
        self.form, self.zone = rng.choice(DATES), rng.choice(ZONES)
        self.decimal, self.thousands = rng.choice(SIGNS)
        self.unit, self.missing = rng.choice(UNITS), rng.choice(MISSING)
        self.split = rng.choice((";", ",", "/", "|"))
        self.separator = rng.choice((",", ";", "\t", "|"))
        self.encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16", "cp1252"))
        self.keys = {"dates": self.form, "decimal": self.decimal, "split": self.split}
        self.keys |= {"missing": [self.missing], "time_zone": self.zone}
        if self.thousands:
            self.keys["thousands"] = self.thousands
        if self.encoding == "cp1252":
            self.keys["encoding"] = "cp1252"

    def time(self, moment: datetime) -> str:
        """Write a moment as the clocks of the zone show it."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if self.form == "excel":
            days = (local.replace(tzinfo=None) - EPOCH) / timedelta(days=1)
            return f"{days:.6f}".replace(".", self.decimal)
        return local.strftime(self.form)

    def meant(self, moment: datetime) -> datetime:
        """Return what is left of a moment once written."""
        local = moment.astimezone(ZoneInfo(self.zone)).replace(second=0)
        if self.form == "%d/%m/%Y":
            local = local.replace(hour=0, minute=0)
        return local.astimezone(UTC)

    def number(self, value: Decimal, with_unit: bool = False) -> str:
        """Write a number with the locale's signs."""
        thousands = self.thousands or ""
        if thousands == " ":
            thousands = self.rng.choice(SPACES) if self.encoding != "cp1252" else " "
        table = {",": thousands, ".": self.decimal}
        text = "".join(table.get(sign, sign) for sign in f"{abs(value):,}")
        if value < 0:
            text = self.rng.choice(
                (f"-{text}", f"{text}-", f"({text})", f"\u2212{text}")
            )
            if self.encoding == "cp1252":
                text = text.replace("\u2212", "-")
        if with_unit and self.unit:
            gap = self.rng.choice(("", " ")) if len(self.unit) == 1 else " "
            front = self.rng.random() < 0.5
            text = f"{self.unit}{gap}{text}" if front else f"{text}{gap}{self.unit}"
        return text

    def text(self, text: str) -> str:
        """Write a text, its letters composed or not, where the encoding can."""
        form = "NFC" if self.encoding == "cp1252" else self.rng.choice(("NFC", "NFD"))
        return unicodedata.normalize(form, text)


@dataclass
class Export:
    """Files of a company, and the truth of each table: column -> its cells."""

    system: System
    folder: Path
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)
    truth: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def write(self, name: str, rows: list[dict[str, str]]) -> None:
        """Write a table's rows as this system does."""
        text = StringIO()
        quoting = self.system.rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
        writer = csv.DictWriter(
            text, list(rows[0]), delimiter=self.system.separator, quoting=quoting
        )
        writer.writeheader()
        writer.writerows(rows)
        ending = self.system.rng.choice((".csv", ".txt"))
        path = self.folder / f"{name}{ending}"
        path.write_bytes(text.getvalue().encode(self.system.encoding))
        self.sources[name] = {"file": path.name, **self.system.keys}


def export(folder: Path, seed: int, n_leads: int = 40, n_past: int = 60) -> Export:
    """Draw a company and write it as one system would."""
    rng = random.Random(seed)
    made = Export(System(rng), folder)
    _reps(made)
    _leads(made, n_leads)
    _history(made, n_past)
    return made


def _reps(made: Export) -> None:
    system, rows = made.system, []
    truth: dict[str, list[Any]] = {"rep_id": [], "daily_capacity": [], "products": []}
    for k, (first, last) in enumerate(PEOPLE):
        rep, products = f"00{k + 1}", system.rng.sample(("A", "B", "C"), k=1 + k % 3)
        rows.append(
            {
                "Id": rep,
                "First Name": system.text(first),
                "Last Name": system.text(last),
                "E-Mail": _email(first, last),
                "Per day": str(3 + k),
                "Produkte": system.split.join(products),
            }
        )
        _add(truth, rep_id=rep, daily_capacity=3 + k, products=tuple(products))
    made.truth["reps"] = truth
    made.write("reps", rows)
    made.sources["reps"]["columns"] = {
        "rep_id": "Id",
        "name": {"join": ["First Name", "Last Name"]},
        "daily_capacity": "Per day",
        "products": "Produkte",
    }


def _email(first: str, last: str) -> str:
    plain = unicodedata.normalize("NFD", f"{first}.{last}").encode("ascii", "ignore")
    return f"{plain.decode().replace(chr(39), '').lower()}@firm.example"


def _moment(rng: random.Random) -> datetime:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    return start + timedelta(minutes=rng.randrange(600 * 1440))


def _unclear(moment: datetime, zone: str) -> bool:
    """Tell whether clocks show this time twice."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _drawn(system: System) -> datetime:
    while _unclear(moment := _moment(system.rng), system.zone):
        pass
    return moment


def _amount(system: System, most: int = 10_000_000) -> Decimal:
    places = system.rng.choice((0, 2, 2, 3))
    return Decimal(system.rng.randrange(most)).scaleb(-places)


def _leads(made: Export, n: int) -> None:
    system, rng, rows = made.system, made.system.rng, []
    names = ("lead_id", "created_at", "territory", "deal_value", "product", "visits")
    truth: dict[str, list[Any]] = {name: [] for name in names}
    for k in range(n):
        moment, value, visits = _drawn(system), _amount(system), _amount(system, 9999)
        visits *= rng.choice((1, 1, -1))
        is_missing = rng.random() < 0.2
        word, product = rng.choice(WORDS), rng.choice(("A", "B", "C"))
        rows.append(
            {
                "Id": f"{k:08d}",
                "Angelegt": system.time(moment),
                "Region": system.text(word),
                "Wert": system.missing if is_missing else system.number(value, True),
                "Produkt": product,
                "Besuche": system.number(visits),
            }
        )
        value_read = None if is_missing else float(value)
        _add(truth, lead_id=f"{k:08d}", created_at=system.meant(moment))
        _add(truth, territory=word, deal_value=value_read, product=product)
        _add(truth, visits=float(visits))
    made.truth["leads"] = truth
    made.write("leads", rows)
    made.sources["leads"]["columns"] = {
        "lead_id": "Id",
        "created_at": "Angelegt",
        "territory": "Region",
        "deal_value": "Wert",
        "product": "Produkt",
        "visits": "Besuche",
    }


def _history(made: Export, n: int) -> None:
    system, rng, rows = made.system, made.system.rng, []
    names = ("lead_id", "created_at", "assigned_at", "rep_id", "outcome", "closed_at")
    truth: dict[str, list[Any]] = {name: [] for name in names}
    owner_of, key = _owners(system)
    for k in range(n):
        created = _drawn(system)
        closed = max(created, _drawn(system))
        stage = rng.choice(tuple(STAGES))
        outcome, rep = STAGES[stage], rng.randrange(len(PEOPLE))
        closing = system.time(closed)
        rows.append(
            {
                "Id": f"H{k:05d}",
                "Angelegt": system.time(created),
                "Besitzer": owner_of(rep),
                "Phase": stage,
                "Gewonnen am": closing if outcome == "won" else "",
                "Verloren am": closing if outcome == "lost" else "",
            }
        )
        meant = system.meant(created)
        _add(truth, lead_id=f"H{k:05d}", created_at=meant, assigned_at=meant)
        _add(truth, rep_id=f"00{rep + 1}", outcome=outcome)
        _add(truth, closed_at=None if outcome == "open" else system.meant(closed))
    made.truth["history"] = truth
    made.write("history", rows)
    made.sources["history"]["columns"] = {
        "lead_id": "Id",
        "created_at": "Angelegt",
        "assigned_at": "Angelegt",
        "rep_id": {"column": "Besitzer", "match": [key]},
        "outcome": "Phase",
        "closed_at": ["Gewonnen am", "Verloren am"],
    }
    if rng.random() < 0.5:
        made.sources["history"]["columns"]["outcome"] = {
            "won": {"Phase": "Closed Won"},
            "lost": {"Phase": ["Verloren", "Tot"]},
        }
    else:
        made.sources["history"]["values"] = {"outcome": dict(STAGES)}


def _owners(system: System) -> tuple[Callable[[int], str], str]:
    """Return how owners are written, and by what column of the reps they are found."""
    rng = system.rng
    if rng.random() < 0.5:
        return lambda k: system.text(" ".join(PEOPLE[k])), "name"
    change = rng.choice((str.lower, str.upper, str.title))
    return lambda k: change(_email(*PEOPLE[k])), "E-Mail"


def _add(truth: dict[str, list[Any]], **cells: Any) -> None:
    for name, cell in cells.items():
        truth[name].append(cell)
