"""In which order day and month are in a file, told by those dates that show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm.issues import listed
from crm.reading.dates import fitting_formats
from crm.table import Table

_FIRST = {"dm": "the day", "md": "the month"}
NAMED = 3


@dataclass(frozen=True)
class Orders:
    """The order of day and month in the columns of a file that show it.

    Attributes
    ----------
    columns
        ``dm`` or ``md`` -> a column, and a text of it that has no other reading.
    """

    columns: dict[str, list[tuple[str, str]]]

    def choose(self, forms: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
        """Return the only way of writing in the order of the file, () where none is."""
        if len(self.columns) != 1:
            return ()
        same = [f for f in forms if {order_of(one) for one in f} <= {*self.columns, ""}]
        return same[0] if len(same) == 1 else ()

    @property
    def why(self) -> str:
        """What the file shows, in words."""
        ((order, seen),) = self.columns.items()
        told = [f"{text!r} of {column}" for column, text in seen]
        return f"other dates of the file have {_FIRST[order]} first: " + listed(
            told, NAMED
        )


def order_of(form: str) -> str:
    """Return ``dm`` or ``md``, "" where a format has no day and month as numbers."""
    if form.startswith("%Y") or "%b" in form:
        return ""
    return "".join(sign for sign in form if sign in "dm")


def orders_in(table: Table) -> Orders:
    """Return the order of day and month in the columns of a file that show one."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in table.names:
        texts = [text for text in table.frame[name].unique() if text]
        if not texts or not fitting_formats(texts[:1]):
            continue
        for timed in (True, False):
            some = [text for text in texts if (":" in text) is timed]
            forms = fitting_formats(some)
            if len(forms) == 1 and (order := order_of(forms[0])):
                telling = (t for t in some if len(fitting_formats([t])) == 1)
                if text := next(telling, ""):
                    found.setdefault(order, []).append((name, text))
    return Orders(found)
