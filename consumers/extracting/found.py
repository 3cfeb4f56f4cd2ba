"""What the rules hand to each other: a statement as printed, before it is known who its speaker is."""

from dataclasses import dataclass
from typing import Literal

from consumers.extracting.tokens import Span

FoundType = Literal["direct", "indirect", "indirect_free", "free_indirect", "reported"]
"""direct: in marks · indirect: a reported clause · indirect_free: a sentence in reporting mood that carries a
report on · free_indirect: hearsay by context ("soll … haben") · reported: the saying is named, not its words."""

SpeakerFrom = Literal["here", "carried", "nobody"]
"""here: named at the cue · carried: the last speaker before · nobody: the text names none."""


@dataclass(frozen=True, slots=True)
class Found:
    """Spans in characters, in text order. A direct quote keeps its marks here; what follows takes them off."""

    quote: tuple[Span, ...]
    type: FoundType
    cue: tuple[Span, ...] = ()
    speaker: Span | None = None
    speaker_from: SpeakerFrom = "here"
    addressee: Span | None = None
    part_of: Span | None = None
    """Of quoted words inside a reported clause: that clause's first and last character."""
    continues: bool = False
    """The second half of a broken quote: „…“, sagte X, „…“."""
    via: tuple[Span, ...] = ()
    """Sources that pass the statement on: "…, sagte X laut TASS"."""
    sourced: bool = False
    """Found by a source phrase ("laut X") rather than by a verb of saying."""
    relays: bool = False
    """What is said is that somebody else says something; the statement inside is the one that counts."""

    @property
    def start(self) -> int:
        return self.quote[0][0]

    @property
    def end(self) -> int:
        return self.quote[-1][1]
