"""Plug-ins are imported once; one that fails leaves nothing behind."""

import sys
from importlib.metadata import EntryPoint

import pytest

from solver.registry import plugins


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch):
    """Each test begins as a process does."""
    monkeypatch.setattr(plugins, "loaded", {})
    monkeypatch.setattr(plugins, "loaded_files", {})
    monkeypatch.setattr(plugins, "_is_loaded", False)
    for name in [name for name in sys.modules if name.startswith("rightrep_plugin_")]:
        monkeypatch.delitem(sys.modules, name)


def installed(monkeypatch, value):
    """Make one entry point known, as if a package had been installed."""
    point = EntryPoint("mine", value, plugins.GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point])


def test_a_file_is_imported_once(tmp_path):
    """By whatever path it is named; two files of one name are two modules."""
    (tmp_path / "other").mkdir()
    first, second = tmp_path / "mine.py", tmp_path / "other" / "mine.py"
    for path in (first, second):
        path.write_text("names = [__name__]\n")
    for path in (first, second, tmp_path / "other" / ".." / "mine.py"):
        plugins.load_plugin(str(path))
    one, two = plugins.loaded_files.values()
    assert one.names != two.names and list(plugins.loaded_files) == [first, second]


def test_a_file_that_fails_is_forgotten(tmp_path):
    """Mended, it can be loaded."""
    path = tmp_path / "mine.py"
    path.write_text("raise OSError('no network')\n")
    before = set(sys.modules)
    with pytest.raises(plugins.PluginError, match=r"mine.py cannot .* OSError: no net"):
        plugins.load_plugin(str(path))
    assert set(sys.modules) == before and not plugins.loaded
    path.write_text("x = 1\n")
    plugins.load_plugin(str(path))
    assert list(plugins.loaded.values()) == [str(path)]


def test_a_module_goes_by_its_dotted_name():
    """One that is not there is named."""
    plugins.load_plugin("wave")
    assert plugins.loaded == {"wave": "wave"}
    with pytest.raises(
        plugins.PluginError, match=r"the plug-in no\.such\.module cannot"
    ):
        plugins.load_plugin("no.such.module")


def test_installed_plugins_are_loaded_once(monkeypatch):
    """Whoever reads a catalogue first loads them."""
    installed(monkeypatch, "wave")
    plugins.load_installed()
    assert plugins.loaded == {"wave": "mine"}
    installed(monkeypatch, "no.such.module")
    plugins.load_installed()


def test_an_installed_plugin_that_fails_is_named(monkeypatch):
    """With what to do, since the user may not know that it is there."""
    installed(monkeypatch, "no.such.module")
    with pytest.raises(plugins.PluginError, match=r"plug-in mine .* mend or uninstall"):
        plugins.load_installed()


def test_where_an_exception_came_through_a_plugin(tmp_path):
    """The innermost of its lines; nothing where no plug-in took part."""
    path = tmp_path / "mine.py"
    path.write_text("def outer():\n    inner()\n\ndef inner():\n    int('x')\n")
    plugins.load_plugin(str(path))
    [module] = plugins.loaded_files.values()
    with pytest.raises(ValueError) as caught:
        module.outer()
    place = plugins.place_in_plugin(caught.value)
    assert place == f"the plug-in {path}, line 5, in inner"
    with pytest.raises(ValueError) as caught:
        int("y")
    assert plugins.place_in_plugin(caught.value) == ""
