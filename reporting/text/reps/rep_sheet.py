"""A rep's own sheet in figures: nobody else is in it."""

from dataclasses import dataclass

import pandas as pd

from reporting.text.layout.layout import counted

ABOVE, BELOW, UNSURE = "above average", "below average", "the data cannot tell"
WHEN = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class SheetLead:
    """A lead of the rep.

    Attributes
    ----------
    lead_id, company, contact
        The lead, and how to reach it; "" where not known.
    facts
        Its product, territory and deal value, as far as known.
    priority
        As the leads' table has it.
    due
        When the clock of a service level is due, in words; "" without a clock.
    created_at
        In the company's time zone; missing where not known.
    waiting
        How long it has waited, in words.
    p_convert, value
        P(convert) with this rep, and the value; NaN where the run did not score it.
    why
        Why it came to the rep, a sentence.
    """

    lead_id: str
    company: str
    contact: str
    facts: str
    priority: str
    due: str
    created_at: pd.Timestamp
    waiting: str
    p_convert: float
    value: float
    why: str


@dataclass(frozen=True)
class Strength:
    """How a rep does with a kind of leads, beside the average rep.

    Attributes
    ----------
    segment
        The kind of leads, such as ``product Cloud``.
    n_leads, share
        Leads of the day that are of it, and their share.
    own, low, high
        Their mean P(convert) with this rep, shrunken, and its 95 % interval.
    average
        The same with the average rep.
    """

    segment: str
    n_leads: int
    share: float
    own: float
    low: float
    high: float
    average: float

    @property
    def verdict(self) -> str:
        """Whether the rep is above or below the average, or data cannot tell."""
        if self.low > self.average:
            return ABOVE
        return BELOW if self.high < self.average else UNSURE

    @property
    def lost(self) -> float:
        """Conversions a day below the average rep's, were all these leads theirs."""
        return (self.average - self.own) * self.n_leads


@dataclass(frozen=True)
class RepSheet:
    """All that a rep's own sheet says.

    Attributes
    ----------
    rep_id, name, email
        The rep.
    title, day
        Heading; the scenario and moment of the run.
    leads
        The rep's leads, the most urgent first.
    overall
        All leads of the day; `None` where the model does not tell reps apart.
    strengths
        By segment, the surest first; empty where the model has none.
    about_strengths
        Where these figures are from, or why there are none.
    coaching
        Where training would pay, a sentence each.
    fair
        The share in fair terms, a sentence each.
    notes
        What else to know.
    """

    rep_id: str
    name: str
    email: str
    title: str
    day: str
    leads: tuple[SheetLead, ...]
    overall: Strength | None
    strengths: tuple[Strength, ...]
    about_strengths: str
    coaching: tuple[str, ...]
    fair: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def sure(self) -> tuple[Strength, ...]:
        """The strengths and weaknesses that the data show."""
        return tuple(one for one in self.strengths if one.verdict != UNSURE)

    @property
    def opening(self) -> str:
        """What the day is about, in a sentence."""
        if not self.leads:
            return "You have no leads from this run."
        due = [lead for lead in self.leads if lead.due]
        clock = f"; the first is due {due[0].due}" if due else ""
        return f"You have {counted(len(self.leads), 'lead')}{clock}."
