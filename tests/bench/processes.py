"""CPU time of a process and all its children, as Linux counts it."""

import os
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_by_process(pid: int) -> dict[int, float]:
    """Seconds of CPU of each living process of the tree; empty where there is no ``/proc``."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for folder in PROC.glob("[0-9]*") if PROC.is_dir() else ():
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        parents[int(folder.name)] = int(fields[1])
        used[int(folder.name)] = (int(fields[11]) + int(fields[12])) / TICKS

    def within(one: int) -> bool:
        while one not in (pid, 0):
            one = parents.get(one, 0)
        return one == pid

    return {one: seconds for one, seconds in used.items() if within(one)}
