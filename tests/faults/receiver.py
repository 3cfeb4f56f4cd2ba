"""Webhook receivers that remember what they were sent."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message

from tests.faults.history import History
from tests.faults.loopback import Reply, Request, serving
from tests.faults.wire import number_in


@dataclass
class Receiver:
    """Answers every delivery with ``status``. ``answered`` is called when a 2xx has gone out: what is done there
    happens before the sender can have written down that it was taken."""

    history: History
    status: int = 204
    answered: Callable[[], None] = lambda: None
    base: str = ""
    deliveries: set[str] = field(default_factory=set)
    told: set[tuple[str, int | None]] = field(default_factory=set)
    """(subscription, item)"""
    last: Message = field(default_factory=Message)
    """Headers of the latest request that was taken."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def open(self) -> Iterator["Receiver"]:
        with serving(self._answer) as self.base:
            yield self

    @property
    def items(self) -> set[int | None]:
        """Those that anybody was told of."""
        with self._lock:
            return {item for _, item in self.told}

    def url(self, subscription: str) -> str:
        return f"{self.base}/{subscription}"

    def _answer(self, request: Request) -> Reply:
        status = self.status
        if status >= 300:
            return Reply(status)
        # Noted before the answer: whoever dies with the answer on its way was told all the same.
        alert = json.loads(request.body)["data"]
        # Others may have reported it by the time of a repeat; all else is the same.
        said = {name: value for name, value in alert.items() if name != "also_reported_by"}
        delivery = request.headers["webhook-id"]
        item = number_in(alert["url"] or "")
        self.history.note(
            "received", receiver=request.path.strip("/"), delivery=delivery,
            digest=hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16], alert=alert["id"],
            subscription=alert["subscription"]["name"], story=alert["story"]["id"], revision=alert["revision"],
            item=-1 if item is None else item,
        )  # fmt: skip
        with self._lock:
            self.deliveries.add(delivery)
            self.told.add((alert["subscription"]["name"], item))
            self.last = request.headers
        return Reply(status, sent=self.answered)
