"""What the time limit kept from policies, with names and figures."""

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from crm import listed
from reporting.text.layout.layout import counted
from solver.policies import CutShort

MANY = 5
"""Rules named before the rest is counted."""
MORE_TIME = "A larger time_limit under solve leaves time for it."


def cut_short_sentence(cuts: Iterable[CutShort]) -> str:
    """Return what was cut short, policy by policy; "" where nothing was."""
    policies = defaultdict(list)
    for cut in cuts:
        if cut:
            policies[_what(cut)].append(cut.policy)
    parts = [f"{listed(names, len(names))} {what}" for what, names in policies.items()]
    told = f"Cut short by the time limit: {'; '.join(parts)}. {MORE_TIME}"
    return told if parts else ""


def _what(cut: CutShort) -> str:
    """Return how many allocations a policy made, and what they are not."""
    made = f"made {cut.n_drawn:,} of {counted(cut.n_wanted, 'draw')}"
    if not cut.n_open:
        return made
    is_optimum = cut.policy == "optimal"
    what = "proven optimal" if is_optimum else "repaired to the nearest allocation"
    return f"{made}, {cut.n_open:,} of them not {what}"


def cut_short_of_run(
    rule_costs: pd.DataFrame,
    cuts: Iterable[CutShort],
    time_limit: float,
    *,
    is_two_level: bool,
) -> list[str]:
    """Return what the time limit kept from a run, in sentences; empty for nothing.

    Parameters
    ----------
    rule_costs
        As :func:`solver.costs_of_rules` has them.
    cuts
        What it kept from the control policy.
    time_limit
        Seconds.
    is_two_level
        Whether teams were decided first, which proves no cost, however long it takes.
    """
    is_proven = rule_costs["proven"].to_numpy(dtype=bool)
    unproven = rule_costs["rule"][~is_proven].astype(str).tolist()
    costs = (
        f"{len(unproven):,} of {counted(len(rule_costs), 'rule cost')} could not be "
        f"proven within the time limit of {time_limit:g} s: {listed(unproven, MANY)}"
    )
    sentence = cut_short_sentence(cuts)
    is_told = bool(unproven) and not is_two_level
    return [costs] * is_told + [sentence] * bool(sentence)
