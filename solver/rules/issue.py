"""Issues between a rule and the day's tables, still without file and line."""

from typing import NamedTuple

from crm.issues import Severity

Need = tuple[str, str]
"""A table and a column."""


class RuleIssue(NamedTuple):
    """Something wrong between a rule and the day's tables.

    Attributes
    ----------
    expected
        What was expected, and how to mend it.
    keys
        Which of the rule's keys is wrong; empty for the rule as a whole.
    value
        The offending text.
    severity
        An error stops the run, a warning does not.
    """

    expected: str
    keys: tuple[str | int, ...] = ()
    value: str | None = None
    severity: Severity = "error"
