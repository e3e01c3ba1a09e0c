"""Companies that are strange and yet valid: the small one, changed in one way."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from crm import csv_text
from tests.small_company import SCENARIO, write_company

EVERY_PAIR = "\n".join(
    f"      - {{lead_id: L{i:03}, rep_id: R{r}}}"
    for i in range(30)
    for r in range(1, 7)
)


@dataclass
class Company:
    """Tables of text, to be changed, and a scenario."""

    leads: pd.DataFrame
    reps: pd.DataFrame
    history: pd.DataFrame
    accounts: pd.DataFrame
    absences: pd.DataFrame
    scenario: str = SCENARIO

    @classmethod
    def small(cls, folder: Path) -> "Company":
        write_company(folder)
        names = ("leads", "reps", "history", "accounts", "absences")
        read = {"dtype": str, "keep_default_na": False}
        return cls(*(pd.read_csv(folder / f"{name}.csv", **read) for name in names))

    def write(self, folder: Path) -> Path:
        for name in ("leads", "reps", "history", "accounts", "absences"):
            text = csv_text(getattr(self, name))
            (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        (folder / "daily.yaml").write_text(self.scenario, encoding="utf-8")
        return folder / "daily.yaml"

    def set_leads(self, column: str, values: object) -> None:
        """Give leads and history the same column: one value, or a cycle of them."""
        for table in (self.leads, self.history):
            table[column] = cycled(values, len(table))

    def without_owners(self) -> None:
        self.accounts = self.accounts[:0]
        self.absences = self.absences[:0]

    def for_revenue(self, deal_value: object) -> None:
        revenue = "objective:\n  maximise: revenue\nrules:"
        self.scenario = self.scenario.replace("rules:", revenue)
        self.leads["deal_value"] = cycled(deal_value, len(self.leads))


def cycled(values: object, n: int) -> list[str]:
    known = values if isinstance(values, list) else [values]
    return [str(known[i % len(known)]) for i in range(n)]


def one_rep(company: Company) -> None:
    company.without_owners()
    company.reps = company.reps[:1]


def one_lead(company: Company) -> None:
    company.leads = company.leads[:1]


def one_territory(company: Company) -> None:
    company.set_leads("territory", "North")


def no_capacity(company: Company) -> None:
    company.reps["daily_capacity"] = "0"


def all_absent(company: Company) -> None:
    company.absences = pd.DataFrame(
        {"rep_id": company.reps["rep_id"], "from": "2026-09-07", "to": "2026-09-07"}
    )


def no_rules(company: Company) -> None:
    head, rest = company.scenario.split("rules:\n")
    company.scenario = f"{head}rules: []\nsolve:{rest.split('solve:')[1]}"


def every_lead_excluded(company: Company) -> None:
    rule = f"rules:\n  - kind: exclude\n    pairs:\n{EVERY_PAIR}\n"
    company.scenario = company.scenario.replace("rules:\n", rule)


def no_optional_column(company: Company) -> None:
    no_rules(company)
    company.without_owners()
    company.leads = company.leads[["lead_id", "created_at"]]
    company.reps = company.reps[["rep_id", "daily_capacity"]]
    needed = ["lead_id", "created_at", "rep_id", "assigned_at", "outcome", "closed_at"]
    company.history = company.history[needed]


def history_of_one_rep(company: Company) -> None:
    company.history["rep_id"] = "R1"


def history_of_former_reps(company: Company) -> None:
    owner = company.history["rep_id"]
    company.history["rep_id"] = owner.where(owner.isin(["R1", "R2", "R3"]), "X" + owner)


def a_rep_who_always_wins(company: Company) -> None:
    company.history.loc[company.history["rep_id"] == "R1", "outcome"] = "won"
    company.history.loc[company.history["closed_at"] == "", "closed_at"] = "2026-09-01"


def one_won_lead(company: Company) -> None:
    company.history["outcome"] = ["won"] + ["lost"] * 199
    company.history["closed_at"] = "2026-09-01"


def one_lost_lead(company: Company) -> None:
    company.history["outcome"] = ["won"] * 199 + ["lost"]
    company.history["closed_at"] = "2026-09-01"


def the_newest_half_open(company: Company) -> None:
    company.history.loc[100:, ["outcome", "closed_at"]] = ["open", ""]


def fifty_closed_rows(company: Company) -> None:
    closed = company.history[company.history["outcome"] != "open"]
    company.history = closed[:50]


def only_self_generated_history(company: Company) -> None:
    company.history["origin"] = "self_generated"


def constant_columns(company: Company) -> None:
    for column in ("territory", "language", "visits", "deal_value"):
        company.set_leads(column, "1")


def columns_filled_only_in_new_rows(company: Company) -> None:
    company.history.loc[:150, ["visits", "deal_value", "language"]] = ""


def columns_empty_in_leads(company: Company) -> None:
    company.leads[["visits", "language"]] = ""


def columns_empty_in_history(company: Company) -> None:
    company.history[["visits", "language", "deal_value"]] = ""


def half_of_the_cells_missing(company: Company) -> None:
    company.set_leads("visits", ["3", ""])
    company.set_leads("territory", ["North", "", "South", ""])
    company.reps.loc[::2, ["territories", "team", "seniority"]] = ""


def many_levels_and_free_text(company: Company) -> None:
    company.set_leads("city", [f"city {i}" for i in range(90)])
    company.set_leads("note", [f'Call "{i}",\n<b>please</b>; ü漢' for i in range(200)])


def truth_and_nothing_as_text(company: Company) -> None:
    company.set_leads("demo", ["yes", "no", ""])
    company.set_leads("said", ["None", "nan", "NaN", "null", "TRUE", "infrequent"])


def numbers_beyond_bounds(company: Company) -> None:
    company.set_leads("huge", ["1e300", "-1e300", "1.7e308", "1"])
    company.set_leads("all_huge", [f"{i}e307" for i in range(1, 18)])
    company.set_leads("tiny", ["1e-310", "5e-324", "0"])
    company.set_leads("nearly_one", ["1", "1.0000000000000002"])
    company.leads["visits"] = "1e300"


def the_same_column_twice(company: Company) -> None:
    company.set_leads("copy", [str(i % 7) for i in range(200)])
    company.set_leads("again", [str(2 * (i % 7) + 1) for i in range(200)])


def columns_named_like_ours(company: Company) -> None:
    company.set_leads("created_at weekday", ["a", "b"])
    company.set_leads("created_at hour (sine)", ["1", "2"])
    company.set_leads("index", ["1", "2", "3"])


def numbers_that_became_text(company: Company) -> None:
    company.history["visits"] += " visits"


def all_at_once(company: Company) -> None:
    company.leads["created_at"] = "2026-09-05T08:00:00Z"
    for column in ("created_at", "assigned_at"):
        company.history[column] = "2026-05-05T08:00:00Z"
    company.history.loc[company.history["closed_at"] != "", "closed_at"] = "2026-09-01"


def centuries_apart(company: Company) -> None:
    company.leads["created_at"] = [f"{1700 + 10 * i}-02-28" for i in range(30)]


def ids_alike(company: Company) -> None:
    company.without_owners()
    names = ["é", "è", "É", "ß", "=1+1", "a,b;'\"$_^%\\"]
    ids = dict(zip(company.reps["rep_id"], names, strict=True))
    company.reps["rep_id"] = names
    company.history["rep_id"] = company.history["rep_id"].map(ids)
    company.leads["lead_id"] = ["a", "A", "Å", "å", *company.leads["lead_id"][4:]]


def names_of_all_scripts(company: Company) -> None:
    company.reps["name"] = ["李雷", "محمد", "Ольга", "<i>", "👩‍💻", "$x_1$"]
    company.reps["team"] = "команда & <b>"


def a_thousand_reps_and_a_lead(company: Company) -> None:
    company.without_owners()
    one_lead(company)
    company.reps = pd.DataFrame(
        {"rep_id": [f"R{i}" for i in range(1000)], "daily_capacity": "1"}
    ).assign(territories="*", languages="en", seniority="3")


def books_over_full(company: Company) -> None:
    company.reps["open_capacity"] = ["0", "", "5", "1000000000", "5", "5"]
    company.reps["open_leads"] = ["9", "9", "", "1", "4", "1000000000"]


def penalties_of_nothing(company: Company) -> None:
    company.scenario = company.scenario.replace("penalty: 0.02", "penalty: 1.0e-13")


def penalties_beyond_all_value(company: Company) -> None:
    company.for_revenue(["100", "200", "300"])
    company.scenario = company.scenario.replace("penalty: 0.02", "penalty: 1.0e+15")


def values_of_every_size(company: Company) -> None:
    company.for_revenue([f"{10.0**power:g}" for power in np.linspace(-9, 9, 30)])


def the_largest_values(company: Company) -> None:
    company.for_revenue("1e15")


def values_next_to_nothing(company: Company) -> None:
    company.for_revenue(["1e-310", "5e-324", "1e-300"])


def no_value_known(company: Company) -> None:
    company.for_revenue("")


Change = Callable[[Company], None]

STRANGE_DAYS: tuple[Change, ...] = (
    one_rep,
    one_lead,
    no_capacity,
    all_absent,
    no_rules,
    every_lead_excluded,
    centuries_apart,
    names_of_all_scripts,
    a_thousand_reps_and_a_lead,
    books_over_full,
    penalties_of_nothing,
    penalties_beyond_all_value,
    values_of_every_size,
    the_largest_values,
    values_next_to_nothing,
    no_value_known,
)
"""What is strange in the day alone: a model of the small company serves."""

STRANGE_PASTS: tuple[Change, ...] = (
    one_territory,
    no_optional_column,
    history_of_one_rep,
    history_of_former_reps,
    a_rep_who_always_wins,
    one_won_lead,
    one_lost_lead,
    the_newest_half_open,
    fifty_closed_rows,
    only_self_generated_history,
    constant_columns,
    columns_filled_only_in_new_rows,
    columns_empty_in_leads,
    columns_empty_in_history,
    half_of_the_cells_missing,
    many_levels_and_free_text,
    truth_and_nothing_as_text,
    numbers_beyond_bounds,
    the_same_column_twice,
    columns_named_like_ours,
    numbers_that_became_text,
    all_at_once,
    ids_alike,
)
"""What is strange to the model as well."""
