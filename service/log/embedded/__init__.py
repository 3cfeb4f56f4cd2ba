"""The embedded engine: the whole log in one SQLite file, ``<data>/log.db``, written by exactly one process.

``engine`` is the log; ``writer`` its thread that makes many callers' work one transaction (group commit);
``transactions`` what is done within; ``reads`` short looks on connections of their own; ``file`` how the file is
opened; ``lock`` who may write it; ``view`` the log seen from another process.

Why one writer: SQLite's lock is not fair, three processes that commit starve each other for seconds; and up to 3.51.2
racing checkpoints of several connections can lose commits (https://sqlite.org/wal.html#walresetbug). So only the writer
commits and checkpoints.
"""
