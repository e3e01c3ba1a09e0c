"""What the ledger changes of a day, one step after the other."""

from runs.morning.duplicates import with_duplicates
from runs.morning.former_reps import with_former_reps
from runs.morning.open_books import with_open_books
from runs.morning.owned_leads import without_owned_leads
from runs.morning.past_leads import with_past_leads
from runs.morning.queue_ages import with_queue_ages
from runs.morning.recalled_leads import without_recalled_reps
from runs.morning.reps_as_known import with_rep_facts
from runs.morning.returning_leads import with_returning_leads
from runs.morning.slots import with_slots_left

STEPS = (
    with_past_leads,
    with_rep_facts,
    without_owned_leads,
    with_returning_leads,
    with_duplicates,
    without_recalled_reps,
    with_former_reps,
    with_queue_ages,
    with_slots_left,
    with_open_books,
)
"""Each takes the day and the ledger as it was, and returns the day changed."""
