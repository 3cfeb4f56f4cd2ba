"""``make soak``: every long scenario once, then storm after storm on both engines until there were enough kills; after
each of them a table of all.

``python -m tests.faults.soak [--kills 1000] [--engine both] [--blows 60] [--minutes 0] [--only storms] [--table FILE]``
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.runner import Parts, run
from tests.faults.scenario import Engine, Outcome, Scenario
from tests.faults.scenarios_embedded import LONG as EMBEDDED
from tests.faults.scenarios_kafka import LONG as KAFKA
from tests.faults.storm import storm
from tests.parts.kafka import kafka
from tests.parts.postgres import postgres


def main(words: Sequence[str] | None = None) -> int:
    """The exit code: 1 when anything was wrong."""
    options = _options(words)
    engines: tuple[Engine, ...] = ("embedded", "kafka") if options.engine == "both" else (options.engine,)
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        parts = Parts()
        if "kafka" in engines:
            parts = Parts(stack.enter_context(kafka()), stack.enter_context(postgres()))
        for scenario in _scenarios(engines, outcomes, options):
            seed = options.seed or random.SystemRandom().randrange(1_000_000)
            outcome = run(scenario, parts, seed)
            outcomes.append(outcome)
            for line in outcome.wrong:
                print(f"  WRONG {line}", flush=True)
            if options.table:
                line = {"date": datetime.now(UTC).date().isoformat(), "seed": seed, **asdict(outcome)}
                with options.table.open("a") as file:
                    file.write(json.dumps(line) + "\n")
            print(table(outcomes), flush=True)
    return int(any(outcome.wrong for outcome in outcomes))


def _scenarios(engines: Sequence[Engine], outcomes: list[Outcome], options: argparse.Namespace) -> Iterator[Scenario]:
    """The long ones; then a storm for the engine that has had fewer kills, until both have their share or the time is
    over."""
    began = time.monotonic()

    def over() -> bool:
        return bool(options.minutes) and time.monotonic() > began + 60 * options.minutes

    for scenario in (*EMBEDDED, *KAFKA) if options.only != "storms" else ():
        if scenario.engine in engines and not over():
            yield scenario
    while options.only != "scenarios" and not over():
        kills = {name: sum(one.kills for one in outcomes if one.engine == name) for name in engines}
        behind = min(engines, key=lambda name: kills[name])
        if kills[behind] >= options.kills / len(engines):
            return
        yield storm(behind, options.blows)


def table(outcomes: Sequence[Outcome]) -> str:
    """A line for each scenario and engine: what there was, what was wrong."""
    lines = ["engine    runs  kills  articles  lost  doubled  repeats  worst recovery  wrong  scenario"]
    for engine, name in dict.fromkeys((one.engine, one.scenario) for one in outcomes):
        own = [one for one in outcomes if (one.engine, one.scenario) == (engine, name)]
        lines.append(
            f"{engine:9} {len(own):4} {sum(one.kills for one in own):6} {sum(one.articles for one in own):9}"
            f" {sum(one.lost for one in own):5} {sum(one.doubled for one in own):8} {sum(one.repeats for one in own):8}"
            f" {max(one.worst_recovery for one in own):13.1f} s {sum(bool(one.wrong) for one in own):6}  {name}"
        )
    return "\n".join(lines)


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="soak", description="Kills without end: nothing lost, nothing told twice.")
    parser.add_argument("--kills", type=int, default=1000, help="over both engines")
    parser.add_argument("--engine", choices=("embedded", "kafka", "both"), default="both")
    parser.add_argument("--blows", type=int, default=60, help="of one storm; then everything has to come to rest")
    parser.add_argument("--minutes", type=float, default=0.0, help="begin no storm after so long; 0: no limit")
    parser.add_argument("--only", choices=("scenarios", "storms"), help="not the others")
    parser.add_argument("--seed", type=int, default=0, help="the choices of an earlier storm")
    parser.add_argument("--table", type=Path, help="file to which a line of JSON is added after each storm")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
