"""The shapes of texts, their digits made equal: many cells have few of them."""

import re
from collections.abc import Sequence

import numpy as np

_DIGITS = str.maketrans("123456789", "0" * 9)
_END = "\n"


def have_shape(texts: Sequence[str], pattern: re.Pattern[str]) -> np.ndarray:
    """Tell which texts match as a whole, shape (n,) bool; each shape is tried once.

    Parameters
    ----------
    texts
        Texts, mostly without line breaks.
    pattern
        What takes any digit where it takes a 0.
    """
    shapes = _END.join(texts).translate(_DIGITS).split(_END)
    if len(shapes) != len(texts):
        shapes = [text.translate(_DIGITS) for text in texts]
    whole = {shape: bool(pattern.fullmatch(shape)) for shape in set(shapes)}
    return np.fromiter(map(whole.__getitem__, shapes), dtype=bool, count=len(texts))


def consist_of(texts: Sequence[str], characters: str) -> bool:
    """Tell whether the texts have none but these characters."""
    return not set("".join(texts)).difference(characters)
