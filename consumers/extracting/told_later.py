"""Words in marks over several paragraphs, whose teller is named behind the last of them."""

from collections.abc import Sequence
from dataclasses import replace

from consumers.extracting.found import Found


def told_later(found: Sequence[Found]) -> list[Found]:
    """``found`` in order, where a quotation without a cue gets the one that stands behind its last words."""
    settled: list[Found] = []
    for statement in found:
        last = settled[-1] if settled else None
        open_ = last is not None and last.type == statement.type == "direct" and not last.cue and bool(statement.cue)
        if last is not None and open_ and last.start <= statement.start and statement.end <= last.end:
            settled[-1] = replace(statement, quote=last.quote)
        else:
            settled.append(statement)
    return settled
