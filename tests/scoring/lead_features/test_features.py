import numpy as np
import pandas as pd
import pytest

from scoring.lead_features.features import HOUR, SEASON
from scoring.lead_features.selection import choose_features
from tests.scoring.synthetic_history import history_of, leads_of, texts


@pytest.fixture
def history():
    return history_of(n=200)[0]


@pytest.fixture
def leads():
    return leads_of(np.random.default_rng(1), 30)


def test_the_expected_columns_are_used(history, leads):
    """Numbers, texts and the time of creation are features; ids are not."""
    features = choose_features(history, leads)
    assert list(features.numeric) == ["deal_value", "visits"]
    assert features.categorical == {"source": ("fair", "partner", "web")}
    assert features.logged == ("deal_value",)
    assert set(features.moments) == set(HOUR)
    assert features.dropped == {}


@pytest.mark.parametrize("name", ["won_value", "propensity", "account_id", "rep_id"])
def test_what_is_known_only_afterwards_is_no_feature(history, leads, name):
    """A column of ids or of the aftermath is no feature, even if leads have it."""
    history[name] = np.arange(200.0) % 7
    leads[name] = np.arange(30.0) % 7
    features = choose_features(history, leads)
    assert name not in (*features.numeric, *features.categorical)


@pytest.mark.parametrize(
    ("in_history", "in_leads", "reason"),
    [
        (range(200), None, "not known"),
        (None, range(30), "no value in the history"),
        ([7.0] * 200, [7.0] * 30, "same"),
        ([f"note {i}" for i in range(200)], ["note"] * 30, "nearly unique"),
        ([*range(100)] * 2, ["x"] * 30, "text in the other"),
        ([*range(200)], [*range(30)], "running number"),
        ([f"they said {i % 120} or so" for i in range(400)][:200], ["x"] * 30, "text"),
    ],
)
def test_other_columns_are_left_out_with_a_reason(
    history, leads, in_history, in_leads, reason
):
    """Each column that is not used says why."""
    if in_history is not None:
        history["extra"] = column(in_history)
    if in_leads is not None:
        leads["extra"] = column(in_leads)
    features = choose_features(history, leads)
    assert reason in features.dropped["extra"]


def column(values):
    values = list(values)
    return texts(values) if isinstance(values[0], str) else pd.Series(values)


def test_many_levels_are_encoded(history, leads):
    """A column of very many texts keeps them all, as one column."""
    history["city"] = texts(f"city {i % 40}" for i in range(200))
    leads["city"] = texts(["city 7", "never seen"] * 15)
    features = choose_features(history, leads)
    assert features.encoded_names == ["city"]
    assert len(features.encoded["city"]) == 40
    frame = features.frame(leads)
    assert frame["city"][:2].tolist() == [features.encoded["city"].index("city 7"), -1]


def test_codes_are_categories_though_they_are_numbers(history, leads):
    """A campaign is no quantity; leads have the levels that history has."""
    history["campaign_id"] = np.resize([3.0, 12.0, np.nan, 40.0], 200)
    leads["campaign_id"] = np.resize([12.0, 41.0], 30)
    features = choose_features(history, leads)
    assert features.categorical["campaign_id"] == ("", "12", "3", "40")
    assert features.frame(leads)["campaign_id"][:2].tolist() == [1, -1]


def test_another_time_becomes_days_before(history, leads):
    """The days from a signup to the lead are a feature; an empty time is missing."""
    days = np.arange(200) % 7 + 0.5
    history["signup"] = history["created_at"] - pd.to_timedelta(days, unit="D")
    leads["signup"] = leads["created_at"] - pd.Timedelta(days=99)
    leads.loc[1, "signup"] = pd.NaT
    features = choose_features(history, leads)
    assert features.numeric["days from signup"] == (0.5, 6.5)
    assert features.frame(history)["days from signup"].tolist() == days.tolist()
    of_leads = features.frame(leads)["days from signup"]
    assert of_leads[0] == 6.5
    assert of_leads.isna().tolist() == [i == 1 for i in range(30)]


@pytest.mark.parametrize(("years", "season"), [(1, False), (3, True)])
def test_a_season_must_have_been_seen_twice(history, years, season):
    """Within one year a season cannot be told from a trend."""
    start = history["created_at"].min()
    history["created_at"] = start + (history["created_at"] - start) * years
    features = choose_features(history, None)
    assert (set(SEASON) <= set(features.moments)) == season
    on_circle = [name for name in features.frame(history) if "season" in name]
    assert len(on_circle) == 2 * season


def test_without_leads_history_decides(history):
    """No leads to score, or an empty table of them, takes nothing away."""
    alone = choose_features(history, None)
    assert choose_features(history, history.iloc[:0]) == alone
    assert list(alone.numeric) == ["deal_value", "visits"]


def test_midnight_has_no_hour(history):
    """Dates without a time of day give a weekday and no hour."""
    history["created_at"] = history["created_at"].dt.normalize()
    features = choose_features(history, None)
    assert not features.moments
    assert features.numeric_names == ["deal_value", "visits"]


def test_a_missing_column_counts_as_missing_cells(history):
    """Leads that lack a feature are framed as if its cells were empty."""
    features = choose_features(history, None)
    bare = history[["lead_id", "created_at"]]
    frame = features.frame(bare)
    assert list(frame.columns) == list(features.frame(history).columns)
    assert frame["visits"].isna().all()
    assert (frame["source"] == -1).all()


def test_a_missing_time_has_no_weekday(history):
    """A lead without a time of creation is framed without complaint."""
    features = choose_features(history, None)
    history.loc[0, "created_at"] = pd.NaT
    assert features.frame(history)["created_at weekday"][0] == 7


def test_money_keeps_its_sign_on_the_log_scale(history):
    """A heavy tail is tamed, its order and sign are kept."""
    history.loc[0, "deal_value"] = -1e6
    frame = choose_features(history, None).frame(history)
    assert frame["deal_value"][0] == pytest.approx(-np.log1p(1e6))
    kept = history["deal_value"].rank().to_list()
    assert frame["deal_value"].rank().to_list() == kept


def test_nothing_is_known_beyond_what_history_has_seen(history, leads):
    """A number out there counts as the nearest seen, an unseen text as no level."""
    features = choose_features(history, leads)
    leads.loc[:1, "visits"] = [1e300, -1e300]
    leads.loc[0, "source"] = "never seen"
    frame = features.frame(leads)
    seen = history["visits"].max(), history["visits"].min()
    assert tuple(frame["visits"][:2]) == seen
    assert frame["source"][0] == -1
    assert frame["source"][1:].ge(0).all()


def test_numbers_beyond_exact_are_taken_on_the_log_scale(history):
    """Numbers whose squares leave float64 are features like others."""
    history["huge"] = np.linspace(1e307, 1.7e308, 200)
    features = choose_features(history, None)
    assert "huge" in features.logged
    assert features.frame(history)["huge"].between(700, 710).all()


def test_columns_named_like_those_of_the_time_are_left_out(history):
    """No two features share a name."""
    history["created_at weekday"] = texts(["a", "b"] * 100)
    features = choose_features(history, None)
    assert "made of created_at" in features.dropped["created_at weekday"]
    assert features.frame(history).columns.is_unique


def test_a_circle_of_two_opposite_hours_has_one_number(history, leads):
    """Cosines of 06:00 and 18:00 differ by rounding alone, and are left out by name."""
    day = history["created_at"].dt.normalize()
    batch = pd.to_timedelta(np.resize([6, 18], len(history)), unit="h").as_unit("ns")
    history["created_at"] = day + batch
    features = choose_features(history, leads)
    assert list(features.moments) == [HOUR[0]]
    assert features.dropped == {HOUR[1]: "nearly the same in every row"}
    assert features.frame(leads)[HOUR[0]].between(-1, 1).all()


def test_hours_that_history_has_not_seen_count_as_the_nearest(history, leads):
    """Derived numbers are held to their range in history as all others are."""
    history["created_at"] = history["created_at"].dt.normalize() + pd.Timedelta(hours=9)
    half_past = history.index % 2 == 1
    history.loc[half_past, "created_at"] += pd.Timedelta(hours=2)
    features = choose_features(history, None)
    night = leads.assign(created_at=leads["created_at"].dt.normalize())
    frame = features.frame(night)
    for name, (low, high) in features.moments.items():
        assert frame[name].between(low, high).all()


def test_numbers_that_differ_by_rounding_alone_are_left_out(history):
    """A spread far below the size of the numbers is none."""
    history["rate"] = np.where(history.index % 2, 0.3, 0.1 + 0.2)
    features = choose_features(history, None)
    assert "rate" not in features.numeric
    assert features.dropped == {"rate": "nearly the same in every row"}
