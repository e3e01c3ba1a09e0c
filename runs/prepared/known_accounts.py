"""Leads of known customers whose account_id is missing."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from crm import CrmData, Issue, listed
from scenarios import ScenarioFile
from solver.rules.account_owner import AccountOwner

NAMED = 3


def with_known_accounts(
    file: ScenarioFile, crm: CrmData
) -> tuple[CrmData, list[Issue]]:
    """Return the tables, leads without an account_id with the one account they fit.

    Beside them what is to be said: who got which account, and who fits several.
    """
    spec = file.scenario.duplicates
    if spec is None or not spec.accounts:
        return crm, []
    from scenarios.duplicate_checks import key_reader

    reader = key_reader(spec)
    nameless = crm.leads[crm.leads["account_id"] == ""]
    theirs, ours = (
        reader.keys(crm.accounts, spec.accounts, "account_id"),
        reader.keys(nameless, spec.accounts),
    )
    pairs = ours.merge(theirs, on=["kind", "key"]).drop_duplicates()
    n_accounts = pairs.groupby(["lead_id", "kind"])["account_id"].transform("nunique")
    clear = pairs[n_accounts == 1]
    order = clear["kind"].map(spec.accounts.index)
    first = clear.loc[order.sort_values(kind="stable").index].drop_duplicates("lead_id")
    account = first.set_index("lead_id")["account_id"]
    found = crm.leads["lead_id"].map(account)
    filled = crm.leads["account_id"].where(found.isna(), found).astype(object)
    columns = crm.file_columns["leads"] | ({"account_id"} if len(first) else set())
    known = replace(
        crm,
        leads=crm.leads.assign(account_id=filled),
        file_columns={**crm.file_columns, "leads": columns},
    )
    unclear = pairs[~pairs["lead_id"].isin(first["lead_id"])]
    return known, list(_issues(file, first, unclear))


def _issues(
    file: ScenarioFile, first: pd.DataFrame, unclear: pd.DataFrame
) -> Iterator[Issue]:
    keys = ("duplicates", "accounts")
    if len(first):
        text = f"{len(first):,} leads are those of known accounts: {_named(first)}"
        if not any(isinstance(rule, AccountOwner) for rule in file.scenario.rules):
            text += "; a rule of kind account_owner takes them to the account's owner"
        yield file.issue(keys, text, severity="warning")
    if len(unclear):
        n_leads = unclear["lead_id"].nunique()
        text = f"{n_leads:,} leads fit several accounts, so none: {_named(unclear)}"
        yield file.issue(keys, text, severity="warning")


def _named(pairs: pd.DataFrame) -> str:
    cells = (pairs[name] for name in ("lead_id", "account_id", "kind"))
    texts = [
        f"{lead_id} of {account} by {kind}"
        for lead_id, account, kind in zip(*cells, strict=True)
    ]
    return listed(texts, NAMED)
