"""Expansion of the rows' likelihood near a point: working responses by rep."""

from collections.abc import Callable, Iterator
from typing import cast

import numpy as np
from scipy.special import expit

from scoring.rep_effects.likelihood import QuadraticLikelihood, Stack
from scoring.rep_effects.rows import RepRows

LEAST_WEIGHT = 1e-16
"""Of a row of certain outcome; it says next to nothing of the coefficients."""
PIECE = 4
"""A rep's rows are condensed by so many at once, in multiples of the columns."""
LEAST_PIECE = 64
GROWTH = 1.25
"""From one size of stacks to the next: so much of a stack may be zeros."""
STACK_ROWS, STACK_SQUARES = 60_000, 2_000_000
"""Numbers in a stack's columns, and in one square matrix per rep, at most."""

Table = Callable[[np.ndarray], np.ndarray]
"""Columns and response, (n, m, k + 1), of rows by position, (n, m); those of one line
have one owner."""


def expanded_near(rows: RepRows, coefficient: np.ndarray) -> QuadraticLikelihood:
    """Return the likelihood of rows by rep, expanded at coefficients, (n_reps, k)."""

    def working(row: np.ndarray) -> np.ndarray:
        columns, own = rows.columns[row], coefficient[rows.rep[row[:, 0]]]
        linear = np.einsum("nmk,nk->nm", columns, own)
        p = expit(rows.offset[row] + linear)
        root = np.sqrt(np.maximum(p * (1 - p), LEAST_WEIGHT))
        response = root * linear + (rows.won[row] - p) / root
        return np.dstack([root[:, :, None] * columns, response])

    n_columns = rows.columns.shape[1]
    stacks = tuple(condensed(working, rows.rep, n_columns))
    return QuadraticLikelihood(stacks, rows.n_reps, n_columns)


def condensed(table: Table, owner: np.ndarray, k: int) -> Iterator[Stack]:
    """Yield at most k rows per owner, which say the same as all their rows.

    Parameters
    ----------
    table
        Columns and responses of the rows.
    owner
        Each row's owner, (n_rows,), in order.
    k
        Number of columns.

    References
    ----------
    Demmel, Grigori, Hoemmen and Langou (2012), Communication-optimal parallel and
    sequential QR and LU factorizations, doi:10.1137/080731992: rows are condensed piece
    by piece, then what is left of the pieces.
    """
    start, length = pieces(owner, max(PIECE * k, LEAST_PIECE))
    of_piece = owner[start]
    whole = np.bincount(of_piece)[of_piece] == 1 if len(start) else np.zeros(0, bool)
    parts = []
    for piece in alike(length, k):
        part = padded(table, start[piece], length[piece])
        if part.shape[1] > k:
            part = cast("np.ndarray", np.linalg.qr(part, mode="r"))[:, :k]
        last = whole[piece]
        if last.any():
            done = part[last]
            yield Stack(of_piece[piece[last]], done[:, :, :k], done[:, :, k])
        parts.append((of_piece[piece[~last]], part[~last]))
    if not whole.all():
        yield from condensed(*flat(parts), k)


def pieces(owner: np.ndarray, longest: int) -> tuple[np.ndarray, np.ndarray]:
    """Return where pieces of no more than so many rows of one owner start, and lengths.

    Parameters
    ----------
    owner
        Each row's owner, (n_rows,), in order.
    longest
        Rows of a piece at most.
    """
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    start = np.flatnonzero(place % longest == 0)
    return start, np.diff(start, append=len(owner))


def alike(length: np.ndarray, k: int) -> Iterator[np.ndarray]:
    """Yield positions of pieces of about one length, few enough for a stack."""
    size = np.ceil(GROWTH ** np.ceil(np.log(length) / np.log(GROWTH) - 1e-9))
    size = np.where(length <= k, np.minimum(size, k), size).astype(int)
    for one in np.unique(size):
        members = np.flatnonzero(size == one)
        most = min(STACK_ROWS // (one * k), STACK_SQUARES // k**2)
        for begin in range(0, len(members), max(1, most)):
            yield members[begin : begin + max(1, most)]


def padded(table: Table, start: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Return the rows of each piece, and zeros up to the longest, (n, m, k + 1)."""
    place = np.arange(length.max())
    row = start[:, None] + np.minimum(place, length[:, None] - 1)
    return np.where((place < length[:, None])[:, :, None], table(row), 0.0)


def flat(parts: list[tuple[np.ndarray, np.ndarray]]) -> tuple[Table, np.ndarray]:
    """Return condensed pieces as rows in order of their owner, and the owners.

    Parameters
    ----------
    parts
        Owners, (n,), and rows, (n, m, k + 1), of some pieces each.
    """
    owner = np.concatenate([np.repeat(own, rows.shape[1]) for own, rows in parts])
    table = np.concatenate([rows.reshape(-1, rows.shape[2]) for _, rows in parts])
    order = np.argsort(owner, kind="stable")
    table = table[order]
    return lambda row: table[row], owner[order]
