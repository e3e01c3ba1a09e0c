import numpy as np
import pandas as pd
import pytest

from evaluation import Company, demo_company


@pytest.fixture(scope="module")
def company() -> Company:
    return demo_company(seed=0)


def covers(reps: pd.DataFrame, rep_id: str, territory: str, product: str) -> bool:
    rep = reps.set_index("rep_id").loc[rep_id]
    return territory in rep["territories"].split("|") and product in rep[
        "products"
    ].split("|")


def test_same_seed_gives_the_same_company(company: Company) -> None:
    """A seed decides every cell of every table, and every true probability."""
    again = demo_company(seed=0)
    for name, table in company.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name])
    assert np.array_equal(company.truth.lead_part, again.truth.lead_part)
    assert np.array_equal(company.truth.rep_factors, again.truth.rep_factors)


def test_another_seed_gives_another_day(company: Company) -> None:
    """Leads, history and skills follow the seed; the staff does not."""
    other = demo_company(seed=1)
    assert not company.tables["leads"].equals(other.tables["leads"])
    assert not company.tables["history"].equals(other.tables["history"])
    assert not np.array_equal(company.truth.rep_part, other.truth.rep_part)
    assert list(company.tables["reps"]["name"]) == list(other.tables["reps"]["name"])


@pytest.mark.parametrize("seed", range(3))
def test_history_looks_like_a_sales_team(seed: int) -> None:
    """About 6,000 rows, 8 % of them open, 12 to 20 % of the closed ones won."""
    history = demo_company(seed).tables["history"]
    assert 5_800 < len(history) < 6_200
    assert history["lead_id"].is_unique
    is_open = history["outcome"] == "open"
    assert 0.06 < is_open.mean() < 0.10
    assert 0.12 < (history.loc[~is_open, "outcome"] == "won").mean() < 0.20
    assert ((history["closed_at"] == "") == is_open).all()
    assert (history["won_value"].notna() == (history["outcome"] == "won")).all()


def test_nothing_of_the_past_is_later_than_the_day(company: Company) -> None:
    """created_at <= assigned_at <= closed_at <= as_of, wherever they are known."""
    history = company.tables["history"]
    created, assigned, closed = (
        pd.to_datetime(history[column].replace("", None), format="ISO8601", utc=True)
        for column in ("created_at", "assigned_at", "closed_at")
    )
    assert (created <= assigned).all()
    assert (assigned <= closed)[closed.notna()].all()
    assert (closed.dropna() <= company.as_of).all()
    assert (assigned <= company.as_of).all()
    waiting = pd.to_datetime(
        company.tables["leads"]["created_at"], format="ISO8601", utc=True
    )
    assert (waiting <= company.as_of).all()


def test_history_was_given_to_reps_who_cover_it(company: Company) -> None:
    """Nobody got a lead of a territory or a product that is not theirs."""
    reps = company.tables["reps"]
    columns = ["rep_id", "territory", "product"]
    for row in company.tables["history"][columns].drop_duplicates().itertuples():
        assert covers(reps, row.rep_id, row.territory, row.product)


def test_rotation_serves_who_waited_longest(company: Company) -> None:
    """No rep is served again before another who covers the lead and waited longer."""
    reps, served = company.tables["reps"], {}
    for turn, row in enumerate(company.tables["history"].head(120).itertuples()):
        able = [
            r for r in reps["rep_id"] if covers(reps, r, row.territory, row.product)
        ]
        assert served.get(row.rep_id, -1) == min(served.get(r, -1) for r in able)
        served[row.rep_id] = turn


def test_a_few_leads_cannot_be_served(company: Company) -> None:
    """Some leads nobody covers, some deals are tiny, and one name looks like HTML."""
    leads, reps = company.tables["leads"], company.tables["reps"]
    assert len(leads) == 140
    assert (leads["territory"] == "Islands").sum() == 3
    assert (leads["deal_value"] < 300).sum() >= 4
    assert "<b>Smith & Söhne</b>" in set(leads["company"])
    south_support = (leads["territory"] == "South") & (leads["product"] == "Support")
    assert south_support.any()
    assert not any(covers(reps, r, "South", "Support") for r in reps["rep_id"])
    assert not reps["territories"].str.contains("Islands").any()


def test_ids_refer_to_rows_that_exist(company: Company) -> None:
    """Owners and absent reps are staff, and accounts of leads are on the list."""
    tables = company.tables
    staff = set(tables["reps"]["rep_id"])
    assert set(tables["accounts"]["owner_rep_id"]) <= staff
    assert set(tables["absences"]["rep_id"]) <= staff
    accounts = {"", *tables["accounts"]["account_id"]}
    for name in ("leads", "history"):
        assert set(tables[name]["account_id"]) <= accounts
        assert (tables[name]["account_id"] != "").any()


def test_open_leads_are_those_of_the_history(company: Company) -> None:
    """A rep's open leads are counted, and never above the open capacity."""
    history, reps = company.tables["history"], company.tables["reps"]
    n_open = history[history["outcome"] == "open"].groupby("rep_id").size()
    assert reps.set_index("rep_id")["open_leads"].to_dict() == n_open.to_dict()
    assert (reps["open_leads"] <= reps["open_capacity"]).all()


def test_outcomes_follow_the_truth() -> None:
    """Leads that asked for a demo are won more often, as the truth has it."""
    history = demo_company(seed=3).tables["history"]
    won = (history["outcome"] == "won").groupby(history["demo_requested"]).mean()
    assert won["yes"] > 1.3 * won["no"]
