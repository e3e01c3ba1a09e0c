"""What is wrong with a scenario: file, line, key, value and the mend."""

from crm import DataError


class ScenarioError(DataError):
    """The scenario cannot be used; carries every issue found.

    The row of an issue is a line of the scenario file, the column a key.
    """
