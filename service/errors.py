"""One tree of errors; each says what, where and what to do.

::

    WirewatchError
    ├── Transient(retry_after)   may go right later: retried, with the server's own delay where it gave one
    ├── Invalid                  will never go right: dead-lettered with its cause, the next item goes on
    ├── NotFound                 what was asked about is not there (exit 1)
    └── ConfigError              wrong settings or usage: one line, exit 2
"""


class WirewatchError(Exception):
    """Base of all errors that wirewatch raises on purpose. ``str()`` is one line for people."""


class Transient(WirewatchError):
    """May go right later. ``retry_after``: seconds to wait at least, None when nobody said."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Invalid(WirewatchError):
    """Bad input: it will not get better by trying again."""


class NotFound(WirewatchError):
    """What was asked about is not there."""


class ConfigError(WirewatchError):
    """Settings or usage are wrong: file, key, value, what was expected."""
