"""The subscriptions as they are now, compiled; read again when somebody has changed them, in whichever process."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from consumers.matching.compile import Compiled, compile_rules
from service.contracts import Subscription
from service.storage.opening import Storage


@dataclass(frozen=True)
class Watch:
    """Subscriptions by id, and the index over their rules."""

    subscriptions: Mapping[str, Subscription] = field(default_factory=dict)
    compiled: Compiled = field(default_factory=Compiled)


class Watched:
    """Asks the database for a counter each time, for the subscriptions only when it has moved."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._version: int | None = None
        self._watch = Watch()

    async def now(self) -> Watch:
        # The counter first: what changes between the two reads is read again next time.
        version = await self._storage.changes.version("subscriptions")
        if version != self._version:
            found = await self._storage.subscriptions.all()
            compiled = await asyncio.to_thread(compile_rules, found)
            self._watch = Watch({subscription.id: subscription for subscription in found}, compiled)
            self._version = version
        return self._watch
