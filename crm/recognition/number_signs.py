"""How the numbers of a file are written: decimal sign, thousands, currencies."""

import re
from collections.abc import Mapping, Sequence

from crm.cells import numbers
from crm.currencies import currency_code
from crm.issues import listed
from crm.reading.amounts import Signs, amount, fitting_signs
from crm.reading.mending import thousands_or_decimals
from crm.recognition.decisions import Decisions
from crm.recognition.entry import Entry
from crm.schema import TABLES, Column
from crm.value_keys import ValueKeys

_PLAIN = ValueKeys()
_NUMBER = Column("number")
_DIGIT = re.compile("[0-9]")
MOST_ODD = 0.2
"""Share of texts without a digit among numbers, such as ``n/a``."""
NAMED = 3


def is_amounts(texts: Sequence[str]) -> bool:
    """Tell whether a column of the file may be of numbers that are not plain."""
    digits = [text for text in texts if _DIGIT.search(text)]
    if not digits or len(texts) - len(digits) > MOST_ODD * len(texts):
        return False
    return bool(has_odd(digits)) and bool(fitting_signs(digits))


def has_odd(texts: Sequence[str]) -> bool:
    """Tell whether any of these texts is no plain number."""
    return any(value != value for value in numbers(texts))


def sign_entries(
    table: str,
    columns: Mapping[str, Sequence[str]],
    file: str,
    decisions: Decisions,
) -> list[Entry]:
    """Return the keys `decimal` and `thousands` of a table, or what they may be.

    Parameters
    ----------
    table
        The table they are of.
    columns
        Our column, or a feature -> its distinct filled texts.
    file
        The file, which a question names.
    decisions
        Where a question goes.
    """
    kinds = TABLES[table]
    fitting: dict[str, list[Signs]] = {}
    for name, texts in columns.items():
        column = kinds.get(name, _NUMBER)
        digits = [text for text in texts if _DIGIT.search(text)]
        if not digits:
            continue
        if has_odd(digits) or (
            name in kinds and thousands_or_decimals(column, name, digits, _PLAIN)
        ):
            fitting[name] = fitting_signs(digits)
    fitting = {name: found for name, found in fitting.items() if found}
    told = _told_apart(fitting)
    if not fitting:
        return []
    if not told:
        return _undecided(file, columns, fitting, decisions)
    signs = told[0]
    samples = [t for name in fitting for t in columns[name] if amount(t, signs).text]
    why = f"reads such as {listed(list(map(repr, samples)), NAMED)} of "
    why += listed(list(fitting), NAMED)
    return _keys(signs, why)


def _told_apart(fitting: Mapping[str, list[Signs]]) -> list[Signs]:
    """Return the ways of writing that fit all columns, if it is one."""
    common = [
        signs
        for signs in dict.fromkeys(s for found in fitting.values() for s in found)
        if all(_reads(signs, found) for found in fitting.values())
    ]
    firm = [found[0] for found in fitting.values() if len(found) == 1]
    if firm and len(set(map(_sign_pair, firm))) == 1:
        return firm[:1]
    return common if len(common) == 1 else []


def _reads(signs: Signs, found: Sequence[Signs]) -> bool:
    return signs in found


def _sign_pair(signs: Signs) -> tuple[str, str | None]:
    return signs.decimal, signs.thousands


def _keys(signs: Signs, why: str, chosen: bool = True) -> list[Entry]:
    entries = [Entry("decimal", signs.decimal, why, chosen)]
    if signs.thousands:
        entries.append(Entry("thousands", signs.thousands, "", chosen))
    return entries


def _undecided(
    file: str,
    columns: Mapping[str, Sequence[str]],
    fitting: Mapping[str, list[Signs]],
    decisions: Decisions,
) -> list[Entry]:
    name = next(iter(fitting))
    sample = next(
        (t for t in columns[name] if len({amount(t, s) for s in fitting[name]}) > 1),
        columns[name][0],
    )
    means = {s.key(): f"{float(amount(sample, s).text):g}" for s in fitting[name]}
    keyed = {s.key(): s for s in fitting[name]}
    text = f"{file}: {sample!r} of {name} may be several numbers; how is it written?"
    answer = decisions.choose(f"numbers of {file}: {' '.join(means)}", text, means)
    if answer:
        return _keys(keyed[answer], "as answered")
    return [
        entry
        for key, signs in keyed.items()
        for entry in _keys(signs, f"undecided: {sample!r} is {means[key]}", False)
    ]


def rate_entries(texts: Sequence[str], decisions: Decisions, file: str) -> list[Entry]:
    """Return rates to be filled in, where amounts have several currencies beside them.

    Parameters
    ----------
    texts
        The distinct filled texts of the amounts.
    decisions
        Where a question goes.
    file
        The file, which a question names.
    """
    if not (found := fitting_signs(texts)):
        return []
    units = [currency_code(amount(text, found[0]).unit) for text in texts]
    codes = [code for code in dict.fromkeys(units) if code and code != "%"]
    if len(codes) < 2:
        return []
    first, *others = codes
    rates = {"to": first}
    for code in others:
        asked = f"{file}: how many {first} is 1 {code}?"
        answer = decisions.choose(f"rate {first} {code}", asked)
        if not _is_rate(answer):
            why = f"undecided: amounts are in {listed(codes, 6)}; fill in the rates"
            shown = {"to": first} | dict.fromkeys(others, "?")
            return [Entry("rates", shown, why, False)]
        rates[code] = float(answer)  # type: ignore[assignment]
    return [Entry("rates", rates, f"amounts are in {listed(codes, 6)}")]


def _is_rate(text: str) -> bool:
    return bool(text) and not has_odd([text]) and float(text) > 0
