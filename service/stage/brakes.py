"""When everything fails, the fault is hardly in the messages: stop, not shovel the topic into the dead letters."""

from collections import deque


class Brakes:
    """Counts outcomes of one stage. No clock, no I/O.

    On: ``after`` dead letters in a row, or ``ratio`` of the last ``window`` messages. Any success takes the row back;
    the share falls as successes come in.
    """

    def __init__(self, after: int, ratio: float, window: int) -> None:
        self._after, self._ratio, self._window = after, ratio, window
        self._recent: deque[bool] = deque(maxlen=window)
        self._in_a_row = 0

    def succeeded(self, count: int = 1) -> None:
        if count:
            self._in_a_row = 0
            self._recent.extend([True] * min(count, self._window))

    def failed(self) -> None:
        self._in_a_row += 1
        self._recent.append(False)

    @property
    def reason(self) -> str | None:
        """Why the brakes are on, None when they are off."""
        if self._in_a_row >= self._after:
            return f"the last {self._in_a_row} messages all failed"
        bad = self._recent.count(False)
        if self._in_a_row and len(self._recent) == self._window and bad >= self._ratio * self._window:
            return f"{bad} of the last {self._window} messages failed"
        return None
