"""Catalogues by name: the project's own entries, those of packages, and the user's."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from crm import suggestion
from solver.registry import plugins

Entry = TypeVar("Entry")


class UnknownNameError(KeyError, ValueError):
    """No entry has this name; the message has the nearest one."""

    def __str__(self) -> str:
        return str(self.args[0])


class Catalogue(Mapping[str, Entry], Generic[Entry]):
    """Name -> entry, in the order in which they became known.

    Reading it loads the plug-ins of installed packages once.

    Parameters
    ----------
    noun
        What an entry is, for messages.
    own
        Names of the project's own entries, which nobody can replace.
    load
        From such a name to its entry.
    """

    def __init__(
        self, noun: str, own: Iterable[str], load: Callable[[str], Entry]
    ) -> None:
        self.noun = noun
        self._own, self._load = tuple(own), load
        self._registered: dict[str, Entry] = {}
        self.n_registrations = 0

    def register(self, name: str, entry: Entry) -> None:
        """Add an entry; one registered before under this name is replaced.

        Raises
        ------
        ValueError
            Where the name is none, or one of the project's own.
        """
        if not name or name != name.strip() or name.splitlines() != [name]:
            raise ValueError(f"{name!r} is no name for a {self.noun}: one line of text")
        if name in self._own:
            raise ValueError(
                f"{name!r} is a {self.noun} of rightrep's own; choose another name"
            )
        self._registered[name] = entry
        self.n_registrations += 1

    def __getitem__(self, name: str) -> Entry:
        plugins.load_installed()
        if name in self._own:
            return self._load(name)
        if name in self._registered:
            return self._registered[name]
        raise unknown_name(self.noun, name, self)

    def __iter__(self) -> Iterator[str]:
        plugins.load_installed()
        yield from self._own
        yield from self._registered

    def __contains__(self, name: object) -> bool:
        plugins.load_installed()
        return name in self._own or name in self._registered

    def __len__(self) -> int:
        return sum(1 for _ in self)


def entry_of(entries: Mapping[str, Entry], noun: str, name: str) -> Entry:
    """Return the entry of this name.

    Raises
    ------
    UnknownNameError
        Where there is none, with the nearest name, or all there are.
    """
    if name not in entries:
        raise unknown_name(noun, name, entries)
    return entries[name]


def unknown_name(noun: str, name: str, names: Iterable[str]) -> UnknownNameError:
    """Return the error that names the nearest of the names, or all there are."""
    near = suggestion(name, names) or f"; there are {', '.join(names)}"
    return UnknownNameError(f"no {noun} {name!r}{near}")
