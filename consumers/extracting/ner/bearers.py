"""Countries' names as given names: "sagte Mali Hansen". A model has hardly seen them, so the surname decides. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence

from consumers.extracting.ner.entity import Entity
from consumers.extracting.tokens import Token
from service.contracts import Mention


def with_bearers(
    text: str,
    tokens: Sequence[Token],
    entities: Sequence[Entity],
    mentions: Iterable[Mention],
    is_surname: Callable[[str], bool],
    led_in_by: Collection[str],
) -> list[Entity]:
    """``entities`` and the people whose given name is a country's, in order, none overlapping.

    One is where a country's bare name has a surname right behind it, and none of ``led_in_by`` (prepositions: "für
    Norwegen Hansen") before it; whoever was recognised with a name of two words keeps it.
    """
    places = {token.start: number for number, token in enumerate(tokens)}
    known = {mention.evidence.start for mention in mentions}
    longer = {number for e in entities if e.last - e.first > 1 for number in range(e.first, e.last)}
    people: list[Entity] = []
    for mention in mentions:
        number = places.get(mention.evidence.start)
        if number is None or number + 1 >= len(tokens) or mention.kind != "place" or mention.how != "name":
            continue
        country, behind = tokens[number], tokens[number + 1]
        whole = country.end == mention.evidence.end and text[country.end : behind.start] == " "
        led_in = number > 0 and tokens[number - 1].lower in led_in_by
        if not whole or led_in or behind.start in known or {number, number + 1} & longer:
            continue
        if is_surname(behind.text):
            people.append(Entity(number, number + 2, "PER"))
    covered = {number for person in people for number in range(person.first, person.last)}
    kept = [entity for entity in entities if not covered & set(range(entity.first, entity.last))]
    return sorted((*kept, *people), key=lambda entity: entity.first)
