"""What is known by name: the project's own, installed packages', and the user's."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from crm import suggestion
from solver.registry import plugins

Entry = TypeVar("Entry")


class UnknownNameError(KeyError):
    """Nobody registered this name; the message has the nearest one."""

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
        The project's own entries, which nobody can replace.
    """

    def __init__(self, noun: str, own: Mapping[str, Entry]) -> None:
        self.noun = noun
        self._own = dict(own)
        self._registered: dict[str, Entry] = {}

    def register(self, name: str, entry: Entry) -> None:
        """Make an entry known; one registered before under this name is replaced.

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

    def __getitem__(self, name: str) -> Entry:
        plugins.load_installed()
        for entries in (self._own, self._registered):
            if name in entries:
                return entries[name]
        near = suggestion(name, self) or f"; there are {', '.join(self)}"
        raise UnknownNameError(f"no {self.noun} {name!r}{near}")

    def __iter__(self) -> Iterator[str]:
        plugins.load_installed()
        yield from self._own
        yield from self._registered

    def __len__(self) -> int:
        return sum(1 for _ in self)
