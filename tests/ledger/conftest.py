import pytest

from crm.databases.address import address_of


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.db"


@pytest.fixture(params=["file", "server"])
def place(request, path, monkeypatch):
    """A place for a new ledger: an SQLite file, and an empty PostgreSQL database."""
    if request.param == "file":
        return path
    postgres = request.getfixturevalue("postgres")
    postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    monkeypatch.setenv("LEDGER_URL", postgres.url)
    return address_of("${LEDGER_URL}", path.parent, "ledger")
