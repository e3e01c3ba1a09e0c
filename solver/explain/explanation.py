"""Why a lead has its rep or none: all alternatives, and the cost of forcing each."""

from dataclasses import dataclass

from solver.explain.lead_relaxations import LeadRelaxation

Choices = tuple[str, str, str, str]
"""A lead's rep and its backup, "" for none; the reason, and what stands beside it."""


@dataclass(frozen=True)
class Alternative:
    """A rep who might have had the lead.

    Attributes
    ----------
    rep_id
        The rep.
    is_chosen
        Whether the rep has it.
    excluded_by
        The hard rules that forbid it, and "absence" for a rep who is not at work;
        empty for an eligible rep.
    value
        Value of the pair after penalties, in the objective's unit; NaN for a
        rep who is not eligible, as all that follows.
    price
        Dual price of the slot and of the limits that the pair takes.
    forced_cost
        What the objective loses if the rep must have it, everything else decided
        anew; infinite where no allocation has it, NaN where it was not solved.
    is_proven
        Whether that cost is exact, both allocations being proven.
    """

    rep_id: str
    is_chosen: bool
    excluded_by: tuple[str, ...]
    value: float
    price: float
    forced_cost: float
    is_proven: bool

    @property
    def net(self) -> float:
        """Value less price."""
        return self.value - self.price


@dataclass(frozen=True)
class Explanation:
    """Why a lead has this rep, or none.

    Attributes
    ----------
    lead_id, rep_id, backup_rep_id
        The lead, its rep and who comes next; "" for none.
    reason
        A :class:`solver.Choice` or :class:`solver.Reason`.
    detail
        What stands beside the reason.
    price_kind
        What the prices are; where they are exact, the highest value less price is
        the whole reason.
    skipping
        What the objective loses if the lead is unassigned; NaN if it is, or if that
        was not solved.
    skipping_is_proven
        Whether that is exact.
    alternatives
        Every rep: the eligible by value less price, then the excluded.
    relaxations
        For a lead without a rep: what would place it, the least change first.
    n_unsolved
        Questions that the time limit left without an answer: costs of forcing or of
        skipping, relaxations.
    losses_are_least
        Whether nothing was solved again: costs of forcing and of skipping are at least
        what is said, by the prices alone.
    """

    lead_id: str
    rep_id: str
    backup_rep_id: str
    reason: str
    detail: str
    price_kind: str
    skipping: float
    skipping_is_proven: bool
    alternatives: tuple[Alternative, ...]
    relaxations: tuple[LeadRelaxation, ...]
    n_unsolved: int = 0
    losses_are_least: bool = False
