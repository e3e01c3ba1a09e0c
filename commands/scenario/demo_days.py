"""The demo company's week: every command as a person or a scheduler types it."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from runs.demo_days import EVENING, DemoDays

if TYPE_CHECKING:
    import pandas as pd

SCENARIO = "company/demo_days.yaml"
MODEL = "company/demo.model"
EXPORT = "company/outcomes.csv"
EXPECTED = {0, 7}
"""Exit codes of a week without failures; 7: a person has to look at something."""
OVERRIDING, LEAVING = 0, 2
"""Days on whose evening a manager overrides, and a rep is known to leave."""


@dataclass(frozen=True)
class Week:
    """Days that are lived in a folder.

    Attributes
    ----------
    folder
        Of the company, its runs and the page of its figures.
    company
        What each day brings.
    """

    folder: Path
    company: DemoDays

    def live(self) -> None:
        """Live all days, and look at what came of them."""
        self._write(self.company.files())
        _say("The model is fitted once, on history.")
        self._type("train", SCENARIO, "--model", MODEL)
        for day, date in enumerate(self.company.days):
            _say(f"{date:%A, %d %B %Y}")
            self._live_day(day, date)
        self._look_back(self.company.days[-1])

    def _live_day(self, day: int, date: "pd.Timestamp") -> None:
        self._write_leads(day)
        evening = f"{date + EVENING:%Y-%m-%dT%H:%M:%SZ}"
        self._type(
            *("run", SCENARIO, "--model", MODEL, "--as-of", evening),
            *("--out", f"runs/{date:%Y-%m-%d}"),
        )
        after = f"{date + EVENING:%Y-%m-%d}T19:00:00Z"
        if day == OVERRIDING:
            self._override(after)
            self._send_away(day, after)
        if day == LEAVING:
            self._part_with(date, after)
        if day:
            self._take_outcomes(after)
            self._type("sla", *self._at(after))

    def _override(self, after: str) -> None:
        """A manager gives a lead to a colleague of its rep."""
        row = self._assignments(0).iloc[0]
        other = row["backup_rep_id"] or row["rep_id"]
        self._type(
            *("override", row["lead_id"], other, "--reason", "has met them before"),
            *("--by", "Mara", *self._at(after)),
        )

    def _send_away(self, day: int, after: str) -> None:
        """The busiest rep is ill the next day."""
        if day + 1 < len(self.company.days):
            rep = self._assignments(day)["rep_id"].mode()[0]
            away = f"{self.company.days[day + 1]:%Y-%m-%d}"
            self._type(
                *("rep", "absent", rep, away, away, "--reason", "ill"), *self._at(after)
            )

    def _part_with(self, date: "pd.Timestamp", after: str) -> None:
        """A rep leaves, whose open leads others get."""
        rep = self._assignments(0)["rep_id"].mode()[0]
        day = f"{date:%Y-%m-%d}"
        self._type("rep", "left", rep, day, "--reason", "leaves us", *self._at(after))
        self._type(
            *("reassign", "--from", rep, "--model", MODEL, "--ignore-capacity"),
            *self._at(after),
        )

    def _take_outcomes(self, after: str) -> None:
        """The CRM's export of the evening comes in."""
        import pandas as pd

        from crm import csv_text
        from runs.company.company import company

        with company(self.folder / SCENARIO) as here:
            owners = here.ledger.owners()
        told = self.company.outcomes(owners, pd.Timestamp(after))
        self._write({EXPORT: csv_text(told)})
        self._type("outcomes", EXPORT, *self._at(after))

    def _look_back(self, date: "pd.Timestamp") -> None:
        after = f"{date + EVENING:%Y-%m-%d}T20:00:00Z"
        _say("What the week left")
        own = ("--scenario", SCENARIO)
        self._type("lead", self._assignments(0).iloc[0]["lead_id"], *own)
        self._type("duplicates", *own)
        self._type("morning", *self._at(after))
        self._type("ledger", "check", *own)
        to = ("--to", f"{date:%Y-%m-%d}")
        self._type("kpi", *own, *to, "--by", "team", "--html", "kpi.html")

    def _at(self, moment: str) -> tuple[str, ...]:
        return "--at", moment, "--scenario", SCENARIO

    def _assignments(self, day: int) -> "pd.DataFrame":
        import pandas as pd

        date = f"{self.company.days[day]:%Y-%m-%d}"
        return pd.read_csv(
            self.folder / "runs" / date / "assignments.csv", dtype=str
        ).fillna("")

    def _write_leads(self, day: int) -> None:
        from crm import csv_text

        self._write({"company/leads.csv": csv_text(self.company.leads(day))})

    def _write(self, files: dict[str, str | bytes]) -> None:
        for name, content in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(content), encoding="utf-8", newline="")

    def _type(self, *words: str) -> None:
        """Show a command line, and do what it says within the folder."""
        shown = [f'"{word}"' if " " in word else word for word in words]
        click.echo(f"\n$ rightrep {' '.join(shown)}")
        root = click.get_current_context().find_root().command
        inside = [*_within(self.folder, words)]
        try:
            root.main(inside, prog_name="rightrep", standalone_mode=False)
        except SystemExit as end:
            if end.code not in EXPECTED:
                sys.exit(end.code)


def _within(folder: Path, words: tuple[str, ...]) -> Iterator[str]:
    """Yield the words with names of files as seen from where we are."""
    for word in words:
        is_file = word.startswith(("company/", "runs/")) or word == "kpi.html"
        yield str(folder / word) if is_file else word


def _say(text: str) -> None:
    click.echo(f"\n== {text} ==")
