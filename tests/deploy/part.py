"""A process of the service that tells at its end which modules it had imported."""

import atexit
import os
import sys
from pathlib import Path

from service.cli.main import main


def told() -> None:
    Path(os.environ["MODULES_FILE"]).write_text("\n".join(sorted(sys.modules)), encoding="utf-8")


if __name__ == "__main__":
    atexit.register(told)
    main()
