import asyncio

import pytest

from service.errors import Invalid, Transient
from service.isolated import Isolated

JOBS = "tests.unit.isolated.jobs:work"


@pytest.fixture
async def pool():
    async with Isolated(JOBS, deadline=2) as opened:
        yield opened


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (b"sleep -", "gave up reading it after 2 s"),
        (b"die -", r"broke the reading process \(signal SIGABRT\)"),
        (b"leave -", r"broke the reading process \(exit 3\)"),
        (b"grow 4000000000", "takes more memory than is allowed"),
        (b"refuse it is no feed", "^it is no feed$"),
        (b"break this", r"cannot be read \(KeyError: 'this'\)"),
    ],
)
async def test_whatever_happens_in_it_is_an_answer_and_the_next_call_goes_on(pool, job, message):
    with pytest.raises(Invalid, match=message):
        await pool.call(job)
    assert await pool.call(b"abc") == b"cba"


async def test_large_payloads_and_noise_pass(pool):
    large = bytes(range(256)) * 40_000
    assert await pool.call(large) == large[::-1]
    assert await pool.call(b"print -") == b"- tnirp"


async def test_a_caller_that_leaves_takes_its_process_along(pool):
    caller = asyncio.create_task(pool.call(b"sleep -"))
    await asyncio.sleep(0.5)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert await pool.call(b"abc") == b"cba"


async def test_processes_work_side_by_side():
    async with Isolated(JOBS, deadline=30, processes=2) as pool:
        await asyncio.gather(pool.call(b"a"), pool.call(b"b"))
        hung = asyncio.create_task(pool.call(b"sleep -"))
        assert await pool.call(b"abc") == b"cba"
        assert not hung.done()
        hung.cancel()
        await asyncio.gather(hung, return_exceptions=True)


async def test_a_target_that_does_not_exist_says_so():
    async with Isolated("tests.unit.isolated.jobs:nothing", deadline=2) as pool:
        with pytest.raises(Transient, match="does not start"):
            await pool.call(b"x")


async def test_closing_ends_the_processes():
    async with Isolated(JOBS, deadline=30) as pool:
        await pool.warm()
        (child,) = pool._all
    assert child.returncode is not None
