"""A feed that is watched, and what the poller knows about it. URLs are as given; durations are seconds."""

from typing import Literal

from pydantic import AwareDatetime

from service.contracts.message import Model

SourceState = Literal["new", "ok", "failing", "paused", "gone"]
"""new: never asked · ok: last answer was good · failing: backing off · paused: the server asked to wait · gone: 410."""


class Source(Model):
    """What a person said about a feed."""

    id: str
    url: str
    title: str | None = None
    language: str | None = None
    """BCP 47 hint; the text decides, this is the prior."""
    kind: Literal["feed"] = "feed"
    tier: int = 1
    added_at: AwareDatetime


class PollState(Model):
    """What the poller remembers between two requests. Validators are kept byte for byte (latin-1 header text)."""

    state: SourceState = "new"
    next_poll_at: AwareDatetime | None = None
    """None: at once."""
    etag: str | None = None
    last_modified: str | None = None
    validated_at: AwareDatetime | None = None
    """Last unconditional 200: validators older than a week are dropped once, to escape frozen ones."""
    fetch_url: str | None = None
    """Adopted address after repeated permanent redirects; None: ``Source.url``."""
    redirect_to: str | None = None
    redirect_seen: int = 0
    redirect_since: AwareDatetime | None = None
    last_poll_at: AwareDatetime | None = None
    last_ok_at: AwareDatetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    """One line for people: what, where, what to do."""
    quiet_at: str | None = None
    """Where a redirect led, if it was that server that asked to wait; None: it was the feed's own."""
    failures: int = 0
    gone_seen: int = 0
    polls: int = 0
    entries_per_day: float | None = None
    """How often the feed really changes, a decaying mean."""
    body_hash: str | None = None
    ttl: float | None = None
    """Seconds between polls that the feed itself asks for; kept, since an answer without a body cannot say it again."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day (UTC) in which the feed asks not to be asked."""
    skip_days: tuple[int, ...] = ()
    """Days likewise, 0 = Monday."""
    feed_title: str | None = None
