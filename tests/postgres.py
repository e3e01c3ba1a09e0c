"""A private PostgreSQL cluster, where PostgreSQL is installed: a socket, no network."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import pytest

PASSWORD = "geheim@Wort/1"
"""Of the cluster's only user; nothing that rightrep writes may hold it."""
USER = "postgres"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, None where it is not installed."""
    known = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(known[-1]) if known else None)
    return Path(os.path.realpath(found)).parent if found else None


class Postgres:
    """A cluster with one empty database, ``crm``."""

    def __init__(self, folder: Path, bin_folder: Path) -> None:
        self.folder = folder
        self._bin = bin_folder

    @classmethod
    def started(cls) -> Self:
        """Return a new cluster; skips the test where there can be none."""
        bin_folder = programs()
        is_root = os.geteuid() == 0
        if bin_folder is None or (is_root and not _has_user(USER)):
            pytest.skip("PostgreSQL is not installed")
        folder = Path(tempfile.mkdtemp(prefix="rightrep-pg-"))
        secret = folder / "password"
        secret.write_text(PASSWORD)
        if is_root:
            shutil.chown(folder, USER)
            shutil.chown(secret, USER)
        cluster = cls(folder, bin_folder)
        options = ["--auth=scram-sha-256", f"--pwfile={secret}", "--no-sync"]
        options += ["--encoding=UTF8", "--locale=C", f"--username={USER}"]
        cluster._run("initdb", "-D", folder / "data", *options)
        cluster.start()
        cluster.execute("CREATE DATABASE crm", database="postgres")
        return cluster

    @property
    def url(self) -> str:
        """The URL of the database, with user and password."""
        return self.url_of(PASSWORD)

    def url_of(self, password: str, database: str = "crm") -> str:
        """Return the URL of a database with any password."""
        login = f"{USER}:{quote(password, safe='')}"
        return f"postgresql://{login}@/{database}?host={self.folder}"

    def start(self) -> None:
        """Start the cluster, and wait until it answers."""
        options = f"-c listen_addresses='' -c fsync=off -k {self.folder}"
        log = self.folder / "log"
        self._run(
            "pg_ctl", "-D", self.folder / "data", "-o", options, "-l", log, "start"
        )

    def stop(self) -> None:
        """Stop the cluster at once, as a crash does."""
        self._control("-m", "immediate", "stop")

    def remove(self) -> None:
        """Stop the cluster and delete it."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder)

    def execute(self, *statements: str, database: str = "crm") -> list[tuple[Any, ...]]:
        """Run statements, each committed, and return the last one's rows."""
        import psycopg

        rows: list[tuple[Any, ...]] = []
        login = {"host": str(self.folder), "user": USER, "password": PASSWORD}
        with psycopg.connect(dbname=database, autocommit=True, **login) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
                rows = cursor.fetchall() if cursor.description else []
        return rows

    def wait_for(self, condition: str) -> None:
        """Wait until this holds of another process of the database."""
        query = (
            "SELECT count(*) FROM pg_stat_activity "
            f"WHERE pid <> pg_backend_pid() AND {condition}"
        )
        for _ in range(200):
            if self.execute(query) != [(0,)]:
                return
            time.sleep(0.05)
        raise AssertionError(f"{condition} never held")

    def _control(self, *arguments: object) -> None:
        self._run("pg_ctl", "-w", "-D", self.folder / "data", *arguments)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._bin / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", USER, "--", *command]
        done = subprocess.run(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd="/",
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()


def _has_user(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False
