"""Randomisation by lead: each draws its arm, all slots and limits holding."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.engines.flow.tree import Tree
from solver.problem.solution import Solution
from solver.randomised.assignment import SHARES, Draw, RandomisedAssignment
from solver.randomised.marginals import Marginals
from solver.randomised.rounding import rounded_up

UNASSIGNED = -1


class Options(NamedTuple):
    """Ways in which leads may be served, of which each lead draws one.

    Attributes
    ----------
    lead, pair
        Shape (k,); the lead, and the pair it gets or ``UNASSIGNED``.
    part
        Shape (k,); how likely it is, in parts of the whole.
    """

    lead: NDArray[np.int64]
    pair: NDArray[np.int64]
    part: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RandomisedByLead(RandomisedAssignment):
    """Both arms in one random allocation, drawn as a whole.

    First one allocation of the control policy is drawn. Its mix with the optimal arm
    is feasible, since both are; the mix is then rounded to whole leads, so that each
    lead is in the control arm with probability `share`, and no slot or limit is
    exceeded, whatever the draw.

    Attributes
    ----------
    tree
        The problem's slots and limits.
    """

    tree: Tree

    design: ClassVar[str] = "lead"

    @property
    def expected_objective(self) -> float:
        """The objective that the allocation has on average over all draws."""
        mixes = [self._mix(solution) for solution in self.control] or [self.optimal]
        return float(np.mean([mix.objective for mix in mixes]))

    def draw(self, rng: np.random.Generator) -> Draw:
        """Return a random allocation, every pair as likely as its propensity."""
        optimal, control = self._optimal_options, self._control_options(rng)
        options = Options(*map(np.concatenate, zip(optimal, control, strict=True)))
        drawn = np.flatnonzero(self._drawn(options, rng))
        lead = options.lead[drawn]
        pair, is_control = (np.empty(len(lead), kind) for kind in (np.int64, bool))
        pair[lead] = options.pair[drawn]
        is_control[lead] = drawn >= len(optimal.lead)
        return Draw(Solution(self.problem, pair), is_control)

    @property
    def _whole(self) -> int:
        return SHARES * self.optimal.whole

    def _mix(self, control: Solution) -> Marginals:
        part = (SHARES - self.share) * self.optimal.part
        part[control.chosen] += self.share * self.optimal.whole
        return Marginals(self.problem, part, self._whole)

    @cached_property
    def _optimal_options(self) -> Options:
        """The options of the optimal arm, in an order that rows do not change."""
        problem, optimal = self.problem, self.optimal
        pairs = np.flatnonzero(optimal.part)
        skipped = np.flatnonzero(optimal.unassigned)
        lead = np.concatenate([problem.lead[pairs], skipped])
        pair = np.concatenate([pairs, np.full(len(skipped), UNASSIGNED)])
        part = np.concatenate([optimal.part[pairs], optimal.unassigned[skipped]])
        rep = np.append(_ranks(problem.rep_ids), UNASSIGNED)
        rep_of_pair = np.append(problem.rep, problem.n_reps)[pair]
        order = np.lexsort((rep[rep_of_pair], _ranks(problem.lead_ids)[lead]))
        return Options(lead[order], pair[order], (SHARES - self.share) * part[order])

    def _control_options(self, rng: np.random.Generator) -> Options:
        """Return the control arm's options after one of its allocations is drawn."""
        if not self.share:
            return Options(*(np.empty(0, np.int64) for _ in Options._fields))
        pair = self.control[rng.integers(len(self.control))].pair
        part = np.full(len(pair), self.share * self.optimal.whole)
        return Options(self._by_id, pair[self._by_id], part)

    @cached_property
    def _by_id(self) -> NDArray[np.int64]:
        return np.argsort(self.problem.lead_ids.astype(str))

    def _drawn(self, options: Options, rng: np.random.Generator) -> NDArray[np.bool_]:
        """Return which options are drawn, exactly one of each lead."""
        tree, n_leads = self.tree, self.problem.n_leads
        leaf = np.append(tree.leaf, tree.root)[options.pair]
        inner = _flow_of_nodes(tree, leaf, options.part) % self._whole
        nodes = self._nodes_by_name
        up = rounded_up(
            np.concatenate([options.lead, n_leads + nodes]),
            n_leads + np.concatenate([leaf, tree.parent[nodes]]),
            np.concatenate([options.part % self._whole, inner[nodes]]),
            self._whole,
            rng,
        )
        return up[: len(leaf)] | (options.part == self._whole)

    @cached_property
    def _nodes_by_name(self) -> NDArray[np.int64]:
        """The tree's nodes in an order that rows do not change."""
        problem = self.problem
        names = [f"{limit.rule}\0{limit.what}\0{limit.key}" for limit in problem.limits]
        limits = np.argsort(np.array(names, dtype=str), kind="stable")
        reps = np.argsort(problem.rep_ids.astype(str))
        return np.concatenate([reps, problem.n_reps + limits])


def _ranks(ids: NDArray[np.object_]) -> NDArray[np.int64]:
    return np.unique(ids.astype(str), return_inverse=True)[1]


def _flow_of_nodes(
    tree: Tree, leaf: NDArray[np.int64], part: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the parts that flow through each node, shape (n_nodes,)."""
    flow = np.zeros(tree.root + 1, dtype=np.int64)
    np.add.at(flow, leaf, part)
    for node in tree.inside_out:
        flow[tree.parent[node]] += flow[node]
    return flow[:-1]
