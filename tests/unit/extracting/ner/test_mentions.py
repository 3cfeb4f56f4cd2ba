"""Which of catalogue and recogniser holds where both read the same words."""

import pytest

from consumers.extracting.ner import Entity
from consumers.extracting.ner.mentions import with_entities, with_kinds
from consumers.extracting.tokens import tokenize
from service.contracts import Evidence, How, Kind, Mention, Statement


def mention(text: str, exact: str, kind: Kind, actor: str | None = "Q1", how: How = "name") -> Mention:
    start = text.index(exact)
    return Mention(evidence=Evidence.of(text, start, start + len(exact)), kind=kind, actor=actor, how=how)


def merged(text: str, entities: list[Entity], *known: Mention) -> list[tuple[str, str, str | None]]:
    found = with_entities(text, tokenize(text), entities, known)
    return [(one.evidence.exact, one.kind, one.actor) for one in found]


def test_entities_nobody_has_listed_are_mentions_without_an_actor() -> None:
    text = "Anna Wolf und die Wolf AG in Ulm"
    entities = [Entity(0, 2, "PER"), Entity(4, 6, "ORG"), Entity(7, 8, "LOC")]
    assert merged(text, entities) == [
        ("Anna Wolf", "person", None),
        ("Wolf AG", "organisation", None),
        ("Ulm", "place", None),
    ]


@pytest.mark.parametrize("label", ["PER", "LOC", "ORG"])
def test_the_catalogue_overrides_what_is_recognised(label: str) -> None:
    text = "Wang Yi aus China"
    wang, china = mention(text, "Wang Yi", "person"), mention(text, "China", "place", "Q148")
    both = [("Wang Yi", "person", "Q1"), ("China", "place", "Q148")]
    assert merged(text, [Entity(0, 1, label), Entity(3, 4, label)], wang, china) == both


def test_a_country_in_a_longer_name_of_a_person_is_that_persons() -> None:
    text = "Mali Hansen reist nach Mali"
    country = mention(text, "Mali", "place", "Q912")
    again = Mention(evidence=Evidence.of(text, 23, 27), kind="place", actor="Q912")
    found = merged(text, [Entity(0, 2, "PER"), Entity(4, 5, "LOC")], country, again)
    assert found == [("Mali Hansen", "person", None), ("Mali", "place", "Q912")]


def test_a_country_in_an_inflected_form_or_of_two_words_is_no_given_name() -> None:
    text = "Kasachstans Tokarew"
    assert merged(text, [Entity(0, 2, "PER")], mention(text, "Kasachstans", "place", how="inflected")) == [
        ("Kasachstans", "place", "Q1")
    ]
    text = "Sri Lanka Perera"
    assert merged(text, [Entity(0, 3, "PER")], mention(text, "Sri Lanka", "place")) == [("Sri Lanka", "place", "Q1")]


@pytest.mark.parametrize(("label", "kind"), [("ORG", "organisation"), ("LOC", "place")])
def test_a_country_in_a_longer_name_of_another_thing_is_mentioned_beside_it(label: str, kind: str) -> None:
    text = "Bank Georgien"
    assert merged(text, [Entity(0, 2, label)], mention(text, "Georgien", "place")) == [
        ("Bank Georgien", kind, None),
        ("Georgien", "place", "Q1"),
    ]


def test_a_known_person_or_organisation_overrides_what_is_longer() -> None:
    text = "Trainer Wang Yi"
    assert merged(text, [Entity(0, 3, "PER")], mention(text, "Wang Yi", "person")) == [("Wang Yi", "person", "Q1")]


def test_a_title_stays_beside_the_person_in_it() -> None:
    text = "der Kanzler Karl Wolf kam"
    title = mention(text, "der Kanzler Karl Wolf", "person", "Q5", "title")
    assert merged(text, [Entity(2, 4, "PER")], title) == [
        ("der Kanzler Karl Wolf", "person", "Q5"),
        ("Karl Wolf", "person", None),
    ]


def test_an_unknown_speaker_is_of_the_kind_that_its_words_name() -> None:
    text = "Die Wolf AG meldet, Anna Wolf, Leiterin der Wolf AG, bestreitet"
    firm, person = mention(text, "Wolf AG", "organisation", None), mention(text, "Anna Wolf", "person", None)
    quote = (Evidence.of(text, 0, 3),)

    def kind(words: str, actor: str | None = None) -> str:
        speaker = mention(text, words, "other", actor)
        (told,) = with_kinds((Statement(quote=quote, type="direct", speaker=speaker),), (firm, person))
        assert told.speaker is not None
        return told.speaker.kind

    assert kind("Die Wolf AG") == "organisation"
    assert kind("Anna Wolf, Leiterin der Wolf AG") == "person"
    assert kind("meldet") == "other"
    assert kind("Die Wolf AG", "Q1") == "other"


def test_statements_without_a_speaker_stay_as_they_are() -> None:
    statement = Statement(quote=(Evidence.of("Ja", 0, 2),), type="direct")
    assert with_kinds((statement,), ()) == (statement,)
