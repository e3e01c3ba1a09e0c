import json

import numpy as np
import pandas as pd
import pytest

from crm import DataError
from scoring import describe, train
from tests.scoring.worlds import AS_OF, crm_of, history_of


def test_the_card_tells_what_taught_the_model():
    """Counts, features and finding of the card are those of the history."""
    history, _ = history_of(n=800, rep_sd=1.0)
    history.loc[:49, "outcome"] = "open"
    card = train(crm_of(history)).card
    assert (card.n_closed, card.n_open) == (750, 50)
    assert card.n_won == (history["outcome"] == "won").sum()
    assert {"visits", "source"} <= set(card.features)
    assert card.rep_effect_found
    assert card.rep_finding.sentence.startswith("Yes")
    assert sum(rep.n_leads for rep in card.rep_finding.reps.values()) == 750


@pytest.mark.parametrize(("n", "n_reps"), [(60, 1), (60, 5), (2000, 10)])
def test_the_card_is_plain_json(n, n_reps):
    """No figure of the card is NaN or infinite, however small the history."""
    content = train(crm_of(history_of(n=n, n_reps=n_reps)[0])).card.to_dict()
    again = json.loads(json.dumps(content, allow_nan=False))
    assert again == content
    assert again["rep_effect_found"] is False


@pytest.mark.parametrize(("n", "rep_sd"), [(60, 0.0), (2000, 1.0)])
def test_the_card_fits_on_a_screen(n, rep_sd):
    """The text is aligned, not wide, and at most 25 lines long."""
    history, _ = history_of(n=n, rep_sd=rep_sd)
    lines = describe(train(crm_of(history)).card).split("\n")
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 92
    assert all(line[18:20] == "  " for line in lines)


def test_a_column_the_leads_lack_is_named():
    """What is not known in time is left out, and the card says so."""
    history, _ = history_of(n=300)
    history["calls"] = np.arange(300.0) % 9
    card = train(crm_of(history)).card
    assert "not known" in card.dropped["calls"]
    assert "calls (no value in the leads" in describe(card)


def test_what_comes_after_as_of_changes_nothing():
    """Leads assigned later do not exist, leads closed later are open."""
    history, _ = history_of(n=400)
    later = history.tail(60).assign(assigned_at=AS_OF + pd.Timedelta(days=1))
    unknown = history.tail(30).assign(closed_at=AS_OF + pd.Timedelta(days=1))
    known = pd.concat([history, later, unknown], ignore_index=True)
    still_open = pd.concat(
        [history, history.tail(30).assign(outcome="open")], ignore_index=True
    )
    card = train(crm_of(known)).card
    assert card == train(crm_of(still_open)).card
    assert card.n_open == 30


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ([], "no rows to learn from"),
        (["won", "lost"] * 24 + ["open"] * 100, "only 48 rows are won or lost"),
        (["won"] * 200, "every closed row is won"),
        (["lost"] * 200 + ["open"] * 10, "every closed row is lost"),
    ],
)
def test_a_history_that_cannot_teach_is_refused(outcomes, message):
    """The error says what the history lacks."""
    history = history_of(n=max(1, len(outcomes)))[0].iloc[: len(outcomes)]
    history = history.assign(outcome=pd.Series(outcomes, dtype=object))
    with pytest.raises(DataError, match=message):
        train(crm_of(history))


def test_fifty_rows_are_enough():
    """The smallest history gives a model and an honest card."""
    card = train(crm_of(history_of(n=50)[0])).card
    assert card.validation.measures is None
    assert card.rep_finding.sentence.startswith("Cannot tell")
    assert "not possible" in describe(card)


def test_a_rep_effect_that_does_not_last_is_not_used():
    """Where the best reps turn into the worst, the card says no, all are average."""
    older, _ = history_of(n=2400, n_reps=6, rep_sd=1.0)
    turned = older.tail(480)["outcome"].map({"won": "lost", "lost": "won"})
    history = older.assign(
        outcome=pd.concat([older["outcome"][:1920], turned]).astype(object)
    )
    trained = train(crm_of(history))
    finding = trained.card.rep_finding
    assert trained.card.validation.measures.over_lead_only.is_loss
    assert not trained.card.rep_effect_found
    assert finding.sentence.startswith("No, not in a way that lasts")
    assert {rep.effect for rep in finding.reps.values()} == {0.0}
    assert np.all(trained.model.score(history[:1], list(finding.reps)).rep == 0)
