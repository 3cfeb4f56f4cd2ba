"""How memory is given out: what the C library itself tells of its arenas."""

import platform
import subprocess
import sys

import pytest

from service import allocator

THREADS = 8
PROGRAM = f"""
import ctypes, sys, threading
from service import allocator

if sys.argv[1] == "settled":
    assert allocator.settle({{}})
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
together = threading.Barrier({THREADS})

def take():
    together.wait()
    library.malloc(ctypes.c_size_t(1000))
    together.wait()

threads = [threading.Thread(target=take) for _ in range({THREADS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
library.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, out)
library.fflush(out)
"""


def arenas(how: str) -> int:
    done = subprocess.run([sys.executable, "-c", PROGRAM, how], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_share_a_few_arenas() -> None:
    assert arenas("settled") <= allocator.ARENAS < arenas("as it comes")


def test_what_the_operator_has_set_stays() -> None:
    assert not allocator.settle({"MALLOC_ARENA_MAX": "8"})
    assert not allocator.settle({"GLIBC_TUNABLES": "glibc.malloc.arena_max=8"})
