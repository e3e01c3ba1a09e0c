"""What reps have left of their day: slots less turns taken, with those given back."""

from dataclasses import replace

import numpy as np

from crm import CrmData, listed
from ledger.people.turns import credits_on, given_on
from runs.morning.memory import NAMED, Memory
from runs.prepared.prepared import Prepared
from scenarios import Turns


def with_slots_left(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day with reps' slots less the turns taken, and with credited ones."""
    crm, turns = prepared.crm, prepared.file.scenario.turns or Turns()
    by_runs = memory.ledger.assigned_on(crm.today, memory.before)
    by_people = _given(crm, memory, turns)
    back = _credits(crm, memory, turns)
    rep_ids = crm.reps["rep_id"]
    used = rep_ids.map(by_runs).fillna(0) + rep_ids.map(by_people).fillna(0)
    left = crm.reps["daily_capacity"] - used + rep_ids.map(back).fillna(0)
    reps = crm.reps.assign(daily_capacity=np.maximum(left, 0))
    day, known = f"{crm.today:%d %B %Y}", set(rep_ids)
    sentences = {
        f"Earlier runs of {day} have used slots, which are gone": by_runs,
        f"Leads that people gave on {day} have taken slots": by_people,
        "Slots that credits give back": back,
    }
    notes = [
        f"{told}: {_named(count, known)}."
        for told, count in sentences.items()
        if known & set(count)
    ]
    typed = reps.astype({"daily_capacity": crm.reps["daily_capacity"].dtype})
    return replace(
        prepared,
        crm=replace(crm, reps=typed),
        morning=prepared.earlier.noting(*notes),
    )


def _given(crm: CrmData, memory: Memory, turns: Turns) -> dict[str, int]:
    """Return rep -> leads that people gave them today, of the causes that count."""
    first, last = crm.calendar.span(crm.today)
    span = first.to_pydatetime(warn=False), last.to_pydatetime(warn=False)
    return memory.ledger.counted(given_on(span, turns.also_count, memory.before))


def _credits(crm: CrmData, memory: Memory, turns: Turns) -> dict[str, int]:
    """Return rep -> slots that credits give back today, as far as `turns` lets them."""
    back = memory.ledger.counted(credits_on(crm.today, memory.before))
    most = turns.most_credits
    return back if most is None else {rep: min(n, most) for rep, n in back.items()}


def _named(count: dict[str, int], known: set[str]) -> str:
    return listed([f"{rep} {n}" for rep, n in count.items() if rep in known], NAMED)
