"""What changes do on the days of a replay."""

from collections import Counter
from datetime import date

import pandas as pd

from runs.replay.deciding import DecidedDay
from runs.replay.telling import told_changes


def day(number, *sentences):
    nothing = pd.DataFrame()
    of_day = date(2026, 1, number)
    return DecidedDay(of_day, 1, {}, Counter(), nothing, nothing, sentences)


def test_a_rep_who_is_away_today_was_not_on_all_days():
    """What holds on today's day alone is not said of the others."""
    today = ("factor: 1 -> 2", "Ann is away anyway: nothing changes")
    days = [day(1, "Ann away: 4 slots less"), day(2, today[1]), day(3, today[1])]
    assert told_changes(today, days) == (
        "factor: 1 -> 2",
        "Ann away: 4 slots less (1 day); Ann is away anyway: nothing changes (2 days)",
    )


def test_figures_of_each_day_are_those_of_the_last_one():
    """Alike on all days they are told as they are."""
    days = [day(n, f"{n} leads", "1 rep") for n in (1, 2, 3)]
    assert told_changes(("9 leads", "1 rep"), days) == (
        "3 leads (on 2026-01-03, the last day; each has its own figures)",
        "1 rep",
    )
    assert told_changes((), [day(1), day(2)]) == ()
