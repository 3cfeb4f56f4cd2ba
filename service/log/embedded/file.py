"""Opening ``log.db``: its tables, how it is made durable, and what can be wrong with it."""

import functools
import sqlite3
from pathlib import Path

import structlog

from service.errors import ConfigError, WirewatchError
from service.log.failures import LogDamaged, LogUnavailable

APPLICATION_ID = 0x77697265
VERSION = 1

_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE partitions (
    id        INTEGER PRIMARY KEY,
    topic     TEXT NOT NULL,
    partition INTEGER NOT NULL,
    start     INTEGER NOT NULL DEFAULT 0,  -- oldest offset kept
    next      INTEGER NOT NULL DEFAULT 0,  -- where the next record goes; stays when all records are gone
    bytes     INTEGER NOT NULL DEFAULT 0,  -- payload kept
    UNIQUE (topic, partition)
) STRICT;
CREATE TABLE records (
    partition_id INTEGER NOT NULL REFERENCES partitions (id),
    offset       INTEGER NOT NULL,
    at           INTEGER NOT NULL,         -- Unix milliseconds
    size         INTEGER NOT NULL,         -- payload bytes; before the value, so that a sweep reads no overflow pages
    key          TEXT NOT NULL,
    headers      TEXT NOT NULL,            -- JSON object of text
    value        BLOB NOT NULL,
    PRIMARY KEY (partition_id, offset)
) STRICT;
CREATE TABLE leases (
    grp          TEXT NOT NULL,
    partition_id INTEGER NOT NULL REFERENCES partitions (id),
    owner        TEXT NOT NULL,
    epoch        INTEGER NOT NULL,         -- one more with every owner; an older one's commit is refused
    next         INTEGER,                  -- committed: all before it is done; NULL before the first commit
    PRIMARY KEY (grp, partition_id)
) STRICT;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
COMMIT;
"""


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The one connection that commits and checkpoints. Makes the file when there is none."""
    connection = _connect(f"{path.absolute().as_uri()}?mode=rwc", path)
    try:
        # Both only take on a file that has no page yet, and auto_vacuum only before WAL.
        # Articles of 5 KB lie in pages of 4 KB with their ends elsewhere, two for each; of these they need a third.
        connection.execute("PRAGMA page_size = 16384")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: a plain fsync does not reach the disk
        connection.execute("PRAGMA journal_size_limit = 16777216")
        connection.execute("PRAGMA wal_autocheckpoint = 500")
        if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            connection.executescript(_SCHEMA)
        _check(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise as_failure(error, path) from error
    except WirewatchError:
        connection.close()
        raise
    _warn_of_wal_reset_bug()
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that can change nothing. Without a file: an empty log, so that looking needs no running service."""
    exists = path.exists()
    connection = _connect(f"{path.absolute().as_uri()}?mode=ro" if exists else "file::memory:", path)
    try:
        if not exists:
            connection.executescript(_SCHEMA)
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("PRAGMA query_only = ON")
        _check(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise as_failure(error, path) from error
    except WirewatchError:
        connection.close()
        raise
    return connection


def _connect(uri: str, path: Path) -> sqlite3.Connection:
    try:
        # Used by one thread at a time, but opened and closed by others.
        return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=5.0, check_same_thread=False)
    except sqlite3.Error as error:
        raise as_failure(error, path) from error


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise LogDamaged(f"{path} is not a log of wirewatch; move it away, or give another folder with --data")
    if version > VERSION:
        raise ConfigError(
            f"{path} was written by a newer wirewatch (format {version}, this one reads {VERSION}); upgrade"
        )


def as_failure(error: sqlite3.Error, path: Path) -> Exception:
    """SQLite's error as one for people. What is a mistake of ours (a constraint, wrong SQL) comes back as it is."""
    # The low byte is the primary code (https://sqlite.org/rescode.html).
    match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:
        case sqlite3.SQLITE_FULL:
            return LogUnavailable(
                f"{path}: the disk is full; free some space, nothing acknowledged is lost", retry_after=5
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return LogDamaged(
                f"{path} is damaged ({error}); restore it from a copy, or move it away (with log.db-wal) to begin anew"
            )
        case (
            sqlite3.SQLITE_IOERR
            | sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_PERM
            | sqlite3.SQLITE_BUSY
            | sqlite3.SQLITE_LOCKED
            | sqlite3.SQLITE_PROTOCOL
        ):
            return LogUnavailable(f"{path}: {error}; check the disk and the permissions of the folder", retry_after=1)
    return error


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can lose commits when checkpoints race: 3.7.0 to 3.51.2, but for 3.44.6+ and 3.50.7+."""
    fixed = (version[:2] == (3, 44) and version >= (3, 44, 6)) or (version[:2] == (3, 50) and version >= (3, 50, 7))
    return (3, 7, 0) <= version < (3, 51, 3) and not fixed


@functools.cache
def _warn_of_wal_reset_bug() -> None:
    if has_wal_reset_bug(sqlite3.sqlite_version_info):
        structlog.get_logger().warning(
            "this SQLite has the WAL-reset bug; wirewatch avoids it by one writer: let no other program write log.db",
            sqlite=sqlite3.sqlite_version,
            see="https://sqlite.org/wal.html#walresetbug",
        )
