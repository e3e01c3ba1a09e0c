"""Where rows of separated text end, in bytes that can be read in one way only."""

import csv
from dataclasses import dataclass

import numpy as np

_QUOTE, _LINE_END, _RETURN, _SPACE, _ASCII = 34, 10, 13, 32, 127
MARK = b"\xef\xbb\xbf"
"""A byte order mark, as joined files have inside."""


class UnsureError(ValueError):
    """The bytes may be read in another way, or are damaged."""


@dataclass(frozen=True)
class Rows:
    """Whole rows of equally many cells.

    Attributes
    ----------
    text
        The rows, empty lines left out.
    numbers
        Shape (n,), int64: the place of each row, the first being 1.
    maybe_blank
        Shape (n,) bool: which rows may have no text, by their first letters.
    is_plain
        Whether all cells are visible ASCII without needless spaces.
    n_rows
        The number of rows with the empty lines.
    rest
        The bytes after the last whole row.
    """

    text: bytes
    numbers: np.ndarray
    maybe_blank: np.ndarray
    is_plain: bool
    n_rows: int
    rest: bytes


def regular_rows(content: bytes, separator: str, width: int) -> Rows:
    """Return the rows of the content, up to the last one that is whole.

    Parameters
    ----------
    content
        Bytes from the start of a row on.
    separator
        Between cells.
    width
        Number of cells of a row.

    Raises
    ------
    UnsureError
        If a quote stands inside a cell, a row is not as wide or longer than a cell
        may be, or the bytes are no UTF-8 text with usual line ends.
    """
    sign = separator.encode()
    if len(sign) > 1:
        raise UnsureError
    raw = np.frombuffer(content, dtype=np.uint8)
    quotes = np.flatnonzero(raw == _QUOTE)
    ends = _outside(np.flatnonzero(raw == _LINE_END), quotes)
    if not len(ends):
        return Rows(b"", ends, ends == 0, True, 0, content)
    size = int(ends[-1]) + 1
    _refuse_odd_bytes(content[:size])
    quotes = quotes[quotes < size]
    _refuse_inner_quotes(raw, quotes, sign[0])
    separators = _outside(np.flatnonzero(raw[:size] == sign[0]), quotes)
    starts = np.concatenate([[0], ends[:-1] + 1])
    empty = _empty(raw, starts, ends) if width > 1 else np.zeros(len(ends), dtype=bool)
    n_separators = np.diff(np.searchsorted(separators, ends), prepend=0)
    longest = (ends - starts).max()
    if (n_separators[~empty] != width - 1).any() or longest > csv.field_size_limit():
        raise UnsureError
    text = content[:size]
    if empty.any():
        text = b"".join(
            content[start : end + 1]
            for start, end in zip(starts[~empty], ends[~empty], strict=True)
        )
    numbers = np.flatnonzero(~empty) + 1
    maybe_blank = _no_letter(raw, starts[~empty], sign[0])
    marks = np.concatenate([ends, separators])
    is_plain = text.isascii() and _is_plain(raw[:size], marks, sign[0])
    return Rows(text, numbers, maybe_blank, is_plain, len(ends), content[size:])


def _is_plain(raw: np.ndarray, marks: np.ndarray, separator: int) -> bool:
    """Tell whether ASCII text has visible letters and single spaces inside cells."""
    unseen = np.count_nonzero((raw < _SPACE) | (raw == _ASCII))
    between = np.count_nonzero(raw[marks] < _SPACE) + np.count_nonzero(raw == _RETURN)
    if unseen > between:
        return False
    spaces = np.flatnonzero(raw == _SPACE)
    around = raw[np.concatenate([np.maximum(spaces - 1, 0), spaces + 1])]
    is_first = len(spaces) > 0 and spaces[0] == 0
    inside = (around > _SPACE) & (around != separator) & (around != _QUOTE)
    return bool(inside.all() and not is_first)


def _no_letter(raw: np.ndarray, starts: np.ndarray, separator: int) -> np.ndarray:
    """Tell which rows begin with no visible ASCII letter, a quote left out."""
    first = raw[starts]
    first = np.where(first == _QUOTE, raw[np.minimum(starts + 1, len(raw) - 1)], first)
    return (first <= _SPACE) | (first >= _ASCII) | np.isin(first, (separator, _QUOTE))


def _refuse_odd_bytes(content: bytes) -> None:
    if b"\0" in content or (not content.isascii() and MARK in content):
        raise UnsureError
    if b"\r" in content and content.count(b"\r") != content.count(b"\r\n"):
        raise UnsureError


def _outside(places: np.ndarray, quotes: np.ndarray) -> np.ndarray:
    """Return the places that are not between an opening and a closing quote."""
    if not len(quotes):
        return places
    return places[np.searchsorted(quotes, places) % 2 == 0]


def _refuse_inner_quotes(raw: np.ndarray, quotes: np.ndarray, separator: int) -> None:
    """Raise where a quote is neither at the end of a cell nor doubled inside one."""
    opening, closing = quotes[::2], quotes[1::2]
    doubled = closing[:-1] + 1 == opening[1:]
    before = raw[np.maximum(opening - 1, 0)]
    starts = (before == separator) | (before == _LINE_END) | (opening == 0)
    starts[1:] |= doubled
    after = raw[np.minimum(closing + 1, len(raw) - 1)]
    stops = (after == separator) | (after == _LINE_END) | (after == _RETURN)
    stops[:-1] |= doubled
    if not (starts.all() and stops.all()):
        raise UnsureError


def _empty(raw: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Tell which rows are lines without anything, shape (n_rows,) bool."""
    lengths = ends - starts
    bare_return = (lengths == 1) & (raw[starts] == _RETURN)
    return (lengths == 0) | bare_return
