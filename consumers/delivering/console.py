"""The console channel: one readable block an alert on standard output."""

import asyncio
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import TextIO

from consumers.delivering.answer import Answer
from service.contracts import Alert, Evidence, Reason, Statement

MAX_REASONS, MAX_STATEMENTS, MAX_QUOTE = 5, 3, 240
MARK = "■"


def block(alert: Alert) -> str:
    """What, why with the words as proof, who says what, where from. Ends in an empty line."""
    kind = f"revision {alert.revision}" if alert.revision else "new"
    lines = [f"{MARK} {alert.subscription.name} · {kind} · {alert.source} · {alert.language}"]
    if alert.title:
        lines.append(f"  {alert.title}")
    if alert.url:
        lines.append(f"  {alert.url}")
    lines += [f"  {_why(reason)}" for reason in alert.why[:MAX_REASONS]]
    lines += _more(len(alert.why) - MAX_REASONS, "reasons")
    lines += [f"  {_said(statement)}" for statement in alert.statements[:MAX_STATEMENTS]]
    lines += _more(len(alert.statements) - MAX_STATEMENTS, "statements")
    agencies = ", ".join(agency.name for agency in alert.provenance.agencies)
    if agencies:
        lines.append(f"  via {agencies}")
    return "\n".join(_plain(line) for line in lines) + "\n\n"


def _why(reason: Reason) -> str:
    if reason.evidence is None:
        return f"why {reason.rule}: {reason.note}"
    how = f" ({reason.how})" if reason.how not in (None, "name") else ""
    return f"why {reason.rule}{how}: {_in_context(reason.evidence)}"


def _in_context(evidence: Evidence) -> str:
    return f"…{evidence.prefix}[{evidence.exact}]{evidence.suffix}…"


def _said(statement: Statement) -> str:
    speaker = statement.speaker.evidence.exact if statement.speaker else "somebody"
    quote = " … ".join(piece.exact for piece in statement.quote)
    return f"says {speaker}: {quote if len(quote) <= MAX_QUOTE else quote[:MAX_QUOTE] + '…'}"


def _more(count: int, what: str) -> list[str]:
    return [f"  and {count} more {what}"] if count > 0 else []


def _plain(line: str) -> str:
    """One line without what could steer a terminal: control characters and marks that turn the writing direction."""
    spaced = " ".join(line.split())
    indent = line[: len(line) - len(line.lstrip(" "))]
    return indent + "".join(sign for sign in spaced if not _steers(sign))


def _steers(sign: str) -> bool:
    turns = "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"
    return turns or unicodedata.category(sign) in ("Cc", "Cs")


class Console:
    """Writes blocks to a stream, whole and one after the other, off the event loop: a terminal may stand still."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="console")

    async def send(self, alert: Alert, seconds: float) -> Answer:
        """Write the alert's block; ``seconds`` is the deadline."""
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                await loop.run_in_executor(self._thread, self._write, block(alert))
        except TimeoutError:
            return Answer(error=f"standard output took nothing for {seconds:g} s")
        except (OSError, ValueError) as error:
            return Answer(error=f"standard output is closed: {error}")
        return Answer()

    def _write(self, text: str) -> None:
        stream = self._stream or sys.stdout
        encoding = getattr(stream, "encoding", None) or "utf-8"
        stream.write(text.encode(encoding, "replace").decode(encoding))
        stream.flush()

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
