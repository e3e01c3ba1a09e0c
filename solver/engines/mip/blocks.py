"""Blocks of pairs: the leads that one owner must have, or each lead alone."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from solver.engines.mip.model import Model

HALVINGS = 20
"""Steps of a bisection for the share of a block's gain that its leads are priced at."""


@dataclass(frozen=True, eq=False)
class Blocks:
    """Pairs sorted into cells (one owner of a block), and cells into blocks.

    Attributes
    ----------
    order
        Shape (n_pairs,); the pairs in this order have their cells together.
    lead, link
        Shape (n_pairs,), in that order: the lead, and the row by which a pair needs its
        owner, or -1.
    first_pair
        Shape (n_cells,); where each cell begins.
    block
        Shape (n_cells,); the block of each cell.
    first_cell
        Shape (n_blocks,); where each block begins.
    choice
        Shape (n_blocks,); the row by which the block has one owner, or -1.
    """

    order: NDArray[np.int64]
    lead: NDArray[np.int64]
    link: NDArray[np.int64]
    first_pair: NDArray[np.int64]
    block: NDArray[np.int64]
    first_cell: NDArray[np.int64]
    choice: NDArray[np.int64]

    @classmethod
    def of(cls, model: Model) -> Self:
        """Return the blocks of a program.

        A lead in several groups is in the block of the first. Groups that may be broken
        at a small cost are no blocks.
        """
        link = _links(model)
        blocks = cls._sorted(model, link)
        net = np.maximum(model.program.gain[blocks.order], 0.0)
        largest = np.maximum.reduceat(blocks._of_cells(net), blocks.first_cell)
        loose = blocks.choice[largest > model.highest_price[blocks.choice]]
        choice_of_pair = blocks.choice[blocks._block_of_pair]
        is_loose = np.isin(choice_of_pair, loose[loose >= 0])
        link[blocks.order[is_loose]] = -1
        return cls._sorted(model, link)

    @classmethod
    def _sorted(cls, model: Model, link: NDArray[np.int64]) -> Self:
        problem, linked = model.problem, link >= 0
        owner = np.arange(problem.n_pairs)
        owner[linked] = model.owner_of_row[link[linked]]
        choice = np.full(problem.n_pairs, -1)
        choice[linked] = model.choice_of_owner[owner[linked]]
        block = np.where(linked, problem.n_leads + choice, problem.lead)
        order = np.lexsort((owner, block))
        first_pair = _firsts(owner[order])
        first_cell = _firsts(block[order][first_pair])
        sizes = np.diff(first_cell, append=len(first_pair))
        return cls(
            order=order,
            lead=problem.lead[order],
            link=link[order],
            first_pair=first_pair,
            block=np.repeat(np.arange(len(first_cell)), sizes),
            first_cell=first_cell,
            choice=choice[order][first_pair][first_cell],
        )

    @cached_property
    def _cell_of_pair(self) -> NDArray[np.int64]:
        sizes = np.diff(self.first_pair, append=len(self.order))
        return np.repeat(np.arange(len(self.first_pair)), sizes)

    def _of_cells(self, gain: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.add.reduceat(gain, self.first_pair)

    def largest(self, gain: NDArray[np.float64]) -> float:
        """Return what all blocks gain, each with its best owner."""
        return float(np.maximum.reduceat(self._of_cells(gain), self.first_cell).sum())

    def soft_largest(
        self, gain: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64]]:
        """Return the same with a soft maximum, and its weight of each pair's owner."""
        cells = self._of_cells(gain)
        most = np.maximum.reduceat(cells, self.first_cell)
        weight = np.exp(cells - most[self.block])
        total = np.add.reduceat(weight, self.first_cell)
        chosen = weight / total[self.block]
        return float((most + np.log(total)).sum()), chosen[self._cell_of_pair]

    def with_owners_priced(
        self, model: Model, price: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return the prices with those of owners that prove most, shape (n_rows,).

        As much as possible of a block's gain is left to its leads, in the parts that
        they have at the best owner, so that each lead tells what it loses.

        Parameters
        ----------
        price
            Shape (n_rows,); all but those of owners are kept.
        """
        is_linked, is_choice = self.link >= 0, self.choice >= 0
        price = price.copy()
        price[: model.problem.n_leads] = 0.0
        price[self.link[is_linked]] = 0.0
        price[self.choice[is_choice]] = 0.0
        net = (model.program.gain - model.rows.T @ price)[self.order]
        spare = np.maximum(net - self._priced_leads(np.maximum(net, 0.0)), 0.0)
        most = np.maximum.reduceat(self._of_cells(spare), self.first_cell)
        price[self.link[is_linked]] = spare[is_linked]
        price[self.choice[is_choice]] = most[is_choice]
        return price

    def _priced_leads(self, gain: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the price of each pair's lead, shape (n_pairs,)."""
        cells = self._of_cells(gain)
        most = np.maximum.reduceat(cells, self.first_cell)
        is_best = (cells == most[self.block])[self._cell_of_pair]
        of_lead = np.zeros(int(self.lead.max(initial=-1)) + 1)
        np.maximum.at(of_lead, self.lead[is_best], gain[is_best])
        whole = of_lead[self.lead]
        low, high = np.zeros(len(most)), np.ones(len(most))
        for _ in range(HALVINGS):
            part = (low + high) / 2
            left = np.maximum(gain - part[self._block_of_pair] * whole, 0.0)
            largest = np.maximum.reduceat(self._of_cells(left), self.first_cell)
            is_enough = largest <= (1 - part) * most
            low, high = np.where(is_enough, part, low), np.where(is_enough, high, part)
        return np.asarray(low[self._block_of_pair] * whole)

    @cached_property
    def _block_of_pair(self) -> NDArray[np.int64]:
        return self.block[self._cell_of_pair]


def _links(model: Model) -> NDArray[np.int64]:
    """Return the first row by which each pair needs an owner, or -1."""
    link = np.full(model.problem.n_pairs, -1)
    pair, _, row = model.links
    link[pair[::-1]] = row[::-1]
    return link


def _firsts(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where each run of equal keys begins."""
    return np.flatnonzero(np.append(True, key[1:] != key[:-1]))
