"""What the clocks of a scenario will do, before they run."""

from collections.abc import Iterator

from crm import CrmData, matches
from reporting import counted
from reporting.text.company.clocks import VERBS, clock_text
from scenarios import Scenario


def clock_lines(scenario: Scenario, crm: CrmData) -> Iterator[str]:
    """Yield a line for each clock: what it does, and how many leads it is about."""
    for name, clock in (scenario.sla.clocks if scenario.sla else {}).items():
        parts = {step: getattr(clock, step) for step in VERBS}
        length = clock.length(crm.calendar)
        text = clock_text(clock.start, clock.to, clock.clock, length, parts)
        n_leads = int(matches(crm.leads, clock.where, crm.calendar.zone).sum())
        yield f"clock {name}: {counted(n_leads, 'lead')} of today; {text}"
