"""What people do after a morning's run: responses, outcomes, overrides, recalls."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from ledger import Ledger
from ledger.events import Event, add_events
from ledger.ownership import give, take

SALES, CLOCK, MANAGER = "sales", "clock", "manager"
RESPONDED, WON, CLOSED = 0.8, 0.15, 0.7
"""Shares of assigned leads: answered the same day, won, and closed at last."""
MOVED = 0.01
"""Share of a day's leads that a manager moves, and that a clock recalls."""
CLOSING_DAYS = 20


class Deeds:
    """What became of the leads that were assigned, as days pass."""

    def __init__(self, rep_ids: list[str], seed: int) -> None:
        self._rep_ids = rep_ids
        self._rng = np.random.default_rng(seed)
        self._to_close: dict[int, list[tuple[str, str]]] = {}

    def happen(
        self, ledger: Ledger, day: int, morning: datetime, made: pd.DataFrame
    ) -> int:
        """Record a day's events, in one transaction; return how many there are.

        Parameters
        ----------
        made
            The decisions of the morning's run.
        """
        own = made.loc[made["kind"] == "assigned", ["lead_id", "rep_id"]]
        pairs = list(own.itertuples(index=False, name=None))
        noon = morning + timedelta(hours=4)
        new = [*self._responses(pairs, morning), *self._outcomes(day, noon)]
        moved = self._moved(day, pairs)
        with ledger.writing() as connection:
            add_events(connection, new)
            for place, (lead_id, rep_id) in enumerate(moved):
                if place % 2:
                    event = Event("recalled", noon, CLOCK, lead_id, rep_id)
                    take(connection, event)
                else:
                    other = str(self._rng.choice(self._rep_ids))
                    event = Event("overridden", noon, MANAGER, lead_id, other, rep_id)
                    give(connection, event)
        return len(new) + len(moved)

    def _responses(
        self, pairs: list[tuple[str, str]], morning: datetime
    ) -> list[Event]:
        minutes = self._rng.exponential(90, len(pairs))
        answers = self._rng.random(len(pairs)) < RESPONDED
        return [
            Event("responded", morning + timedelta(minutes=float(wait)), SALES, *pair)
            for pair, wait, answered in zip(pairs, minutes, answers, strict=True)
            if answered
        ]

    def _outcomes(self, day: int, noon: datetime) -> list[Event]:
        won = self._rng.random(len(self._to_close.get(day, []))) < WON
        closed = self._to_close.pop(day, [])
        return [
            Event("won" if is_won else "lost", noon, SALES, *pair, value=1e3 * is_won)
            for pair, is_won in zip(closed, won, strict=True)
        ]

    def _moved(self, day: int, pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the leads that are moved; plan when others are closed."""
        order = self._rng.permutation(len(pairs))
        n_moved = 2 * round(MOVED * len(pairs))
        n_closed = round(CLOSED * len(pairs))
        days = day + self._rng.integers(1, CLOSING_DAYS, len(pairs))
        for place in order[n_moved : n_moved + n_closed]:
            self._to_close.setdefault(int(days[place]), []).append(pairs[place])
        return [pairs[place] for place in order[:n_moved]]
