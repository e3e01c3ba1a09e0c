"""Values of Arrow columns as text cells, each distinct one written once."""

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from crm.cells import cell_text

_EXACT = {2: 2.0**11, 4: 2.0**24}
"""Bytes of a number -> from where it does not hold every whole one."""
_YEARS = np.datetime64("0001-01-01"), np.datetime64("9999-12-31")
_FINER: tuple[tuple[str, Literal["us", "ns"]], ...] = (("s", "us"), ("us", "ns"))
"""Units of times, and those in which they are written that do not fit into them."""
_UTC = {None: "", "UTC": "+00:00"}
"""Zone of times whose clocks show UTC -> the offset that is written."""


def arrow_texts(column: Any) -> NDArray[np.object_]:
    """Return a column as text cells, shape (n_rows,), as `cell_text` writes them.

    Raises
    ------
    ValueError, OverflowError
        Where a value is none that Python has.
    """
    texts = [_chunk_texts(chunk) for chunk in column.chunks]
    return np.concatenate([np.empty(0, dtype=object), *texts])


def _chunk_texts(chunk: Any) -> NDArray[np.object_]:
    from pyarrow.types import is_float16, is_float32

    if is_float16(chunk.type) or is_float32(chunk.type):
        floats = chunk.to_numpy(zero_copy_only=False)
        short = map(_short_text, floats, floats.astype(np.float64).tolist())
        return _objects(list(short))
    chunk = _with_dictionary(chunk)
    if not hasattr(chunk, "dictionary"):
        return _objects([cell_text(cell) for cell in chunk.to_pylist()])
    distinct = _objects([*_distinct_texts(chunk.dictionary), ""])
    codes = chunk.indices.fill_null(len(distinct) - 1)
    return distinct[codes.to_numpy(zero_copy_only=False)]


def _objects(texts: list[str]) -> NDArray[np.object_]:
    return np.array(texts, dtype=object)


def _with_dictionary(chunk: Any) -> Any:
    """Return the values with each distinct one held once, where Arrow can do that.

    A part of a chunk has the dictionary of the whole, which may be much longer.
    """
    from pyarrow import ArrowNotImplementedError

    if hasattr(chunk, "dictionary"):
        if len(chunk.dictionary) <= len(chunk):
            return chunk
        chunk = chunk.dictionary_decode()
    try:
        return chunk.dictionary_encode()
    except ArrowNotImplementedError:
        return chunk


def _distinct_texts(values: Any) -> list[str]:
    from pyarrow.types import is_float64, is_integer, is_string, is_timestamp

    if is_float64(values.type):
        return _float_texts(values.to_numpy(zero_copy_only=False))
    if is_timestamp(values.type) and values.type.tz in _UTC and not values.null_count:
        moments = values.to_numpy(zero_copy_only=False)
        if len(moments) and _YEARS[0] <= moments.min() and moments.max() < _YEARS[1]:
            return _moment_texts(moments, _UTC[values.type.tz])
    if not values.null_count and (is_string(values.type) or is_integer(values.type)):
        return [str(value).strip() for value in values.to_pylist()]
    return list(map(cell_text, values.to_pylist()))


def _float_texts(numbers: NDArray[np.float64]) -> list[str]:
    texts = list(map(repr, numbers.tolist()))
    is_odd = np.isnan(numbers) | (np.trunc(numbers) == numbers)
    for place in np.flatnonzero(is_odd).tolist():
        texts[place] = cell_text(float(numbers[place]))
    return texts


def _moment_texts(moments: NDArray[np.datetime64], offset: str) -> list[str]:
    """Return ISO 8601 texts with as many digits of a second as each needs."""
    texts = np.datetime_as_string(moments, unit="s").astype(object)
    for coarse, unit in _FINER:
        finer = moments != moments.astype(f"datetime64[{coarse}]")
        texts[finer] = np.datetime_as_string(moments[finer], unit=unit)
    return (texts + offset).tolist()


def _short_text(short: np.floating, value: float) -> str:
    """Return a number of few bits as text, with an exponent where digits are lost."""
    if np.isnan(short) or (value.is_integer() and abs(value) < _EXACT[short.itemsize]):
        return cell_text(value)
    if value.is_integer():
        return np.format_float_scientific(short, trim="-")
    return str(short)
