"""A real part that this machine lacks: a test is skipped with the reason, in CI it fails."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


class MissingPart(Exception):
    """What is not here, and how to get it."""


@contextmanager
def needed() -> Iterator[None]:
    """Fixtures start their parts in this block."""
    try:
        yield
    except MissingPart as missing:
        if os.environ.get("CI"):
            pytest.fail(f"{missing} (in CI nothing may be missing)")
        pytest.skip(str(missing))
