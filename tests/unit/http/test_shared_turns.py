"""Turns that several processes share, as one of them sees it."""

import asyncio

import pytest

from service.errors import Transient
from service.http.politeness import Politeness

URL = "https://news.example.org/a"
KEY = "example.org"


class Turns:
    """``answers`` of ``take``, one after the other; the last one stays."""

    def __init__(self, *answers: tuple[float, float] | Exception) -> None:
        self.answers, self.said = list(answers), list[tuple[object, ...]]()

    async def take(self, key: str, holder: str, longest: float) -> tuple[float, float]:
        self.said.append(("take", key))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def leave(self, key: str, holder: str, spacing: float) -> None:
        self.said.append(("leave", key, spacing))

    async def pause(self, key: str, seconds: float) -> None:
        self.said.append(("pause", key, round(seconds)))


async def test_a_turn_is_had_when_the_others_let_us_and_given_back() -> None:
    shared = Turns((0.01, 0.0), (0.01, 0.0), (0.0, 0.0))
    async with Politeness(0.5, shared=shared).turn(URL):
        assert shared.said == [("take", KEY)] * 3
    assert shared.said[3:] == [("leave", KEY, 0.5)]


async def test_a_pause_that_a_request_brought_is_told_to_the_others() -> None:
    shared = Turns((0.0, 0.0))
    politeness = Politeness(0.0, shared=shared)
    async with politeness.turn(URL):
        politeness.pause(URL, 600)
    assert shared.said[-1] == ("pause", KEY, 600)


async def test_a_quiet_time_that_another_was_asked_for_counts_here() -> None:
    politeness = Politeness(0.0, shared=Turns((600.0, 600.0)))
    with pytest.raises(Transient, match="left alone") as told:
        async with politeness.turn(URL):
            pass
    assert told.value.retry_after is not None
    assert told.value.retry_after > 500
    assert politeness.paused_for(URL) > 500


async def test_without_an_answer_the_turns_of_this_process_count() -> None:
    politeness = Politeness(0.05, shared=Turns(Transient("the database does not answer")))
    loop = asyncio.get_running_loop()
    began = []
    for _ in range(2):
        async with politeness.turn(URL):
            began.append(loop.time())
    assert began[1] - began[0] >= 0.05
