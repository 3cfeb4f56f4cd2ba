"""How soon everything goes on after a worker is killed (SIGKILL), on both engines, at two articles a second.

``python -m tests.bench.bench_recovery [KILLS] [ENGINE …]``. Kafka: two processes read; one of them dies and stays dead,
and what it had is the other's when the group's session is over. The goal is the session and five seconds. Embedded:
the one process dies and is started again; what counts is from its start to the last article that was under way. Beside
it, the longest delay of an article in the same run before anybody dies.
"""

import sys
import time

from tests.bench.deployed import EMBEDDED, ENGINES, KAFKA, SESSION
from tests.bench.service_running import PATIENCE, Service, Trickle, service
from tests.e2e.program import until
from tests.parts.missing import MissingPart

RATE = 2
BEFORE = 10.0
"""Seconds of calm before the kill."""
AFTER = 10.0
QUIET = 60.0
FIRST = 300_000


def after_a_kill(flow: Service, engine: str, number: int) -> tuple[float, float]:
    """Longest delay before; seconds from the death (embedded: from the start after it) to the last article that was
    answered before it."""
    flow.warm_up(FIRST + 10_000 * number + 9_000, 4)
    calm = Trickle(flow, RATE, FIRST + 10_000 * number)
    calm.begin(BEFORE)
    calm.settle(QUIET)
    busy = Trickle(flow, RATE, FIRST + 10_000 * number + 5_000)
    busy.begin(AFTER)
    until(lambda: len(busy.answered) > RATE * AFTER / 2, PATIENCE)
    victim = "all" if engine == EMBEDDED else f"article_to_extraction-{number}"
    flow.running.kill(victim)
    died = time.monotonic()
    waiting = set(busy.answered) - set(flow.told)
    if engine == EMBEDDED:
        died = time.monotonic()
        flow.running.start("all")
    busy.settle(QUIET)
    last = max((flow.told[one] for one in waiting if one in flow.told), default=died)
    if engine == KAFKA:
        flow.running.start(f"article_to_extraction-{number + 2}", "--only", "article_to_extraction")
    return max(calm.delays()), last - died


def main(kills: int, engines: list[str]) -> None:
    for engine in engines:
        try:
            with service(engine, readers=2, processes=1) as flow:
                found = [after_a_kill(flow, engine, number) for number in range(kills)]
        except MissingPart as missing:
            print(f"{engine}: not measured: {missing}")
            continue
        goal = f"session {SESSION:g} s + 5 s" if engine == KAFKA else "start and catch up"
        print(f"{engine}: {kills} kills at {RATE} articles a second ({goal})")
        print(f"  {'peer: longest delay without a kill':44} {max(calm for calm, _ in found):8.1f} s")
        print(f"  {'recovered after, median':44} {sorted(after for _, after in found)[kills // 2]:8.1f} s")
        print(f"  {'recovered after, longest':44} {max(after for _, after in found):8.1f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5, sys.argv[2:] or list(ENGINES))
