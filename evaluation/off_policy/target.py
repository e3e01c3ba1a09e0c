"""What a target policy would have done with logged leads."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from crm import DataError, Issue
from crm.issues import LISTED, issues_at
from evaluation.off_policy.log import Log
from evaluation.off_policy.log_checks import FIRST_ROW
from evaluation.off_policy.pairs import Pairs

TOLERANCE = 1e-6


@dataclass(frozen=True, eq=False)
class Target:
    """The probability with which a policy assigns each logged lead to each rep.

    Attributes
    ----------
    pairs
        The lead-rep pairs it may choose.
    probability
        Of each pair, (n_pairs,); those of a lead sum to at most 1, and with the rest
        of 1 the lead stays unassigned.
    """

    pairs: Pairs
    probability: NDArray[np.float64]

    @classmethod
    def from_table(cls, log: Log, table: pd.DataFrame) -> Self:
        """Return the policy that assigns leads as a table says.

        Reps to whom the log never assigned a lead are kept: what they would have won,
        the log cannot tell, and estimates say so.

        Parameters
        ----------
        log
            The logged leads.
        table
            ``lead_id``, ``rep_id`` and ``probability``, (n_pairs,); without
            ``probability`` each pair is certain.

        Raises
        ------
        DataError
            If a lead is not in the log, a pair appears twice, a probability is no
            number from 0 to 1, or those of a lead sum to more than 1.
        """
        leads = pd.Index(log.lead_id, dtype=object)
        lead = leads.get_indexer(pd.Index(table["lead_id"], dtype=object))
        rep, rep_ids = pd.factorize(table["rep_id"].to_numpy(dtype=object), sort=True)
        cells = table.get("probability", pd.Series(1.0, index=table.index))
        probability = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=np.float64)
        issues = [*_row_issues(table, lead, rep, probability)]
        if not issues:
            issues = [*_sum_issues(log, lead, probability)]
        if issues:
            raise DataError(issues)
        pairs = Pairs.from_positions(lead, rep, log.n_leads, list(rep_ids))
        return cls(pairs, probability[np.argsort(lead, kind="stable")])

    @property
    def planned(self) -> NDArray[np.float64]:
        """The probability that each lead is assigned to anyone, (n_leads,)."""
        return self.pairs.sum_of_lead(self.probability)

    def of_logged(self, log: Log) -> NDArray[np.float64]:
        """Return the probability of each lead's logged rep, (n_leads,)."""
        same = self.pairs.with_rep(log.rep_id)
        return self.pairs.sum_of_lead(np.where(same, self.probability, 0.0))


def uniform_target(log: Log, eligible: Pairs) -> Target:
    """Return the policy that draws each lead's rep uniformly among those eligible.

    Leads for which nobody is eligible stay unassigned.

    Parameters
    ----------
    log
        The logged leads.
    eligible
        The reps who may have each of them, (n_leads,) rows.

    Raises
    ------
    ValueError
        If `eligible` speaks of another number of leads.
    """
    if eligible.n_leads != log.n_leads:
        raise ValueError(
            f"reps eligible for {eligible.n_leads} leads, {log.n_leads} are logged"
        )
    return Target(eligible, 1.0 / eligible.n_of_lead[eligible.lead])


def _row_issues(
    table: pd.DataFrame,
    lead: NDArray[np.intp],
    rep: NDArray[np.intp],
    probability: NDArray[np.float64],
) -> list[Issue]:
    again = pd.DataFrame({"lead": lead, "rep": rep}).duplicated().to_numpy()
    checks = [
        ("lead_id", lead < 0, "not a lead of the log"),
        ("rep_id", rep < 0, "a policy assigns leads to somebody"),
        ("rep_id", (lead >= 0) & again, "this pair appears before"),
        (
            "probability",
            ~((probability >= 0) & (probability <= 1 + TOLERANCE)),
            "expected a number from 0 to 1",
        ),
    ]
    return [
        issue
        for name, wrong, expected in checks
        for issue in _named(table, name, wrong, expected)
    ]


def _named(
    table: pd.DataFrame, name: str, wrong: NDArray[np.bool_], expected: str
) -> list[Issue]:
    places = np.flatnonzero(wrong)
    cells = [str(cell) for cell in table[name].iloc[places]] if len(places) else []
    return issues_at("policy", expected, (places + FIRST_ROW).tolist(), cells, name)


def _sum_issues(
    log: Log, lead: NDArray[np.intp], probability: NDArray[np.float64]
) -> list[Issue]:
    total = np.bincount(lead, probability, log.n_leads)
    return [
        Issue(
            "policy",
            f"the probabilities of lead {log.lead_id[at]} sum to {total[at]:g}, "
            "expected at most 1",
            column="probability",
        )
        for at in np.flatnonzero(total > 1 + TOLERANCE)[:LISTED]
    ]
