"""Work on hostile input in a process of its own that is killed at a deadline, so that nothing else has to trust it.

``Isolated("producers.feeds.tolerant:work", deadline=5)`` keeps up to ``processes`` children; ``await call(payload)``
runs ``work(payload)`` in one of them. Payload and result are bytes. A child that takes too long, dies or grows beyond
its memory limit is replaced; the caller gets ``Invalid`` with the cause and the next call goes on.

Frames on the pipes: one byte of kind, four bytes of length (big endian), the data.
"""

import asyncio
import contextlib
import importlib
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from service.errors import Invalid, Transient
from service.metrics import pool_restarts

ROOT = Path(__file__).parent.parent
MEMORY = 1536 * 1024 * 1024
"""Bytes of address space that a child may have."""
JOB, RESULT, REFUSED = b"J", b"R", b"X"


class Isolated:
    """``async with Isolated(target, deadline=seconds, processes=n) as pool: await pool.call(data)``.

    Children start when they are first needed.
    """

    def __init__(self, target: str, *, deadline: float, processes: int = 1) -> None:
        self._target = target
        self._deadline = deadline
        self._turns = asyncio.Semaphore(processes)
        self._idle: list[asyncio.subprocess.Process] = []
        self._all: set[asyncio.subprocess.Process] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in tuple(self._all):
            await self._end(child)

    async def warm(self) -> None:
        """Start a child before it is needed: importing a large reader can take seconds."""
        async with self._turns:
            if not self._idle:
                self._idle.append(await self._start())

    async def call(self, payload: bytes) -> bytes:
        """What the target returns for ``payload``. ``Invalid`` when it says so, fails, dies or takes too long;
        ``Transient`` when no child can be started."""
        async with self._turns:
            child = self._idle.pop() if self._idle else await self._start()
            done = False
            try:
                async with asyncio.timeout(self._deadline):
                    kind, data = await self._exchange(child, payload)
                done = True
            except TimeoutError:
                raise Invalid(f"gave up reading it after {self._deadline:g} s") from None
            except (OSError, asyncio.IncompleteReadError):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(child.wait(), 1)
                code = child.returncode or 0
                how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit {code}"
                raise Invalid(f"reading it broke the reading process ({how})") from None
            finally:
                if done:
                    self._idle.append(child)
                else:
                    pool_restarts.inc()
                    await self._end(child)
        if kind == REFUSED:
            raise Invalid(data.decode())
        return data

    async def _exchange(self, child: asyncio.subprocess.Process, payload: bytes) -> tuple[bytes, bytes]:
        if child.stdin is None or child.stdout is None:
            raise BrokenPipeError("the reading process has no pipes")
        child.stdin.write(JOB + len(payload).to_bytes(4, "big"))
        child.stdin.write(payload)
        await child.stdin.drain()
        head = await child.stdout.readexactly(5)
        return head[:1], await child.stdout.readexactly(int.from_bytes(head[1:], "big"))

    async def _start(self) -> asyncio.subprocess.Process:
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "service.isolated", self._target),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).strip(":")},
            # Its own group, so that Ctrl-C in a terminal ends it through us and not before us.
            start_new_session=True,
        )
        self._all.add(child)
        # Not part of the first call's deadline: starting Python and importing the reader take their time.
        try:
            async with asyncio.timeout(60):
                await self._exchange(child, b"")
        except BaseException as error:
            await self._end(child)
            if isinstance(error, (TimeoutError, OSError, asyncio.IncompleteReadError)):
                why = f"see why: {sys.executable} -m service.isolated {self._target}"
                raise Transient(f"the reading process for {self._target} does not start; {why}") from error
            raise
        return child

    async def _end(self, child: asyncio.subprocess.Process) -> None:
        self._all.discard(child)
        with contextlib.suppress(ProcessLookupError):
            child.kill()
        with contextlib.suppress(OSError):
            await child.communicate()  # waits for its end and closes the pipes


def serve(work: Callable[[bytes], bytes], source: BinaryIO, sink: BinaryIO) -> None:
    """The child's loop: until the parent is gone. An empty job is a knock on the door."""
    while head := source.read(5):
        payload = source.read(int.from_bytes(head[1:], "big"))
        kind = RESULT
        try:
            data = work(payload) if payload else b""
        except Invalid as error:
            kind, data = REFUSED, str(error).encode()
        except MemoryError:
            kind, data = REFUSED, b"reading it takes more memory than is allowed"
        except Exception as error:  # whatever hostile input makes a reader raise is an answer, too
            first = (str(error).splitlines() or [""])[0][:200]
            kind, data = REFUSED, f"cannot be read ({type(error).__name__}: {first})".encode()
        sink.write(kind + len(data).to_bytes(4, "big") + data)
        sink.flush()


def main() -> None:
    """``python -m service.isolated module:function``: frames on standard input and output."""
    module, _, name = sys.argv[1].partition(":")
    with contextlib.suppress(ValueError, OSError):  # not every system has such a limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not break the frames
    serve(getattr(importlib.import_module(module), name), sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
