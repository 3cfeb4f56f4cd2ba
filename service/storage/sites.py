"""Turns at other people's servers, for all processes together: one request at a time to a registrable domain, room
between, and none while it asked for quiet.

By the database's clock, since the processes' own may differ. A turn that is lost in a crash of the database is no harm,
so nobody waits for the disk; a quiet time is kept as everything else is.
"""

from sqlalchemy import BigInteger, ColumnElement, func, literal, literal_column, or_, select, type_coerce, update

from service.storage.columns import MICROSECOND
from service.storage.database import Database
from service.storage.tables import sites
from service.storage.upsert import insert

CLOCKS = {
    "postgresql": "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)",
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER)",
}
SECOND = round(1 / MICROSECOND.total_seconds())
LONGEST_QUIET = 7 * 86400.0
LOOK = 1.0
"""Seconds between two looks at a turn that somebody holds, who gives it back sooner than he must, as a rule."""
LEAST = 0.01

FREE = type_coerce(sites.c.free_at, BigInteger)
QUIET = func.coalesce(type_coerce(sites.c.quiet_until, BigInteger), 0, type_=BigInteger)


class Sites:
    """Repository of turns, by the key of a site (``host_key``). Seconds everywhere."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, key: str, holder: str, longest: float) -> tuple[float, float]:
        """How long to wait before asking again, and how much of that is a quiet time; (0, 0): the turn is ours, for
        ``longest`` seconds, after which it holds up nobody even if it is not given back."""
        now = self._now
        until = type_coerce(now + _micro(longest), sites.c.free_at.type)
        async with self._database.aside() as connection:
            taken = insert(connection, sites).values(key=key, holder=holder, free_at=until)
            taken = taken.on_conflict_do_update(
                index_elements=["key"],
                set_={"holder": taken.excluded.holder, "free_at": taken.excluded.free_at},
                where=(now >= FREE) & or_(sites.c.quiet_until.is_(None), now >= QUIET),
            )
            if (await connection.execute(taken.returning(sites.c.key))).first() is not None:
                return 0.0, 0.0
            left = select(FREE - now, QUIET - now, sites.c.holder).where(sites.c.key == key)
            row = (await connection.execute(left)).first()
        if row is None:
            return LEAST, 0.0
        free, quiet = max(LEAST, row[0] / SECOND), max(0.0, row[1] / SECOND)
        return max(min(free, LOOK) if row.holder else free, quiet), quiet

    async def leave(self, key: str, holder: str, spacing: float) -> None:
        """The request is over; the next may come after ``spacing``."""
        until = type_coerce(self._now + _micro(spacing), sites.c.free_at.type)
        mine = (sites.c.key == key) & (sites.c.holder == holder)
        async with self._database.aside() as connection:
            await connection.execute(update(sites).where(mine).values(holder=None, free_at=until))

    async def pause(self, key: str, seconds: float) -> None:
        """Nobody asks there for so long; a quiet time is only ever made longer."""
        kind = sites.c.quiet_until.type
        now, until = type_coerce(self._now, kind), type_coerce(self._now + _micro(min(seconds, LONGEST_QUIET)), kind)
        async with self._database.write() as transaction:
            quiet = insert(transaction, sites).values(key=key, free_at=now, quiet_until=until)
            quiet = quiet.on_conflict_do_update(
                index_elements=["key"],
                set_={"quiet_until": quiet.excluded.quiet_until},
                where=type_coerce(quiet.excluded.quiet_until, BigInteger) > QUIET,
            )
            await transaction.execute(quiet)

    @property
    def _now(self) -> ColumnElement[int]:
        return literal_column(CLOCKS[self._database.dialect], BigInteger)


def _micro(seconds: float) -> ColumnElement[int]:
    return literal(round(seconds * SECOND), BigInteger)
