"""Probabilities that two records are of one person, by Splink on DuckDB.

Fellegi and Sunter's model, fitted without labels: how often records of two people agree
by chance is counted on random pairs, how often records of one agree by expectation
maximisation. What agrees on a frequent name or a shared number counts less.
"""

import logging
from contextlib import suppress
from typing import Any

import pandas as pd

from crm.issues import DataError, Issue

LIKELY = 0.5
"""Least probability of a pair that is returned."""
MEMORY = "800MB"
"""What DuckDB may take; beyond that it goes to disk."""
RANDOM_PAIRS = 2e6
SEED = 1
COMPARED = ("first_name", "last_name", "company", "email", "phone", "place")
PERSONAL = ("email", "phone")
BLOCKS = (
    ("email",),
    ("phone", "last_name"),
    ("phone", "first_name"),
    ("company", "last_name"),
    ("company", "first_name"),
    ("first_name", "last_name"),
)
"""Columns that two records have to agree on to be compared at all, one set of them."""
TRAINING = (("email",), ("first_name", "last_name"), ("company", "last_name"))
SURE = (("email", "last_name"), ("phone", "first_name", "last_name"))
"""Columns in which only records of one person agree."""
RECALL = 0.6
"""Share of the people in both tables that these find, about."""


def linked(
    left: pd.DataFrame, right: pd.DataFrame, least: float = LIKELY
) -> pd.DataFrame:
    """Return the pairs of two tables that may be one person, the likeliest first.

    Parameters
    ----------
    left, right
        As :func:`crm.linkage.comparable.records_of` has them.
    least
        Probability from which on a pair is returned.

    Returns
    -------
    pandas.DataFrame
        left_id, right_id and probability.

    Raises
    ------
    DataError
        Where Splink is not installed, or there is too little to compare.
    """
    left, right = (_of_one_person(table, left, right) for table in (left, right))
    linker = _linker(left, right)
    if not _fit(linker, _filled(left, right)):
        return pd.DataFrame(columns=["left_id", "right_id", "probability"])
    pairs = linker.inference.predict(
        threshold_match_probability=least, warning_mode="never"
    )
    found = pairs.as_pandas_dataframe()
    is_turned = found["source_dataset_l"] == "right_records"
    ids = found[["unique_id_l", "unique_id_r"]]
    turned = ids.where(~is_turned, ids[["unique_id_r", "unique_id_l"]].to_numpy())
    table = pd.DataFrame(
        {
            "left_id": turned["unique_id_l"].astype(object),
            "right_id": turned["unique_id_r"].astype(object),
            "probability": found["match_probability"].astype(float),
        }
    )
    order = ["probability", "left_id", "right_id"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _of_one_person(table: pd.DataFrame, *tables: pd.DataFrame) -> pd.DataFrame:
    """Return the records without addresses and numbers that several people share.

    Those of a switchboard say of two records that they are colleagues, as the company
    does already.
    """
    own = {}
    for name in PERSONAL:
        shared: set[str] = set()
        for other in tables:
            n_names = other.groupby(name)["last_name"].nunique()
            shared |= set(n_names.index[n_names > 1])
        own[name] = table[name].mask(table[name].isin(shared), None)
    return table.assign(**own)


def _linker(left: pd.DataFrame, right: pd.DataFrame) -> Any:
    try:
        import duckdb
        from splink import DuckDBAPI, Linker
    except ImportError as error:
        expected = "Splink is not installed: pip install 'rightrep[dedupe]'"
        raise DataError([Issue("duplicates", expected)]) from error
    connection = duckdb.connect(config={"memory_limit": MEMORY})
    database = DuckDBAPI(connection)
    tables = [
        database.register(table, dataset_display_name=name)
        for name, table in (("left_records", left), ("right_records", right))
    ]
    return Linker(tables, _settings(_filled(left, right)), log_level=logging.ERROR)


def _filled(*tables: pd.DataFrame) -> list[str]:
    """Return the columns that all tables have something in."""
    filled = [
        name for name in COMPARED if all(table[name].notna().any() for table in tables)
    ]
    if "company" in filled:
        # Colleagues are at one place: that would count twice.
        filled = [name for name in filled if name != "place"]
    if not {"email", "phone", "last_name"} & set(filled) or len(filled) < 2:
        expected = "both tables need two of name, company, email and phone to compare"
        raise DataError([Issue("duplicates", expected)])
    return filled


def _settings(columns: list[str]) -> Any:
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="link_only",
        comparisons=[_comparison(name) for name in columns],
        blocking_rules_to_generate_predictions=[
            block_on(*names) for names in _known(BLOCKS, columns)
        ],
        retain_matching_columns=False,
    )


def _comparison(column: str) -> Any:
    import splink.comparison_library as library

    comparison: Any
    if column in ("first_name", "last_name"):
        comparison = library.JaroWinklerAtThresholds(column, [0.92, 0.85])
    elif column == "company":
        comparison = library.JaroWinklerAtThresholds(column, [0.92])
    else:
        # An address is made of the names and the company's domain: alike is no news.
        comparison = library.ExactMatch(column)
    return comparison.configure(term_frequency_adjustments=True)


def _fit(linker: Any, columns: list[str]) -> bool:
    """Fit the model; return whether any records agree enough to fit it on."""
    from splink import block_on
    from splink.internals.exceptions import EMTrainingException

    training = linker.training
    sure = [block_on(*names) for names in _known(SURE, columns)]
    if sure:
        training.estimate_probability_two_random_records_match(sure, recall=RECALL)
    training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    n_fitted = 0
    for names in _known(TRAINING, columns):
        # Columns in which no two records agree say nothing; others may.
        with suppress(EMTrainingException):
            training.estimate_parameters_using_expectation_maximisation(
                block_on(*names)
            )
            n_fitted += 1
    return n_fitted > 0


def _known(sets: tuple[tuple[str, ...], ...], columns: list[str]) -> list[tuple]:
    return [names for names in sets if set(names) <= set(columns)]
