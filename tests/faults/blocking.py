"""wirewatch whose event loop can be held up: ``python -m tests.faults.blocking SECONDS run …`` does nothing at all for
so long when it gets SIGUSR2, as after a call that does not return. The product itself knows nothing of this.
"""

import signal
import sys
import time
from types import FrameType

if __name__ == "__main__":
    seconds = float(sys.argv[1])

    def hold_up(number: int, frame: FrameType | None) -> None:
        # Python runs this between two steps of the main thread, which is the event loop's.
        time.sleep(seconds)

    signal.signal(signal.SIGUSR2, hold_up)
    from service.cli.main import main

    sys.argv = ["wirewatch", *sys.argv[2:]]
    main()
