"""How functions are compiled: once, kept on disk, and without the interpreter's lock.

The machine code lies beside the sources, or where ``NUMBA_CACHE_DIR`` says; where
neither can be written, numba takes a folder of the user's.
"""

from numba import njit

compiled = njit(cache=True, nogil=True, error_model="numpy")
"""Compile a function of arrays and numbers."""
compiled_sweep = njit(
    cache=True, nogil=True, error_model="numpy", fastmath={"nnan", "nsz"}
)
"""The same for sweeps over values that are numbers, whose largest may come in any order."""
