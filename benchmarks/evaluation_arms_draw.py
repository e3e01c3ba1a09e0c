"""An experiment on a company's days: arms and outcomes drawn, as rightrep sees them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.evaluation_arms_company import Company
from benchmarks.evaluation_arms_days import Probability
from evaluation import STARTS_AT
from evaluation.experiment import DrawnLeads
from evaluation.experiment.recorded import drawn_of_record, until_assigned
from evaluation.off_policy import read_log
from evaluation.worlds.calendar import DAY_ENDS
from solver.randomised.assignment import CONTROL, OPTIMAL, SHARES

AFTER_ALL = STARTS_AT + pd.Timedelta(days=3650)


@dataclass(frozen=True, eq=False)
class Experiment:
    """What was drawn, what became of it, and what is true.

    Attributes
    ----------
    share
        Of control.
    expected
        Arm -> what each lead wins on average in it, (n_leads,), in order of `recorded`.
    recorded, alone
        All leads drawn, and those of history alone.
    """

    share: float
    expected: dict[str, Probability]
    recorded: DrawnLeads
    alone: DrawnLeads

    @property
    def true(self) -> float:
        """The lift if every lead of these days were in one arm, then in the other."""
        won = {arm: float(of_lead.sum()) for arm, of_lead in self.expected.items()}
        return won[OPTIMAL] / won[CONTROL] - 1

    def chance(self, is_recorded: bool) -> float:
        """Return the part of a lift's error that is nothing on average.

        To first order a lift errs by what each arm's leads won beyond what is expected
        of all leads in it, each lead weighing one over the probability of its arm, and
        by how many leads the arm has, unless their number is known.
        """
        by_arm = {}
        for arm, share in ((OPTIMAL, 1 - self.share), (CONTROL, self.share)):
            expected = self.expected[arm]
            weight = (self.recorded.arm == arm) / share
            usual = np.zeros(len(expected))
            if is_recorded:
                usual = _means_of(expected, self.recorded.cluster)
            beyond = weight @ (self.recorded.outcome - usual) + (usual - expected).sum()
            by_arm[arm] = float(beyond / expected.sum())
        return (1 + self.true) * (by_arm[OPTIMAL] - by_arm[CONTROL])


def drawn_experiment(
    company: Company, share: float, entropy: Sequence[int]
) -> Experiment:
    """Return an experiment with this share of control.

    Parameters
    ----------
    company
        With its days decided.
    share
        Probability that a lead is in the control arm.
    entropy
        Decides who is drawn for which arm, and what is drawn for each.
    """
    draws = _draws(company, share, np.random.default_rng(entropy))
    assigned = draws[draws["rep_id"] != ""]
    rows = company.world.served(
        company.leads.loc[assigned.index].reset_index(drop=True),
        assigned["rep_id"].tolist(),
        AFTER_ALL,
    )
    logged = assigned[["propensity", "arm"]].reset_index(drop=True)
    history = rows.assign(**logged)
    log = read_log(history, AFTER_ALL)
    recorded = drawn_of_record(until_assigned(draws), history, log, AFTER_ALL)
    if recorded is None:
        raise ValueError("no lead was drawn")
    place = pd.Index(draws["lead_id"]).get_indexer(pd.Index(recorded.lead_id))
    expected = {arm: company.true(arm)[place] for arm in (OPTIMAL, CONTROL)}
    return Experiment(share, expected, recorded, DrawnLeads.of_log(log, share))


def _draws(company: Company, share: float, rng: np.random.Generator) -> pd.DataFrame:
    """Return each lead's draw, as runs record it, beside its columns, (n_leads,)."""
    n_leads = len(company.leads)
    rep_id, arm = np.full(n_leads, "", object), np.full(n_leads, "", object)
    propensity = np.full(n_leads, np.nan)
    for day in company.days:
        arms = replace(day.arms, share=round(share * SHARES))
        draw = arms.draw(rng)
        arm[day.leads] = draw.arm
        owned = draw.solution.assigned
        rep = arms.problem.rep_ids[draw.solution.rep_of[owned]]
        rep_id[day.leads[owned]] = rep
        likely = arms.propensity[draw.solution.pair[owned]]
        propensity[day.leads[owned]] = likely
    as_of = company.leads["created_at"].dt.normalize() + DAY_ENDS
    return company.leads.assign(
        rep_id=rep_id,
        arm=arm,
        propensity=propensity,
        as_of=as_of,
        control_share=share,
        is_capped=False,
    )


def _means_of(values: Probability, cluster: NDArray[np.intp]) -> Probability:
    """Return the mean of each one's cluster, same shape."""
    return (np.bincount(cluster, values) / np.bincount(cluster))[cluster]
