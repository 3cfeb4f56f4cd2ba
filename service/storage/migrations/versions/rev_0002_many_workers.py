"""Many copies of a stage: leases of sources, turns at sites, pauses of endpoints; dates of entries.

Expands only: a wirewatch of schema 0001 goes on working with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

PENDING = "state = 'pending'"
LEASED = "leased_until IS NOT NULL"


def upgrade() -> None:
    compatibility = op.create_table(
        "compatibility",
        sa.Column("since", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("since", name=op.f("pk_compatibility")),
        comment="One row: the oldest schema whose wirewatch can work with this one.",
    )
    op.bulk_insert(compatibility, [{"since": "0001"}])
    op.create_table(
        "sites",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.Column("quiet_until", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sites")),
        comment="Whose turn it is at a registrable domain, when the next may be, and how long it asked to be left alone.",
    )
    op.create_index(op.f("ix_sites_free_at"), "sites", ["free_at"], unique=False)
    op.create_table(
        "pauses",
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("endpoint", name=op.f("pk_pauses")),
        comment="Endpoints that asked for quiet (Retry-After), for all their deliveries.",
    )
    op.add_column("sources", sa.Column("lease", sa.String(), nullable=True))
    op.add_column("sources", sa.Column("leased_until", sa.BigInteger(), nullable=True))
    op.add_column("entries", sa.Column("updated", sa.BigInteger(), nullable=True))
    op.add_column("entries", sa.Column("reread_at", sa.BigInteger(), nullable=True))
    _index("endpoint", PENDING)
    _index("leased_until", LEASED)
    if op.get_bind().dialect.name == "postgresql":  # SQLite keeps no comments
        op.create_table_comment("sources", "lease: which poller has it in work, until when.")
        op.create_table_comment(
            "entries",
            "What has been seen in a feed: an entry's identity through changed GUIDs and edits. "
            "updated: the feed's own date of it; reread_at: when it was last read again for that date alone.",
        )


def _index(column: str, condition: str) -> None:
    op.create_index(
        op.f(f"ix_deliveries_{column}"),
        "deliveries",
        [column],
        unique=False,
        postgresql_where=sa.text(condition),
        sqlite_where=sa.text(condition),
    )
