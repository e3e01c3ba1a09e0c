import json

import numpy as np
import pandas as pd
import pytest

from crm import DataError
from reporting import card_text
from reporting.text.layout.json_record import record_of
from scoring import train
from tests.few import few
from tests.scoring.synthetic_history import AS_OF, crm_of, history_of, texts


@pytest.mark.slow
def test_the_card_tells_what_the_model_was_fitted_on():
    """Counts, features and finding of the card are those of the history."""
    history, _ = history_of(n=800, rep_sd=1.0)
    history.loc[:49, "outcome"] = "open"
    card = train(crm_of(history)).card
    assert (card.n_closed, card.n_open) == (750, 50)
    assert card.n_won == (history["outcome"] == "won").sum()
    assert {"visits", "source"} <= set(card.features)
    assert card.rep_finding.answer == "yes"
    assert card.rep_finding.used
    assert card_text(card).startswith("Yes")
    assert sum(rep.n_leads for rep in card.rep_finding.reps.values()) == 750


@pytest.mark.slow
@pytest.mark.parametrize(("n", "n_reps"), [(60, 1), (60, 5), (2000, 10)])
def test_the_card_is_plain_json(n, n_reps):
    """No figure of the card is NaN or infinite, however small the history."""
    content = record_of(train(crm_of(history_of(n=n, n_reps=n_reps)[0])).card)
    again = json.loads(json.dumps(content, allow_nan=False))
    assert again == content
    assert again["rep_finding"]["answer"] in {"no", "cannot_tell"}


@pytest.mark.slow
def test_a_column_the_leads_lack_is_named():
    """What is not known in time is left out, and the card says so."""
    history, _ = history_of(n=300)
    history["calls"] = np.arange(300.0) % 9
    card = train(crm_of(history)).card
    assert "not known" in card.dropped["calls"]
    assert "calls" in card_text(card)


@pytest.mark.slow
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
    assert record_of(card) == record_of(train(crm_of(still_open)).card)
    assert card.n_open == 30


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ([], "no rows to train on"),
        (["won", "lost"] * 24 + ["open"] * 100, "only 48 rows are won or lost"),
        (["won"] * 200, "every closed row is won"),
        (["lost"] * 200 + ["open"] * 10, "every closed row is lost"),
    ],
)
def test_a_history_that_no_model_can_be_fitted_on_is_refused(outcomes, message):
    """The error says what the history lacks."""
    history = history_of(n=max(1, len(outcomes)))[0].iloc[: len(outcomes)]
    history = history.assign(outcome=pd.Series(outcomes, dtype=object))
    with pytest.raises(DataError, match=message):
        train(crm_of(history))


def test_fifty_rows_are_enough():
    """The smallest history gives a model and an honest card."""
    card = train(crm_of(history_of(n=50)[0])).card
    assert card.validation.measures is None
    assert card_text(card).startswith("Cannot tell")
    assert "not possible" in card_text(card)


@pytest.mark.slow
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
    assert finding.answer == "no"
    assert not finding.used
    assert "lasts" in card_text(trained.card).split("\n\n")[0]
    assert {rep.effect for rep in finding.reps.values()} == {0.0}
    scores = trained.model.score(history[:1], list(finding.reps))
    assert not scores.rep.any()
    assert not scores.rep_factors.any()


@pytest.mark.slow
def test_the_day_may_have_none_of_the_reps_of_history():
    """Where all reps are new they score alike, whatever history says of others."""
    history, _ = history_of(n=800, rep_sd=1.0)
    model = train(crm_of(history)).model
    scores = model.score(history[:20], ["new 1", "new 2"])
    lead = np.arange(20)
    logit = [scores.logit(lead, np.full(20, rep)) for rep in (0, 1)]
    assert logit[0].tolist() == logit[1].tolist() == scores.lead.tolist()


def test_ten_rows_are_refused_in_words():
    """A handful of closed leads is no history."""
    with pytest.raises(DataError, match="only 10 rows are won or lost"):
        train(crm_of(history_of(n=10)[0]))


@pytest.mark.parametrize("n", few([60, 1500], 1))
def test_a_history_of_one_moment_still_gives_a_model(n):
    """All leads assigned at once: nothing newer to be tested on, but a model."""
    history, _ = history_of(n=n)
    at_once = dict.fromkeys(["created_at", "assigned_at"], history["created_at"][0])
    trained = train(crm_of(history.assign(**at_once)))
    validation = trained.card.validation
    assert validation.measures is None
    assert validation.problem
    assert np.isfinite(trained.model.score(history, ["R00"]).lead).all()


@pytest.mark.parametrize("n_won", few([1, 9, 12], 1))
def test_hardly_any_win_still_gives_a_model(n_won):
    """Where wins are too few leads have about the base rate."""
    history, _ = history_of(n=600, rep_sd=1.0)
    history["outcome"] = texts(
        np.where(np.arange(600) % (600 // n_won) == 0, "won", "lost")
    )
    trained = train(crm_of(history))
    rate = (history["outcome"] == "won").mean()
    p = trained.model.score(history, ["R00"]).with_average_rep()
    assert p.mean() == pytest.approx(rate, abs=0.01)
    assert trained.card.rep_finding.answer == "cannot_tell"


@pytest.mark.slow
def test_columns_that_never_change_are_no_evidence():
    """With nothing but constants to go by, every lead has the base rate."""
    history, _ = history_of(n=300)
    same = {"deal_value": 100.0, "visits": 2.0, "source": "web"}
    moment = pd.Timestamp("2025-03-03", tz="UTC")
    history = history.assign(**same, created_at=moment)
    leads = history[:5].drop(columns=["outcome", "rep_id"])
    trained = train(crm_of(history, leads))
    p = trained.model.score(leads, ["R00"]).with_average_rep()
    assert np.ptp(p) == 0
    assert p[0] == pytest.approx((history["outcome"] == "won").mean(), abs=0.03)


def test_leads_that_reps_found_alone_say_nothing_of_reps():
    """A history without distributed leads: no rep can be told from another."""
    history, _ = history_of(n=400, rep_sd=1.0)
    trained = train(crm_of(history.assign(origin="self_generated")))
    assert trained.card.rep_finding.answer == "cannot_tell"
    assert trained.card.rep_finding.reps == {}
