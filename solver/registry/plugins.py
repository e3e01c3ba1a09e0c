"""Modules outside the project that register rules and policies when imported."""

import sys
import traceback
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

GROUP = "rightrep.plugins"
"""Entry points of this group name the modules of installed packages."""

loaded_files: dict[Path, ModuleType] = {}
"""Plug-ins that were given as files: path -> module."""

loaded: dict[str, str] = {}
"""Name of the module of each plug-in -> its name in messages."""

_is_loaded = False


class PluginError(Exception):
    """A plug-in cannot be loaded; nothing it offers is known."""


def load_plugin(name: str) -> None:
    """Import a plug-in: a Python file, or a module by its dotted name.

    Raises
    ------
    PluginError
        Where there is none, or importing it fails.
    """
    try:
        if name.endswith(".py"):
            _load_file(Path(name))
        else:
            import_module(name)
            loaded[name] = name
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
        raise PluginError(f"the plug-in {name} cannot be loaded: {problem}") from error


def place_in_plugin(error: BaseException) -> str:
    """Return where an exception came through a plug-in, empty where it did not."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        module = str(frame.f_globals.get("__name__", ""))
        for name, shown in loaded.items():
            if module == name or module.startswith(f"{name}."):
                place = f"the plug-in {shown}, line {line}, in {frame.f_code.co_name}"
    return place


def load_installed() -> None:
    """Import the plug-ins that installed packages declare, once in a process.

    Raises
    ------
    PluginError
        Where one cannot be imported.
    """
    global _is_loaded
    if _is_loaded:
        return
    _is_loaded = True
    for entry_point in entry_points(group=GROUP):
        _load_entry_point(entry_point)


def _load_entry_point(entry_point: EntryPoint) -> None:
    try:
        entry_point.load()
        loaded[entry_point.module] = entry_point.name
    except Exception as error:
        package = entry_point.dist.name if entry_point.dist else entry_point.value
        problem = f"{type(error).__name__}: {error}"
        raise PluginError(
            f"the plug-in {entry_point.name} of the package {package} cannot be "
            f"loaded: {problem}; mend or uninstall the package"
        ) from error


def _load_file(path: Path) -> None:
    """Import a file once, under a name that no other module has."""
    place = path.resolve(strict=True)
    if place in loaded_files:
        return
    name = f"rightrep_plugin_{len(loaded_files)}_{place.stem}"
    spec = spec_from_file_location(name, place)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    loaded_files[place] = module
    loaded[name] = str(path)
