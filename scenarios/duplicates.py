"""Which leads are one and the same person or company."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from scenarios.section import Section

KeyKind = Literal["email", "phone", "domain", "company"]


def _a_country(value: Any) -> Any:
    from crm.contact_keys.phone import region_of

    if isinstance(value, str) and (code := region_of(value)):
        return code
    raise PydanticCustomError(
        "country", "expected an ISO 3166 code of a country, such as DE or 'NO'"
    )


class Duplicates(Section):
    """Which leads are one and the same, and so have one owner."""

    keys: list[KeyKind] = Field(
        ["email", "phone"],
        description="What two leads share that are one: email, phone, domain (of "
        "e-mail or website, free mail aside), company (its name without accents and "
        "legal form). [] for none: people say it, by `rightrep same`.",
    )
    accounts: list[Literal["domain", "company"]] = Field(
        [],
        description="What a lead without an account_id shares with the one account "
        "whose it is; the accounts table has a website, domain, email or company.",
    )
    within_days: int | None = Field(
        None,
        gt=0,
        description="Days for which a lead is remembered as another one's duplicate, "
        "from the day that a run met it first. By default for ever.",
    )
    at_most: int = Field(
        10,
        ge=2,
        description="Leads that may share a key; one that more have, such as the "
        "number of a switchboard, joins none of them, and is named.",
    )
    country: Annotated[str, BeforeValidator(_a_country)] | None = Field(
        None,
        description="ISO 3166 code of phone numbers whose lead has no country_code or "
        "country. Without it, only international ones (+49 ...) are read.",
    )
    plus_addresses: bool = Field(
        False, description="Whether mara+fair@acme.com is mara@acme.com."
    )
