"""Figures of a ledger's days, recomputed lead by lead from the raw tables.

Nothing of the product is imported: each figure is written as docs/kpi.md defines it.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import numpy as np

HOUR = timedelta(hours=1)


class Raw:
    """The tables, each a list of rows."""

    def __init__(self, rows, zone: str, first: date, last: date, now: datetime):
        self.zone, self.now, self.last = ZoneInfo(zone), now, last
        end = datetime.combine(last + timedelta(days=1), datetime.min.time())
        self.now = min(now, end.replace(tzinfo=self.zone))
        self.first = first
        void = {run["supersedes"] for run in rows["runs"]}
        good = {r["number"]: r for r in rows["runs"] if r["number"] not in void}
        inside = {n for n, r in good.items() if first <= day_of(r["day"]) <= last}
        self.leads = {r["lead_id"]: r for r in rows["leads"]}
        self.given = defaultdict(list)
        self.met = defaultdict(list)
        self.before = set()
        for row in rows["decisions"]:
            lead, number = row["lead_id"], row["run"]
            if number not in good or row["kind"] == "kept":
                continue
            at = moment(good[number]["as_of"])
            if number in inside:
                self.met[lead].append(at)
                if row["kind"] == "assigned":
                    self.given[lead].append((at, row["rep_id"], row["p_convert"]))
            elif day_of(good[number]["day"]) < first and row["kind"] == "assigned":
                self.before.add(lead)
        start = datetime.combine(first, datetime.min.time()).replace(tzinfo=self.zone)
        for row in rows["assignments"]:
            at = moment(row["started_at"])
            if row["run"] is None and at <= self.now:
                self.given[row["lead_id"]].append((at, row["rep_id"], None))
                if at < start:
                    self.before.add(row["lead_id"])
        self.events = defaultdict(list)
        for row in sorted(rows["events"], key=lambda row: row["number"]):
            if row["lead_id"] and moment(row["at"]) <= self.now:
                self.events[row["lead_id"]].append(row)
        self.overrides = [
            row
            for row in rows["events"]
            if row["kind"] == "overridden"
            and first <= moment(row["at"]).astimezone(self.zone).date() <= last
        ]

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def lives(self):
        """Yield each lead that a run of these days met, with what became of it."""
        for lead, met in self.met.items():
            given = sorted(self.given[lead], key=lambda gift: gift[0])
            is_earlier = lead in self.before
            at = given[0][0] if given and not is_earlier else None
            created = self.leads[lead]["created_at"]
            state, value = "open", 0.0
            for event in self.events[lead]:
                if event["kind"] in ("won", "lost", "merged"):
                    state, value = event["kind"], event["value"] or 0.0
                elif event["kind"] in ("reopened", "parted"):
                    state = "open"
            own = [e for e in self.events[lead] if at and moment(e["at"]) >= at]
            responses = [moment(e["at"]) for e in own if e["kind"] == "responded"]
            yield {
                "lead": lead,
                "created": moment(created),
                "at": at,
                "rep": given[-1][1] if given else "",
                "state": state,
                "value": value if state == "won" else 0.0,
                "is_waiting": not given and not is_earlier and state == "open",
                "response": min(responses) - at if responses else None,
                "is_late": any(e["kind"] in ("escalated", "recalled") for e in own),
                "met": min(met),
            }

    def figures(self, chosen=lambda life: True) -> dict[str, float]:
        """Return the figures of some leads."""
        lives = [life for life in self.lives() if chosen(life)]
        out = [life for life in lives if life["at"]]
        real = [life for life in out if life["state"] != "merged"]
        won = [life for life in real if life["state"] == "won"]
        timely = [x for x in out if x["at"] >= x["created"]]
        waits = [(x["at"] - x["created"]) / HOUR for x in timely]
        responses = [x["response"] / HOUR for x in out if x["response"] is not None]
        same = [self.day(x["at"]) <= self.day(x["created"]) for x in timely]
        late = sum(life["is_late"] for life in out)
        return {
            "n_generated": sum(
                self.first <= self.day(x["created"]) <= self.last for x in lives
            ),
            "n_distributed": len(out),
            "n_waiting": sum(life["is_waiting"] for life in lives),
            "wait_median": median(waits) if waits else np.nan,
            "wait_high": np.quantile(waits, 0.9) if waits else np.nan,
            "same_day_share": np.mean(same) if same else np.nan,
            "n_responded": len(responses),
            "response_median": median(responses) if responses else np.nan,
            "n_late": late,
            "n_real": len(real),
            "n_open": sum(life["state"] == "open" for life in real),
            "n_won": len(won),
            "n_lost": sum(life["state"] == "lost" for life in real),
            "won_share": len(won) / len(real) if real else np.nan,
            "revenue": sum(life["value"] for life in won),
        }


def moment(cell) -> datetime:
    """Return a moment of either database."""
    return datetime.fromisoformat(cell) if isinstance(cell, str) else cell


def day_of(cell) -> date:
    return date.fromisoformat(cell) if isinstance(cell, str) else cell
