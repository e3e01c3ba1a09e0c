from datetime import date

import pytest
from click.testing import CliRunner, Result

from cli import main
from ledger.events import EVENTS, events_query
from tests.runs.morning.test_morning import Company

NOON = "2026-09-07T12:00:00Z"


class Office(Company):
    """A company whose people decide between runs."""

    def do(self, *arguments: object, at: str | date = NOON, by: str = "Ann") -> Result:
        """Return how a command about the ledger ended."""
        said = ["--scenario", self.folder / "days.yaml", "--at", at]
        said += [] if "facts" in arguments else ["--by", by]
        return CliRunner().invoke(main, [*map(str, [*arguments, *said])])

    @property
    def owner(self) -> dict[str, str]:
        """Lead -> rep, of the leads that have an owner."""
        with self.ledger as ledger:
            owners = ledger.owners()
        return dict(zip(owners["lead_id"], owners["rep_id"], strict=True))

    def events(self, *kinds: str) -> list[dict]:
        with self.ledger as ledger:
            return ledger.asked(events_query(*kinds), EVENTS).to_dict("records")


@pytest.fixture
def office(after_monday):
    leads = "A1 North", "A2 North", "B1 South", "B2 South", "B3 South"
    return after_monday(Office, *leads)
