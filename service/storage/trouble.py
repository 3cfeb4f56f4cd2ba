"""Trouble with the database itself (locked, full, gone, restarted) told apart from statements that are wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.errors import ConfigError, Transient
from service.metrics import database_errors

MAY_PASS = ("08", "40", "53", "55", "57", "58", "XX", "25006", "25P02", "25P03", "26000", "0A000")
"""SQLSTATE classes and codes of PostgreSQL: connection, rollback (deadlock), resources, locks, shutdown and timeouts,
system; a standby that only reads; a transaction cut off; statements prepared before an upgrade."""
WRONG = ("28", "3D", "3F", "42704")
"""At the start: who we are, where we go and a parameter of the session that does not exist are settings."""


@contextmanager
def trouble() -> Iterator[None]:
    """Raises Transient, with the database's error as its cause, for what may go right later."""
    try:
        yield
    except DBAPIError as error:
        passing = isinstance(error, (OperationalError, InterfaceError)) or error.connection_invalidated
        state = sqlstate(error)
        if passing or state.startswith((*MAY_PASS, "28", "3D")):
            database_errors.inc()
            raise Transient(f"the database does not answer: {_line(error.orig)}") from error
        raise
    except (OSError, PoolTimeout) as error:  # refused, no such host, no answer in time, all connections in use
        database_errors.inc()
        raise Transient(f"the database does not answer: {_line(error) or type(error).__name__}") from error


@contextmanager
def at_the_start(shown: str) -> Iterator[None]:
    """While a database is opened, a wrong name or password is a mistake in the settings."""
    try:
        yield
    except (DBAPIError, Transient) as error:
        cause = error if isinstance(error, DBAPIError) else error.__cause__
        if isinstance(cause, DBAPIError) and sqlstate(cause).startswith(WRONG):
            raise ConfigError(f"{shown}: {_line(cause.orig)}; see storage.url and storage.password_file") from None
        raise


def sqlstate(error: DBAPIError) -> str:
    """Five characters of PostgreSQL's, "" where there are none."""
    return getattr(error.orig, "sqlstate", None) or ""


def _line(error: BaseException | None) -> str:
    """What happened, without the name of the driver's class in front."""
    text = (str(error).splitlines() or [""])[0]
    head, _, rest = text.partition(">: ")
    return rest if head.startswith("<class") and rest else text
