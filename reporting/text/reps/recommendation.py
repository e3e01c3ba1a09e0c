"""The best reps for one lead, in figures."""

import math
from dataclasses import dataclass

from scipy.stats import norm

from evaluation.interval import LEVEL
from reporting.text.words.people import rep_name
from reporting.text.words.why import KeptLead

REACH = float(norm.ppf((1 + LEVEL) / 2))
"""Standard errors from an estimate to the end of its interval."""


@dataclass(frozen=True)
class RecommendedRep:
    """A rep as the owner of a lead.

    Attributes
    ----------
    rep_id, name, team
        The rep.
    p_convert
        P(convert) of the pair.
    value
        In the objective's unit, less what soft rules charge.
    behind
        By how much that is below the value with the best rep who may have the lead;
        negative for a better one who may not.
    error
        Standard error of `behind`, by those of the rep effects; NaN where the model's
        are not known.
    charges
        Soft rules that it breaks -> what each charges.
    excluded_by
        Hard rules that forbid it, and "absence".
    obstacles
        What is in the way today, while other leads stay where they are.
    slots_left
        Slots that are free without this lead; NaN where no rule limits them.
    is_owner
        Whether the rep has the lead.
    price
        Dual price of the slot and limits it takes; NaN where there is none.
    forced_cost, is_proven
        What the objective of the run loses with this rep, all other leads decided
        anew, NaN where that was not solved; whether it is exact.
    """

    rep_id: str
    name: str
    team: str
    p_convert: float
    value: float
    behind: float
    error: float
    charges: tuple[tuple[str, float], ...] = ()
    excluded_by: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    slots_left: float = math.nan
    is_owner: bool = False
    price: float = math.nan
    forced_cost: float = math.nan
    is_proven: bool = False

    @property
    def person(self) -> str:
        """The rep by name and id."""
        return rep_name(self.rep_id, {self.rep_id: self.name})

    @property
    def low(self) -> float:
        """Lower end of the 95 % interval of `behind`."""
        return self.behind - REACH * self.error

    @property
    def high(self) -> float:
        """Upper end of the 95 % interval of `behind`."""
        return self.behind + REACH * self.error

    @property
    def is_distinguishable(self) -> bool:
        """Tell whether the data can tell the rep from the best."""
        return self.low > 0 or self.high < 0

    @property
    def is_free(self) -> bool:
        """Tell whether the rep could have the lead now."""
        return not self.excluded_by and not self.obstacles


@dataclass(frozen=True)
class Recommendation:
    """The best reps for one lead.

    Attributes
    ----------
    lead_id, unit
        The lead, and what the objective counts.
    source
        What it was asked of, such as the day of a run.
    reps
        The best who may have it, the highest value first; also who has it, and the
        best who could have it now.
    barred
        Others of at least the value of the best, whom a hard rule or absence excludes;
        where nobody may have it, the best of all.
    n_eligible
        Reps who may have it.
    owner
        Who has it, by name and id; "" for nobody.
    kept
        Where the run left it with the owner it had.
    tells_reps_apart
        Whether the model scores reps differently.
    notes
        What else to know, in sentences.
    """

    lead_id: str
    unit: str
    source: str
    reps: tuple[RecommendedRep, ...]
    barred: tuple[RecommendedRep, ...]
    n_eligible: int
    owner: str = ""
    kept: KeptLead | None = None
    tells_reps_apart: bool = True
    notes: tuple[str, ...] = ()

    @property
    def free(self) -> list[RecommendedRep]:
        """The reps of the list who could have the lead now."""
        return [rep for rep in self.reps if rep.is_free]
