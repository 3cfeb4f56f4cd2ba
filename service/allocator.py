"""How the C library gives memory out, said once before any thread begins.

A process that runs for months has some threads that take much for a moment. glibc gives each thread an arena of its
own, every arena keeps what its busiest moment took, and the size from which a block is the system's own moves up with
what it has seen: so resident memory creeps, though nothing is held.
"""

import ctypes
import os
import platform
from collections.abc import Mapping

ARENAS = 2
TRIM = 128 * 1024
"""Bytes free at the end of the heap from which on they go back to the system; also keeps that size from moving."""
_M_TRIM_THRESHOLD, _M_ARENA_MAX = -1, -8  # malloc.h of glibc; mallopt(3)


def settle(environ: Mapping[str, str] = os.environ) -> bool:
    """Few arenas, and memory goes back. False where nothing was done: the C library is another, or whoever started us
    has set its own (mallopt(3): ``MALLOC_…_``, ``GLIBC_TUNABLES``)."""
    told = any(name.startswith("MALLOC_") or name == "GLIBC_TUNABLES" for name in environ)
    if told or platform.libc_ver()[0] != "glibc":
        return False
    mallopt = ctypes.CDLL(None).mallopt
    return bool(mallopt(_M_ARENA_MAX, ARENAS)) and bool(mallopt(_M_TRIM_THRESHOLD, TRIM))
