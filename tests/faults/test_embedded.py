"""One process over its own files, under load, while it is killed: nothing is lost, nothing is told twice."""

import pytest

from tests.faults.file_actions import tracer
from tests.faults.runner import Parts, run
from tests.faults.scenario import Scenario
from tests.faults.scenarios_embedded import FILES, SHORT
from tests.parts.missing import needed


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("scenario", SHORT, ids=lambda scenario: scenario.name)
def test_it_holds(scenario: Scenario, seed: int) -> None:
    outcome = run(scenario, Parts(), seed)
    assert not outcome.wrong, "\n".join(outcome.wrong[:20])


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.timeout(900)
def test_files_that_are_half_folded_back_or_cannot_be_lose_nothing(seed: int) -> None:
    with needed():
        tracer()
    outcome = run(FILES, Parts(), seed)
    assert not outcome.wrong, "\n".join(outcome.wrong[:20])
