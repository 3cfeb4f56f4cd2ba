"""What can be done to the database, as steps of a scenario."""

import threading

from tests.faults.scenario import Action, Running
from tests.parts.postgres import Postgres

IN_A_TRANSACTION = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE pid <> pg_backend_pid() AND datname IS NOT NULL AND datname <> 'postgres' AND backend_xid IS NOT NULL"
)
"""Sessions that have written something and not committed it."""


def kill_database(server: Postgres, down: float = 1.0) -> Action:
    """SIGKILL to the server and all its processes; it comes back after ``down`` seconds and recovers."""

    def act(running: Running) -> None:
        running.system.history.note("killed", who="the database")
        server.kill()
        running.later(down, lambda _: server.start())

    return act


def restart_database(server: Postgres) -> Action:
    """As an operator does: sessions are cut off, what is committed is kept."""

    def act(running: Running) -> None:
        running.system.history.note("broke", who="the database is restarted")
        server.restart()

    return act


def freeze_database(server: Postgres, seconds: float) -> Action:
    """It is there, takes connections and does not answer."""

    def act(running: Running) -> None:
        running.system.history.note("froze", who="the database")
        server.freeze()
        running.later(seconds, lambda _: server.thaw())

    return act


class Cutting:
    """For some seconds every session that is found inside a writing transaction is ended by the server."""

    def __init__(self, server: Postgres, seconds: float) -> None:
        self._server, self._seconds = server, seconds
        self.ended = 0

    def __call__(self, running: Running) -> None:
        running.system.history.note("broke", who="the database ends sessions inside their transactions")
        ending = threading.Event()
        thread = threading.Thread(target=self._cut, args=(ending,), daemon=True)
        thread.start()
        running.later(self._seconds, lambda _: ending.set())

    def _cut(self, ending: threading.Event) -> None:
        while not ending.wait(0.02):
            try:
                self.ended += int(self._server.psql(IN_A_TRANSACTION) or 0)
            except RuntimeError:
                continue
