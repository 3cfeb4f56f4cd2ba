"""Giving space back: freed pages are kept for what comes next, what is beyond that returns to the file system."""

import sqlite3

RESERVE_PAGES = 4096
"""Free pages (4 KiB each) that stay in the file: new records fill them without the file growing."""
CHUNK_PAGES = 1000
"""Pages in one go, so that appends do not wait long."""


def vacuum(db: sqlite3.Connection) -> bool:
    """One chunk; True when there is more. Outside of a transaction."""
    free: int = db.execute("PRAGMA freelist_count").fetchone()[0]
    if free <= RESERVE_PAGES:
        return False
    # Each step of the statement frees one page, so all of its (empty) rows have to be asked for.
    db.execute(f"PRAGMA incremental_vacuum({min(CHUNK_PAGES, free - RESERVE_PAGES)})").fetchall()
    return True
