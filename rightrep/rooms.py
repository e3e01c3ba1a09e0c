"""Where the packages of rightrep are, and that Python takes them from there.

They are top-level packages with plain names, such as ``crm`` and ``solver``. In a
checkout they lie beside this package; an installed rightrep keeps them in a folder of
its own, so that another package with such a name neither overwrites them nor is
overwritten.
"""

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

ROOMS = (
    "crm",
    "scoring",
    "solver",
    "evaluation",
    "reporting",
    "ledger",
    "scenarios",
    "runs",
    "commands",
    "cli",
)
LIBRARY = tuple(room for room in ROOMS if room not in {"commands", "cli"})
"""Those that are no part of the command line."""
INSTALLED = Path(__file__).parent / "installed_rooms"
HOME = INSTALLED if INSTALLED.is_dir() else Path(__file__).resolve().parents[1]
"""The folder that holds them."""


class ForeignModuleError(ImportError):
    """Python takes a package of rightrep's name from elsewhere."""


def put_first() -> None:
    """Make Python look for our packages before all others, for the command."""
    home = str(HOME)
    if sys.path[:1] != [home]:
        sys.path[:] = [home, *(path for path in sys.path if path != home)]


def own_module(name: str) -> ModuleType:
    """Return a module of ours, for a library.

    All rooms are imported first, which takes a few milliseconds: from then on they are
    ours whatever the path holds, and the path stays as it was.

    Raises
    ------
    ForeignModuleError
        Where another package with the name of a room was imported before.
    """
    before = list(sys.path)
    put_first()
    try:
        refuse_foreign(*LIBRARY)
        for room in LIBRARY:
            import_module(room)
        return import_module(name)
    finally:
        sys.path[:] = before


def refuse_foreign(*rooms: str) -> None:
    """Raise where Python takes any of these packages from elsewhere.

    Raises
    ------
    ForeignModuleError
        Names the packages and where they come from.
    """
    foreign = {room: place for room in rooms if (place := _foreign_place(room))}
    if foreign:
        places = ", ".join(f"{room!r} from {place}" for room, place in foreign.items())
        raise ForeignModuleError(
            f"rightrep needs its own modules in {HOME}, but Python takes {places}. "
            "Rename or move those, or take their folder off PYTHONPATH."
        )


def _foreign_place(room: str) -> str:
    """Return where a package comes from that is not ours, or ""."""
    loaded = sys.modules.get(room)
    if loaded is not None:
        place = getattr(loaded, "__file__", None) or str(loaded)
    else:
        spec = find_spec(room)
        place = "nowhere" if spec is None else str(spec.origin)
    is_ours = place != "nowhere" and _is_inside_home(place)
    return "" if is_ours else place


def _is_inside_home(place: str) -> bool:
    try:
        return Path(place).resolve().is_relative_to(HOME.resolve())
    except (OSError, ValueError):
        return False
