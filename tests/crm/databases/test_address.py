"""Addresses take secrets from the environment, and show none."""

from pathlib import Path

import pytest

from crm import DataError
from crm.databases.address import address_of

HERE = Path("/here")


def test_parts_are_filled_as_they_are(monkeypatch):
    """A password needs no escapes, and a port may be a variable."""
    for name, value in {"P": "a/b@c:%", "H": "db.example", "PORT": "5433"}.items():
        monkeypatch.setenv(name, value)
    url = address_of("postgresql://anna:${P}@${H}:${PORT}/crm", HERE, "x").url
    assert (url.password, url.host, url.port) == ("a/b@c:%", "db.example", 5433)


def test_the_address_is_shown_without_credentials_and_options(monkeypatch):
    """System, host, port and database, and no more; its text neither."""
    monkeypatch.setenv("U", "postgresql://anna:geheim@db:5433/crm?sslpassword=geheim")
    address = address_of("${U}", HERE, "x")
    assert address.shown == "postgresql://db:5433/crm"
    assert "geheim" not in repr(address) and "anna" not in address.shown


@pytest.mark.parametrize(
    "said", ["pa ss/wörd", "pa%20ss/w%C3%B6rd", "pa+ss%2Fw%C3%B6rd"]
)
def test_what_a_driver_repeats_is_masked(said, monkeypatch):
    """However it spells the password."""
    monkeypatch.setenv("P", "pa ss/wörd")
    address = address_of("postgresql://anna:${P}@db/crm", HERE, "x")
    assert address.without_secrets(f"bad {said}, sorry") == "bad ***, sorry"


def test_a_missing_variable_is_named(monkeypatch):
    """And so is an empty one."""
    monkeypatch.setenv("EMPTY", " ")
    for name in ("NOT_THERE", "EMPTY"):
        with pytest.raises(DataError, match=f"no variable {name}; set it"):
            address_of(f"${{{name}}}", HERE, "data.leads.url")


@pytest.mark.parametrize(
    "value", ["geheim", "postgresql://a:geheim@h:port/x", "://geheim"]
)
def test_a_variable_that_holds_no_url_is_not_repeated(value, monkeypatch):
    """Its name is said, what it holds is not."""
    monkeypatch.setenv("U", value)
    with pytest.raises(DataError, match="the variable U holds no URL") as refused:
        address_of("${U}", HERE, "data.leads.url")
    assert "geheim" not in str(refused.value)
