"""Variants as the command line asks for them."""

from collections.abc import Sequence
from typing import Any

from crm import TABLES, Where, shorten
from scenarios.changes.change import Change
from scenarios.changes.keys import RULES_KEY
from scenarios.changes.new_value import NewValue, values_of
from scenarios.changes.rows import where_of
from scenarios.changes.scenario_changes import KeyChange, RuleOff
from scenarios.changes.table_changes import CellChange, NewRep, RepAway
from scenarios.changes.variant import Variant, combined
from scenarios.changes.wording import split_outside, unquoted
from scenarios.errors import fault

LIKE = "like"
SWITCH = ".enabled"
"""Key of a rule, false where it is left out."""
_SET = "expected a path and a value, such as rules.capacity.factor=1.2"


def asked_variants(
    sets: Sequence[str] = (),
    where: Sequence[str] = (),
    off: Sequence[str] = (),
    reps: Sequence[str] = (),
    away: Sequence[str] = (),
    more: Sequence[Variant] = (),
) -> list[Variant]:
    """Return the variants of a command line: every combination of ranges and lists.

    Parameters
    ----------
    sets
        ``path=value``: a key of the scenario, or ``table.column``.
    where
        ``column=value``: the rows that the latter are about.
    off
        Names of rules.
    reps
        ``R9: daily_capacity=8, like=R3``.
    away
        Reps.
    more
        Variants of a file; each is combined with all of the above.

    Raises
    ------
    ScenarioError
        Where a text cannot be read, or there are too many combinations.
    """
    conditions = where_of(tuple(where))
    parts = [_set(text, conditions) for text in sets]
    if where and not any(_is_of_table(v.changes[0]) for part in parts for v in part):
        expected = "nothing is set in a table, such as --set reps.daily_capacity='*1.2'"
        raise fault(f"--where {shorten(where[0])}", None, expected)
    alone: list[Change] = [RuleOff(f"--off {name}", name) for name in off]
    alone += [_new_rep(text) for text in reps]
    alone += [RepAway(f"--away {rep}", rep) for rep in away]
    parts += [[Variant(change.label, (change,))] for change in alone]
    if more:
        parts.insert(0, list(more))
    return combined(parts) if parts else []


def _is_of_table(change: Change) -> bool:
    return isinstance(change, CellChange)


def _set(text: str, where: Where) -> list[Variant]:
    source = f"--set {shorten(text)}"
    path, equals, value = text.partition("=")
    if not (equals and path.strip()):
        raise fault(source, None, _SET)
    changes = [
        key_or_cell(path.strip(), one, where, source)
        for one in values_of(value, source)
    ]
    return [Variant(change.label, (change,)) for change in changes]


def key_or_cell(path: str, value: NewValue, where: Where, source: str) -> Change:
    """Return the change of a key of the scenario, or of a column of a table."""
    table, _, column = path.partition(".")
    if table not in TABLES:
        if (
            path.startswith(RULES_KEY)
            and path.endswith(SWITCH)
            and value.content is False
        ):
            return RuleOff(
                source, path.removeprefix(f"{RULES_KEY}.").removesuffix(SWITCH)
            )
        return KeyChange(source, path, value)
    if not column:
        raise fault(
            source, None, f"name a column, such as {table}.{next(iter(TABLES[table]))}"
        )
    return CellChange(source, table, column, value, where)


def _new_rep(text: str) -> NewRep:
    source = f"--rep {shorten(text)}"
    rep_id, colon, rest = text.partition(":")
    if not colon:
        rep_id = text.removesuffix("=new")
    cells: dict[str, Any] = {}
    for part in filter(None, split_outside(rest, ",")):
        name, equals, value = part.partition("=")
        if not equals:
            expected = "expected 'R9: daily_capacity=8, team=Atlas', or 'R9: like=R3'"
            raise fault(source, None, f"{part!r}: {expected}")
        if name.strip() in cells:
            raise fault(source, None, f"{name.strip()} is set twice")
        cells[name.strip()] = unquoted(value)
    return new_rep(rep_id, cells, source)


def new_rep(rep_id: str, cells: dict[str, Any], source: str) -> NewRep:
    """Return a rep more; ``like`` among the cells names another one."""
    if not rep_id.strip():
        raise fault(source, None, "a new rep needs an id, such as 'R9: like=R3'")
    own = {name: value for name, value in cells.items() if name != LIKE}
    return NewRep(source, rep_id.strip(), own, str(cells.get(LIKE, "")))
