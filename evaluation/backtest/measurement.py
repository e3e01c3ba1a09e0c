"""What logged outcomes say of the policies that were replayed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from evaluation.backtest.replay import SHUFFLED, Replay
from evaluation.interval import Interval
from evaluation.off_policy import (
    LiftEstimate,
    Log,
    Target,
    ValueEstimate,
    cross_fit,
    estimate_lift,
    estimate_value,
)


@dataclass(frozen=True)
class MeasuredPolicy:
    """One policy: what the model expected of it, and what the log measures.

    Attributes
    ----------
    policy
        Its name.
    expected
        The model expectation per lead, in the log's unit.
    value
        What it would have won per lead.
    lift
        What it wins beyond the baseline; `None` for the baseline itself.
    utilisation, matching
        The two parts of the lift: other loads and other leads served, and the right
        rep for the right lead. `None` where they are not known, or not apart.
    """

    policy: str
    expected: float
    value: ValueEstimate
    lift: LiftEstimate | None
    utilisation: Interval | None
    matching: Interval | None


def measure(
    replayed: Replay, log: Log, policies: Sequence[str], baseline: str, seed: int
) -> tuple[MeasuredPolicy, ...]:
    """Return what the log measures of each policy.

    Parameters
    ----------
    replayed
        What the policies would have done; leads that the log leaves out are ignored.
    log
        Leads with propensities and final outcomes, all of them replayed.
    policies, baseline
        Names of policies that were replayed.
    seed
        Of the bootstrap.
    """
    model = cross_fit(log)
    targets = {
        name: Target.from_table(log, table[table["lead_id"].isin(log.lead_id)])
        for name, table in replayed.targets.items()
    }
    lift = partial(estimate_lift, log, model=model, seed=seed)
    expected = replayed.expected.set_index("lead_id").loc[list(log.lead_id)].mean()
    found = []
    for name in policies:
        is_baseline = name == baseline
        of_lift = None if is_baseline else lift(targets[name], targets[baseline])
        parts: tuple[Interval | None, Interval | None] = (None, None)
        dealt = targets.get(f"{name}{SHUFFLED}")
        if dealt is not None and of_lift is not None and of_lift.headline is not None:
            by_loads = lift(dealt, targets[baseline])
            parts = by_loads.headline, relative(lift(targets[name], dealt), of_lift)
        value = estimate_value(log, targets[name], model, seed)
        found.append(
            MeasuredPolicy(name, float(expected[name]), value, of_lift, *parts)
        )
    return tuple(found)


def relative(matched: LiftEstimate, lift: LiftEstimate) -> Interval | None:
    """Return what matching adds, as a share of what the baseline wins."""
    gain, floor = matched.difference, lift.baseline_value
    if gain is None or floor is None:
        return None
    ends = (gain.estimate, gain.low, gain.high)
    return Interval(*(end / floor.estimate for end in ends))
