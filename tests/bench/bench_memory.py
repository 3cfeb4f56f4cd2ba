"""Does memory grow? Resident memory of every process while two new articles a second come in.

``python -m tests.bench.bench_memory [--minutes N] [ENGINE …]``. Sampled every five seconds; the first fifth, in which
caches fill, is left out of the slope. Beside it the slope's own uncertainty: a slope within twice of it is none.
"""

import argparse
import time
from collections.abc import Sequence

import psutil

from tests.bench.deployed import EMBEDDED, KAFKA
from tests.bench.service_running import Trickle, service
from tests.parts.missing import MissingPart

RATE = 2
EVERY = 5.0
FIRST = 3_000_000
MIB = 1024 * 1024

Sample = tuple[float, float]
"""Seconds since the start, MiB."""


def resident(pid: int) -> dict[str, float]:
    """MiB of a process and of all its children together."""
    process = psutil.Process(pid)
    children = 0.0
    for child in process.children(recursive=True):
        try:
            children += child.memory_info().rss / MIB
        except psutil.NoSuchProcess:
            continue
    return {"itself": process.memory_info().rss / MIB, "its children": children}


def slope(samples: Sequence[Sample]) -> tuple[float, float]:
    """MiB an hour by least squares, and its standard error."""
    count = len(samples)
    mean_at = sum(at for at, _ in samples) / count
    mean_size = sum(size for _, size in samples) / count
    spread = sum((at - mean_at) ** 2 for at, _ in samples)
    rise = sum((at - mean_at) * (size - mean_size) for at, size in samples) / spread
    left = sum((size - mean_size - rise * (at - mean_at)) ** 2 for at, size in samples)
    return 3600 * rise, 3600 * (left / max(1, count - 2) / spread) ** 0.5


def watched(engine: str, seconds: float) -> None:
    samples: dict[tuple[str, str], list[Sample]] = {}
    with service(engine) as flow:
        feeds = Trickle(flow, RATE, FIRST)
        feeds.begin(seconds)
        begun = time.monotonic()
        while (at := time.monotonic() - begun) < seconds:
            for name, pid in flow.running.pids.items():
                for which, size in resident(pid).items():
                    samples.setdefault((name, which), []).append((at, size))
            time.sleep(min(EVERY, max(0.05, seconds / 20)))
        feeds.end()
    print(f"{engine}: {seconds / 60:g} minutes, {len(feeds.answered)} articles")
    for (name, which), found in samples.items():
        if not any(size for _, size in found):
            continue
        later = [sample for sample in found if sample[0] >= seconds / 5]
        rise, error = slope(later)
        sizes = f"{later[0][1]:7.0f} → {later[-1][1]:.0f} MiB"
        print(f"  {f'{name} {which}':44} {sizes:>18} {rise:+8.1f} ± {error:.1f} MiB/h", flush=True)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--minutes", type=float, default=30.0)
    words.add_argument("engines", nargs="*", help=f"{EMBEDDED} (if none is named), {KAFKA}")
    given = words.parse_args()
    for engine in given.engines or [EMBEDDED]:
        try:
            watched(engine, given.minutes * 60)
        except MissingPart as missing:
            print(f"{engine}: not measured: {missing}")


if __name__ == "__main__":
    main()
