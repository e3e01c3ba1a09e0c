"""How functions are compiled: once, without the interpreter's lock, and kept on disk.

The first solve on a machine compiles, which takes some twenty-five seconds; later ones
load the machine code in a fraction of one. It lies in a folder named by what the
sources say, so that no other version's is ever taken: under ``NUMBA_CACHE_DIR`` where
that is set, else beside the sources, else, where that cannot be written, among the
user's caches. Where none can, every process compiles for itself.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numba

config: Any = numba.config
Decorator = Callable[[Callable[..., Any]], Any]


def _folder() -> Path:
    """Return where machine code of exactly these sources is kept."""
    here = Path(__file__).parents[1]
    sources = sorted(here.rglob("*.py"))
    text = b"\0".join(source.read_bytes() for source in sources)
    name = f"price-{sha256(text).hexdigest()[:16]}"
    if config.CACHE_DIR:
        return Path(config.CACHE_DIR) / name
    beside = here / "__pycache__"
    if os.access(beside if beside.exists() else here, os.W_OK):
        return beside / name
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "rightrep" / name


FOLDER = _folder()


def _compiler(**options: Any) -> Decorator:
    options |= {"nogil": True, "error_model": "numpy"}

    def compiled(function: Callable[..., Any]) -> Any:
        # The folder is numba's for this function alone, not for the user's own ones.
        outside, config.CACHE_DIR = config.CACHE_DIR, str(FOLDER)
        try:
            return numba.njit(cache=True, **options)(function)
        except (RuntimeError, OSError):
            return numba.njit(**options)(function)
        finally:
            config.CACHE_DIR = outside

    return compiled


compiled = _compiler()
"""Compile a function of arrays and numbers."""
compiled_sweep = _compiler(fastmath={"nnan", "nsz"})
"""The same for sweeps over values that are numbers, the largest in any order."""
