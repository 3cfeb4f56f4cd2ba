"""Exactly one writing process: an flock on a file beside the log. It goes with the process, however that ends."""

import fcntl
import os
from pathlib import Path

from service.errors import ConfigError


class WriterLock:
    """Holds ``path`` locked until released, making its folder where there is none.

    ConfigError that names the holder's pid when somebody has it, or what is wrong with the folder.
    """

    def __init__(self, path: Path) -> None:
        # Not inherited (PEP 446), so a child that outlives us does not keep the lock.
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise ConfigError(
                f"{path.parent}: not a folder to keep data in ({error.strerror}); give another with --data"
            ) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._descriptor)
            raise ConfigError(
                f"{path.parent}: wirewatch already runs on this folder (process {holder}); "
                "stop it, or give this one another folder with --data"
            ) from error
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
