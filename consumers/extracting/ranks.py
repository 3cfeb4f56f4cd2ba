"""Pronouns made of a rank: "معاليه" (his excellency) is the one who is named with it ("معالي فلان"). Pure."""

from collections.abc import Sequence

from consumers.extracting.pronouns import Person, Pronouns, Taken
from consumers.extracting.tokens import Token
from service.contracts import Mention, Resolution

RANK_STEM, MAX_RANK = 3, 4
"""Letters that "his excellency" and "excellency" share; words from a rank to the name."""


def ranked(pronouns: Pronouns, tokens: Sequence[Token], spoken: Sequence[Person]) -> Taken | None:
    """The one person named with that rank before; of several, who has spoken since the last of them was named.

    Nobody where that is somebody outside the catalogue; None where the words are no such pronoun.
    """
    prose = pronouns.prose
    ranks = prose.language.words("ranks")
    said = tokens[0].lower if len(tokens) == 1 else ""
    stem = next((rank[:RANK_STEM] for rank in ranks if said.startswith(rank[:RANK_STEM])), "")
    places = [t.index for t in prose.tokens[: tokens[0].index] if t.lower in ranks and stem in t.lower] if stem else []
    if not places:
        return None
    named: dict[int, Mention] = {}
    for mention in pronouns.mentions.between(0, tokens[0].start):
        if mention.kind == "person" and mention.how != "title":
            first = prose.token_from(mention.evidence.start)
            named.update(dict.fromkeys(range(max(0, first - MAX_RANK), first), mention))
    owners = {named[at].actor if at in named else None for at in places}
    since = [person.actor for person in spoken if person.at[0] >= prose.tokens[places[-1]].start]
    actor = next(iter(owners)) if len(owners) == 1 else next((a for a in reversed(since) if a in owners), None)
    if actor is None:
        return None, Resolution(code="nobody_near", words="none: nobody of the catalogue is named with that rank alone")
    at = next(named[at].evidence for at in places if at in named and named[at].actor == actor)
    person = Person((at.start, at.end), actor, pronouns.gender_of(actor), frozenset())
    return pronouns.one("pronoun", (tokens[0].start, tokens[0].end), "named with that rank", person)
