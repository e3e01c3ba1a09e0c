"""Which rep a person means who writes an id, a name, or both."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

import pandas as pd

from crm import listed, suggestion
from crm.rep_names import names_of
from reporting.text.words.people import rep_name

_WITH_ID = re.compile(r".*\((?P<rep_id>[^()]+)\)")
MOST_NAMED = 5


@dataclass(frozen=True, eq=False)
class RepChoice:
    """The reps of the table, to be found by what people write.

    Attributes
    ----------
    names
        rep_id -> name.
    """

    names: dict[str, str]
    _by_name: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        by_name = defaultdict(list)
        for rep_id, name in self.names.items():
            by_name[_plain(name)].append(rep_id)
        object.__setattr__(self, "_by_name", dict(by_name))

    @classmethod
    def of(cls, reps: pd.DataFrame) -> "RepChoice":
        """Return the choice among a table of reps."""
        return cls(names_of(reps))

    def meant(self, text: str) -> str:
        """Return the rep's id, "" for an empty text.

        Raises
        ------
        ValueError
            Where no rep has this id or name, or several have the name.
        """
        if text in self.names or not text:
            return text
        with_id = _WITH_ID.fullmatch(text)
        if with_id and with_id["rep_id"].strip() in self.names:
            return with_id["rep_id"].strip()
        found = self._by_name.get(_plain(text), [])
        if len(found) == 1:
            return found[0]
        if not found:
            near = suggestion(text, [*self.names, *self.names.values()])
            raise ValueError(f"no rep of the reps table{near}")
        named = [rep_name(rep_id, self.names) for rep_id in found]
        raise ValueError(f"several reps have this name: {listed(named, MOST_NAMED)}")


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
