"""Giving space back: freed pages are kept for what comes next, what is beyond that returns to the file system."""

import sqlite3

RESERVE = 16 * 1024 * 1024
"""Bytes of free pages that stay in the file: new records fill them without the file growing."""
CHUNK = 4 * 1024 * 1024
"""Bytes in one go, so that appends do not wait long."""


def vacuum(db: sqlite3.Connection) -> bool:
    """One chunk; True when there is more. Outside of a transaction."""
    page: int = db.execute("PRAGMA page_size").fetchone()[0]
    free: int = db.execute("PRAGMA freelist_count").fetchone()[0]
    beyond = free - RESERVE // page
    if beyond <= 0:
        return False
    # Each step of the statement frees one page, so all of its (empty) rows have to be asked for.
    db.execute(f"PRAGMA incremental_vacuum({min(CHUNK // page, beyond)})").fetchall()
    return True
