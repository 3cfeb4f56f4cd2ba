"""What came back from one try."""

from dataclasses import dataclass

GONE = 410


@dataclass(frozen=True)
class Answer:
    """``status``: of HTTP, None where no answer came; ``error``: one line for people, None when it went well;
    ``retry_after``: seconds that were asked for."""

    status: int | None = None
    error: str | None = None
    retry_after: float | None = None

    @property
    def delivered(self) -> bool:
        return self.error is None

    @property
    def gone(self) -> bool:
        return self.status == GONE
