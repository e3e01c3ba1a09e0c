"""What companies have beside leads and reps, and their tables as if read."""

import numpy as np
import pandas as pd
import pytest

from crm import TABLES, Source, csv_text, read_crm
from evaluation import PRESETS, STARTS_AT, World, draw_world
from evaluation.worlds import changed
from solver.day.availability import at_work

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def demo() -> World:
    return draw_world(PRESETS["demo"], seed=0)


@pytest.fixture(scope="module")
def tables(demo: World) -> Tables:
    return demo.tables(6500, 140)


def test_another_seed_gives_another_company(demo: World, tables: Tables) -> None:
    """Leads, history and skills follow the seed; names do not."""
    other = draw_world(PRESETS["demo"], seed=1)
    assert not tables["leads"].equals(other.leads(140))
    assert not tables["history"].equals(other.history(6500))
    assert not np.array_equal(demo.staff.effect, other.staff.effect)
    assert list(tables["reps"]["name"]) == list(other.reps["name"])


@pytest.mark.parametrize("seed", range(3))
def test_history_looks_like_a_sales_team(seed: int) -> None:
    """About 6,000 rows, 8 % of them open, 10 to 20 % of the closed ones won."""
    history = draw_world(PRESETS["demo"], seed).history(6500)
    assert 5_600 < len(history) < 6_500
    assert history["lead_id"].is_unique
    is_open = history["outcome"] == "open"
    assert 0.06 < is_open.mean() < 0.10
    assert 0.10 < (history.loc[~is_open, "outcome"] == "won").mean() < 0.20
    assert (history["closed_at"].isna() == is_open).all()
    assert (history["won_value"].notna() == (history["outcome"] == "won")).all()


def test_history_was_assigned_to_reps_who_cover_it(tables: Tables) -> None:
    """Nobody got a lead of a territory or a product that is not theirs."""
    reps = tables["reps"].set_index("rep_id")
    owner = reps.loc[tables["history"]["rep_id"]]
    for column, names in (("territory", "territories"), ("product", "products")):
        pairs = zip(tables["history"][column], owner[names], strict=True)
        assert all(level in served for level, served in pairs)


def test_propensities_are_one_over_those_who_cover_it_and_are_there(
    demo: World, tables: Tables
) -> None:
    """As likely for each eligible rep at work in that week."""
    history = tables["history"]
    present = ~demo.away(pd.DatetimeIndex(history["created_at"]))
    eligible = demo.eligible(history)
    count = (eligible & present).sum(axis=1)
    count = np.where(count > 0, count, eligible.sum(axis=1))
    assert (history["propensity"] == 1 / count).all()


def test_a_few_leads_cannot_be_served(demo: World, tables: Tables) -> None:
    """Some come from where nobody works, some deals are tiny; one name looks like HTML.

    Nobody was assigned such a lead in the past.
    """
    leads = tables["leads"]
    assert len(leads) == 140
    assert 1 <= (leads["territory"] == "Islands").sum() <= 6
    assert (leads["deal_value"] < 500).sum() >= 3
    assert "<b>Smith & Söhne</b>" in set(leads["company"])
    assert not demo.eligible(leads)[leads["territory"] == "Islands"].any()
    assert not any("Islands" in served for served in tables["reps"]["territories"])
    assert "Islands" not in set(tables["history"]["territory"])
    assert len(tables["history"]) < 6500


def test_ids_refer_to_rows_that_exist(tables: Tables) -> None:
    """Owners and absent reps are staff, and accounts of leads are on the list."""
    staff = set(tables["reps"]["rep_id"])
    assert set(tables["accounts"]["owner_rep_id"]) <= staff
    assert set(tables["absences"]["rep_id"]) < staff
    assert len(tables["absences"]) == 2
    accounts = {"", *tables["accounts"]["account_id"]}
    for name in ("leads", "history"):
        assert set(tables[name]["account_id"]) <= accounts
        assert 0.05 < (tables[name]["account_id"] != "").mean() < 0.2


def test_customers_are_where_their_owner_works(tables: Tables) -> None:
    """The owner of a lead's account serves the lead's territory."""
    known = tables["history"][tables["history"]["account_id"] != ""]
    owner = tables["accounts"].set_index("account_id")["owner_rep_id"]
    territories = tables["reps"].set_index("rep_id")["territories"]
    served = territories.loc[owner.loc[known["account_id"]]]
    pairs = zip(known["territory"], served, strict=True)
    assert all(territory in names for territory, names in pairs)


def test_open_leads_are_those_of_the_history(tables: Tables) -> None:
    """A rep's open leads are counted, and never above the open capacity."""
    history, reps = tables["history"], tables["reps"].set_index("rep_id")
    n_open = history[history["outcome"] == "open"].groupby("rep_id").size()
    assert reps["open_leads"].to_dict() == n_open.to_dict()
    room = reps["open_capacity"] - reps["open_leads"]
    assert room.min() >= 0 and room.max() <= 30 and room.nunique() > 5


def test_a_language_that_is_not_spoken_costs_its_loss(demo: World) -> None:
    """Half a logit, whoever the rep; each speaks two languages."""
    leads = demo.leads(200).assign(language="de")
    logits = []
    for language in ("de", "en"):
        truth = demo.truth(leads.assign(language=language))
        shared = truth.lead_factors @ truth.rep_factors.T
        logits.append(shared[0])
    speaks = np.array(["de" in spoken for spoken in demo.reps["languages"]])
    assert logits[0] - logits[1] == pytest.approx(np.where(speaks, 0.0, -0.5))
    assert {len(spoken) for spoken in demo.reps["languages"]} == {2}


def test_teams_are_by_home_and_have_a_manager(tables: Tables) -> None:
    """Four teams, one manager each."""
    reps = tables["reps"]
    assert reps.groupby("team")["manager"].nunique().tolist() == [1] * 4
    assert set(reps["team"]) == {"Atlas", "Birch", "Cedar", "Delta"}


def test_each_can_be_had_alone() -> None:
    """Without names levels are numbered; what was not asked for is not there."""
    spec = changed(PRESETS["mild"], ["n_languages=2", "n_teams=3", "unserved_share=.5"])
    tables = draw_world(spec, seed=0).tables(100, 50)
    assert set(tables["leads"]["language"]) == {"language 1", "language 2"}
    assert set(tables["reps"]["team"]) == {"team 1", "team 2", "team 3"}
    assert (tables["leads"]["territory"] == "territory 6").sum() > 10
    assert not {"company", "account_id"} & set(tables["leads"])
    assert not {"products", "open_leads", "name"} & set(tables["reps"])
    assert "accounts" not in tables


def test_nothing_of_the_past_is_later_than_the_day(tables: Tables) -> None:
    """created_at <= assigned_at <= closed_at <= the start, wherever they are known."""
    history = tables["history"]
    assert (history["created_at"] <= history["assigned_at"]).all()
    closed = history[history["closed_at"].notna()]
    assert (closed["assigned_at"] <= closed["closed_at"]).all()
    assert closed["closed_at"].max() <= STARTS_AT
    assert history["created_at"].max() <= STARTS_AT
    assert tables["leads"]["created_at"].min() >= STARTS_AT


@pytest.mark.parametrize("preset", ["cold_start", "demo"])
def test_a_company_is_as_if_read_from_files(tmp_path, preset) -> None:
    """Written as CSV and read again, every table is the same."""
    world = draw_world(changed(PRESETS[preset], ["absence_share=0.3"]), seed=0)
    made = world.company(200, 20, day=3)
    for name, table in world.tables(200, 20, day=3).items():
        (tmp_path / f"{name}.csv").write_text(csv_text(table))
    given = {name: Source(file=f"{name}.csv") for name in made.file_columns}
    read, _ = read_crm(given, tmp_path, made.as_of)
    assert read.file_columns == made.file_columns
    assert read.as_of == made.as_of
    for name in TABLES:
        pd.testing.assert_frame_equal(
            getattr(read, name), getattr(made, name), check_like=True, obj=name
        )


def test_who_is_absent_is_not_at_work() -> None:
    """The solver reads the absences as the world means them."""
    world = draw_world(changed(PRESETS["mild"], ["absence_share=0.3"]), seed=0)
    company = world.company(100, 10, day=8)
    today = pd.DatetimeIndex([company.as_of])
    assert (at_work(company) == ~world.away(today)[0]).all()


def test_the_truth_is_a_table_of_eligible_pairs() -> None:
    """Each pair once, with its probability."""
    world = draw_world(PRESETS["overloaded"], seed=0)
    leads = world.leads(10)
    truth, eligible = world.truth(leads), world.eligible(leads)
    pairs = truth.pairs(eligible)
    assert len(pairs) == eligible.sum()
    known = truth.probability(pairs["lead_id"].tolist(), pairs["rep_id"].tolist())
    assert (pairs["ground truth"] == known).all()
