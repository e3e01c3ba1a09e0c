"""Leads of earlier days that nobody owns: they come again."""

from dataclasses import replace

import pandas as pd

from runs.morning.lead_rows import rows_of
from runs.morning.memory import Memory, leads_named
from runs.prepared.prepared import Prepared


def with_returning_leads(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day with the leads that wait, and that today's table lacks.

    In an experiment they do not come again: a lead would be drawn again, perhaps for
    another arm.
    """
    crm = prepared.crm
    if prepared.file.scenario.experiment is not None:
        return prepared
    waiting = memory.ledger.waiting(memory.before)
    known = {*crm.leads["lead_id"], *prepared.earlier.kept["lead_id"]}
    waiting = waiting[~waiting["lead_id"].isin(known)]
    if waiting.empty:
        return prepared
    leads = pd.concat([crm.leads, rows_of(waiting, crm.leads)], ignore_index=True)
    note = (
        "Distributed again, since nobody owns them: "
        f"{leads_named(list(waiting['lead_id']))}."
    )
    typed = leads.astype(crm.leads.dtypes.to_dict())
    return replace(
        prepared,
        crm=replace(crm, leads=typed),
        morning=prepared.earlier.noting(note),
    )
