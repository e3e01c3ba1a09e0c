"""What every change is, and what becomes of a day by it."""

from dataclasses import dataclass, replace
from typing import Any

from crm import CrmData, Issue
from scenarios.document import Node
from scenarios.validation import ScenarioFile

Target = tuple[Any, ...]
"""Keys of a scenario, or a table's column with its rows; () for neither."""


@dataclass(frozen=True, eq=False)
class Changed:
    """A day as changes leave it.

    Attributes
    ----------
    file
        The scenario; what it says by a change stands in no file.
    crm
        The tables.
    sentences
        What each change does, with figures.
    warnings
        What is odd of it.
    tables
        The tables that were changed.
    """

    file: ScenarioFile
    crm: CrmData
    sentences: tuple[str, ...] = ()
    warnings: tuple[Issue, ...] = ()
    tables: frozenset[str] = frozenset()

    def with_table(self, name: str, crm: CrmData, sentence: str) -> "Changed":
        """Return the day with a table changed, and what that does in a sentence."""
        sentences, tables = (*self.sentences, sentence), self.tables | {name}
        return replace(self, crm=crm, sentences=sentences, tables=tables)


@dataclass(frozen=True)
class Change:
    """One change of a scenario, or of its tables.

    Attributes
    ----------
    source
        The change as it was asked for, for messages.
    """

    source: str

    @property
    def label(self) -> str:
        """The change in few words, for the name of a variant."""
        return self.source

    @property
    def sets_anew(self) -> bool:
        """Whether what was there before is gone, whatever it was."""
        return False

    @property
    def takes_out(self) -> bool:
        """Whether it leaves out all that its target has."""
        return False

    def target(self, file: ScenarioFile) -> Target:
        """Return what the change is about, () where that is new or a rep's absence."""
        return ()

    def on_document(self, document: Node, file: ScenarioFile) -> Node:
        """Return the scenario's values as changed.

        Parameters
        ----------
        document
            The values as earlier changes left them.
        file
            The scenario before all changes.
        """
        return document

    def of_scenario(self, before: ScenarioFile, after: ScenarioFile) -> str:
        """Return what the change of the scenario is, "" for one of the tables."""
        return ""

    def on_tables(self, day: Changed) -> Changed:
        """Return the day with its tables changed."""
        return day
