"""Owners are written back whole or not at all, and over no change of others."""

from threading import Thread

import pytest

from crm import DataError
from crm.databases.address import address_of
from crm.databases.owner_table import OwnerTable
from crm.databases.writing import OwnerChange, write_owners

TABLE = "CREATE TABLE leads (id text, owner_id text)"
ROWS = "INSERT INTO leads VALUES ('L1', 'R1'), ('L2', 'R1'), ('L3', NULL), ('L4', 'R9')"
CHANGES = [
    OwnerChange("L1", "R1", "R2"),
    OwnerChange("L3", "", "R2"),
    OwnerChange("L4", "R1", "R2"),
    OwnerChange("L5", "R1", "R2"),
]
TARGET = OwnerTable("leads", "id", "owner_id")
OWNERS = "SELECT id, owner_id FROM leads ORDER BY id"
BEFORE = [("L1", "R1"), ("L2", "R1"), ("L3", None), ("L4", "R9")]


@pytest.fixture
def write(tmp_path):
    """Return a function: changes -> what became of them, in the database of CRM_URL."""

    def to_database(changes=CHANGES, target=TARGET, **options):
        address = address_of("${CRM_URL}", tmp_path, "--url")
        return write_owners(address, target, changes, **options)

    return to_database


def test_only_what_nobody_changed_is_written(execute, write):
    """Another owner meanwhile, or no such lead: left alone, and told."""
    execute(TABLE, ROWS)
    outcome = write()
    assert outcome.written == ["L1", "L3"]
    assert outcome.moved == {"L4": "R9"} and outcome.missing == ["L5"]
    assert not outcome.is_whole
    assert execute(OWNERS) == [("L1", "R2"), ("L2", "R1"), ("L3", "R2"), ("L4", "R9")]


def test_nothing_is_written_twice(execute, write):
    """The second call finds every lead with its new owner."""
    execute(TABLE, ROWS)
    write(CHANGES[:2])
    again = write(CHANGES[:2])
    assert (again.written, again.already) == ([], ["L1", "L3"])
    assert again.is_whole


def test_a_dry_run_tells_the_same_and_writes_nothing(execute, write):
    """With the statement."""
    execute(TABLE, ROWS)
    told = write(dry_run=True)
    assert told.statement.startswith("UPDATE leads SET owner_id")
    assert execute(OWNERS) == BEFORE
    done = write()
    assert (told.written, told.moved, told.missing) == (
        done.written,
        done.moved,
        done.missing,
    )


@pytest.mark.parametrize(
    ("kind", "lead", "owners"),
    [
        ("bigint", "9007199254740993", ("3", "12")),
        ("numeric", "17", ("3", "12")),
        ("text", "00123", ("003", "012")),
        ("char(18)", "00Q5g00000aBcDe", ("0055g00000aBcDe", "0055g00000XYZab")),
        (
            "uuid",
            "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
            (
                "00000000-0000-0000-0000-000000000001",
                "00000000-0000-0000-0000-000000000002",
            ),
        ),
    ],
)
def test_ids_of_every_type_are_found(kind, lead, owners, server, write):
    """By their values, and no digit is lost."""
    server.execute(f"CREATE TABLE leads (id {kind}, owner_id {kind})")
    server.execute(f"INSERT INTO leads VALUES ('{lead}', '{owners[0]}')")
    outcome = write([OwnerChange(lead, *owners)])
    assert outcome.written == [lead]
    assert [str(owner).strip() for _, owner in server.execute(OWNERS)] == [owners[1]]


def test_sqlite_integers_are_found(sqlite, write):
    """A column without text holds none."""
    sqlite("CREATE TABLE leads (id INTEGER, owner_id INTEGER)")
    sqlite("INSERT INTO leads VALUES (17, 3)")
    assert write([OwnerChange("17", "3", "12")]).written == ["17"]
    assert sqlite(OWNERS) == [(17, 12)]


def test_many_leads_are_written_together(execute, write):
    """More than one query asks for."""
    rows = ", ".join(f"('L{i}', 'R1')" for i in range(1200))
    execute(TABLE, f"INSERT INTO leads VALUES {rows}")
    changes = [OwnerChange(f"L{i}", "R1", f"R{i % 7}") for i in range(1200)]
    outcome = write([each for each in changes if each.after != "R1"])
    assert len(outcome.written) == 1200 - len(range(1, 1200, 7))
    assert execute("SELECT count(*) FROM leads WHERE owner_id = 'R1'") == [(172,)]


def test_tables_in_schemas_and_views_are_written(server, write):
    """A schema stands before a dot."""
    server.execute("DROP SCHEMA IF EXISTS sales CASCADE", "CREATE SCHEMA sales")
    server.execute("CREATE TABLE sales.leads (id text, owner_id text)")
    server.execute("INSERT INTO sales.leads VALUES ('L1', 'R1'), ('L2', 'R1')")
    server.execute('CREATE VIEW "Open" AS SELECT * FROM sales.leads')
    for lead, table in {"L1": "sales.leads", "L2": "Open"}.items():
        change = OwnerChange(lead, "R1", "R2")
        assert write([change], OwnerTable(table, "id", "owner_id")).is_whole
    assert server.execute("SELECT DISTINCT owner_id FROM sales.leads") == [("R2",)]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (("lead", "id", "owner_id"), "no such table; did you mean 'leads'"),
        (("leads", "id", "owner"), "column owner: no such column"),
        (("leads", "ids", "owners"), "column ids.*\n.*column owners"),
        (("none.leads", "id", "owner_id"), "none"),
    ],
)
def test_a_wrong_table_or_column_is_named(target, expected, execute, write):
    """Before anything is written."""
    execute(TABLE, ROWS)
    with pytest.raises(DataError, match=expected):
        write(target=OwnerTable(*target))
    assert execute(OWNERS) == BEFORE


def test_owners_of_another_type_are_refused(server, write):
    """With the option that mends it."""
    server.execute("CREATE TABLE leads (id text, owner_id bigint)")
    with pytest.raises(
        DataError, match=r"'R2': expected an owner.*BIGINT.*--owner-from"
    ):
        write()


def test_an_id_of_two_rows_is_refused(execute, write):
    """The column names no rows."""
    execute(TABLE, ROWS, "INSERT INTO leads VALUES ('L1', 'R1')")
    with pytest.raises(
        DataError, match="'L1': names several rows; nothing was written"
    ):
        write()
    assert ("L3", None) in execute(OWNERS)


def test_a_refused_owner_undoes_all(execute, write):
    """What the database refuses of one lead is written of none."""
    execute(
        "CREATE TABLE leads (id text, owner_id text CHECK (owner_id <> 'R5'))", ROWS
    )
    with pytest.raises(DataError, match="nothing was written; the database says"):
        write([CHANGES[0], OwnerChange("L2", "R1", "R5")])
    assert execute(OWNERS) == BEFORE


SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN IF NEW.id = 'L3' THEN PERFORM pg_sleep(30); END IF; RETURN NEW; END $$
"""
TRIGGER = "CREATE TRIGGER t BEFORE UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION slow()"


def test_a_database_that_goes_away_has_nothing_half_written(postgres, server, write):
    """Stopped when the first of two leads is written."""
    server.execute(TABLE, ROWS, SLOW, TRIGGER)
    errors = []

    def try_to_write():
        try:
            write(CHANGES[:2])
        except DataError as error:
            errors.append(str(error))

    writer = Thread(target=try_to_write)
    writer.start()
    server.wait_for("wait_event = 'PgSleep'")
    postgres.stop()
    try:
        writer.join(20)
    finally:
        postgres.start()
    assert len(errors) == 1 and "nothing was written" in errors[0]
    assert server.execute(OWNERS) == BEFORE
    server.execute("DROP TRIGGER t ON leads")
    assert write(CHANGES[:2]).written == ["L1", "L3"]


def test_a_lead_that_somebody_holds_is_waited_for(server, write, monkeypatch):
    """Not for ever, and nothing is written."""
    import psycopg

    monkeypatch.setattr(
        "crm.databases.writing.PATIENCE", "SET LOCAL lock_timeout = 100"
    )
    server.execute(TABLE, ROWS)
    with psycopg.connect(server.url) as other:
        other.execute("UPDATE leads SET owner_id = 'R7' WHERE id = 'L3'")
        with pytest.raises(DataError, match="lock timeout"):
            write()
    assert write().moved == {"L3": "R7", "L4": "R9"}
