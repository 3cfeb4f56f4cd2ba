"""Each atom by itself: when it holds, and by which words."""

import pytest

from consumers.matching import Facts, explain
from service.contracts import Extraction, Reason, Rule, SourceRef
from service.contracts.rule import Within
from tests.unit.matching.article_maker import written

KAZAKHSTAN, RUSSIA, SCO, TOKAYEV = "Q232", "Q159", "Q485207", "Q57398"


def why(rule: Rule, article: Extraction) -> tuple[Reason, ...] | None:
    return explain(rule, Facts(article))


def words_of(rule: Rule, article: Extraction) -> list[str | None] | None:
    found = why(rule, article)
    return None if found is None else [reason.evidence.exact if reason.evidence else None for reason in found]


def test_an_actor_is_shown_by_its_name_rather_than_by_a_title() -> None:
    article = written(f"[Er|{TOKAYEV}|pronoun] kam. [Der Präsident|{TOKAYEV}|title], [Tokajew|{TOKAYEV}], ging.")
    assert why(Rule(actor=TOKAYEV), article) == (
        Reason(rule="actor", actor=TOKAYEV, evidence=article.mentions[2].evidence, how="name"),
    )


def test_a_demonym_alone_is_no_mention_of_the_country() -> None:
    article = written(f"Der [kasachische|{KAZAKHSTAN}|demonym] Wein.")
    assert why(Rule(actor=KAZAKHSTAN), article) is None


def test_a_speaker_counts_as_mentioned_however_called() -> None:
    article = written("„Gut“, sagte der Staatschef.", statements=[("Gut", "der Staatschef", TOKAYEV)])
    assert words_of(Rule(actor=TOKAYEV), article) == ["der Staatschef"]
    assert words_of(Rule(actor=TOKAYEV, role="speaker"), article) == ["der Staatschef"]
    assert why(Rule(actor=TOKAYEV, role="addressee"), article) is None


def test_about_is_shown_by_the_name_within_the_quote() -> None:
    article = written(
        f"[Russland|{RUSSIA}] hörte zu. „[Russland|{RUSSIA}] ist Partner“, sagte der Staatschef.",
        statements=[("Russland ist Partner", "der Staatschef", TOKAYEV)],
    )
    found = why(Rule(actor=RUSSIA, role="about"), article)
    assert found is not None
    assert found[0].evidence == article.mentions[1].evidence
    assert why(Rule(actor=KAZAKHSTAN, role="about"), article) is None


def test_a_demonym_counts_for_a_pair_and_is_marked() -> None:
    article = written(f"Der [kasachische|{KAZAKHSTAN}|demonym] Präsident in [Russland|{RUSSIA}].")
    found = why(Rule(pair=(KAZAKHSTAN, RUSSIA)), article)
    assert found is not None
    assert [(reason.rule, reason.actor, reason.how) for reason in found] == [
        ("pair", KAZAKHSTAN, "demonym"),
        ("pair", RUSSIA, "name"),
    ]


def test_a_pair_is_shown_in_one_sentence_before_elsewhere_and_by_names_before_demonyms() -> None:
    article = written(
        f"[Kasachstan|{KAZAKHSTAN}].\n[Russlands|{RUSSIA}|inflected] Ziel.\n"
        f"Die [russisch|{RUSSIA}|demonym]-[kasachische|{KAZAKHSTAN}|demonym] Grenze: "
        f"[Russland|{RUSSIA}] sucht seit vielen Jahren [Kasachstans|{KAZAKHSTAN}|inflected] Nähe."
    )
    assert words_of(Rule(pair=(KAZAKHSTAN, RUSSIA)), article) == ["Kasachstans", "Russland"]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("{k} und {r} reden.", ("sentence", "paragraph", "article")),
        ("Hier kommt {k} wieder. Dort geht {r} weiter.", ("paragraph", "article")),
        ("Am 20. Mai traf Dr. Li aus {k} die Leute aus {r}.", ("sentence", "paragraph", "article")),
        ("В {k} прошло 20 тыс. человек, и в {r} тоже.", ("sentence", "paragraph", "article")),
        ("{k}很好。{r}也很好。", ("paragraph", "article")),
        ("{k}\n{r}", ("article",)),
        ("Nur {k}.", ()),
    ],
)
def test_a_pair_holds_within_the_unit_that_both_stand_in(text: str, units: tuple[Within, ...]) -> None:
    article = written(text.format(k=f"[Kasachstan|{KAZAKHSTAN}]", r=f"[Russland|{RUSSIA}]"))
    every: tuple[Within, ...] = ("sentence", "paragraph", "article")
    assert tuple(w for w in every if why(Rule(pair=(KAZAKHSTAN, RUSSIA), within=w), article)) == units


def test_a_pair_in_a_statement_is_said_by_or_about_both() -> None:
    pair = Rule(pair=(KAZAKHSTAN, RUSSIA), within="statement")
    text = f"„[Russland|{RUSSIA}] ist Partner“, sagte der [kasachische|{KAZAKHSTAN}|demonym] Staatschef."
    said = [("Russland ist Partner", "der kasachische Staatschef", TOKAYEV)]
    assert words_of(pair, written(text, statements=said)) == ["kasachische", "Russland"]
    assert why(pair, written(text)) is None
    outside = written(text + f" [Kasachstan|{KAZAKHSTAN}] schwieg.", statements=[("Russland ist Partner", None, None)])
    assert why(pair, outside) is None


@pytest.mark.parametrize(
    ("phrase", "text", "shown"),
    [
        ("seidenstraße", "Die neue SEIDENSTRASSE kommt.", "SEIDENSTRASSE"),
        ("strasse", "Die Straße, breit.", "Straße"),
        ("new  silk road", "a New\nSilk road", "New\nSilk road"),
        ("kasachstan", "Kasachstans Weg", None),
        ("l'iran", "Dans l’Iran, …", "l’Iran"),
        ("стан", "Казахстан", None),
        ("казахстан", "В КАЗАХСТАН!", "КАЗАХСТАН"),
        ("上合", "关于上合组织的", "上合"),
        ("समाचार", "हिन्दी समाचार यहाँ", "समाचार"),
        ("समाच", "हिन्दी समाचार यहाँ", None),
        ("U.S. envoy", "The U.S. envoy", "U.S. envoy"),
        ("việt nam", "Ở Việt Nam.", "Việt Nam"),
        ("istanbul", "İstanbul", None),
    ],
)
def test_a_phrase_is_found_in_any_script_between_word_bounds(phrase: str, text: str, shown: str | None) -> None:
    assert words_of(Rule(phrase=phrase), written(text)) == (None if shown is None else [shown])


def test_a_phrase_in_the_title_has_no_place_in_the_text() -> None:
    found = why(Rule(phrase="gipfel"), written("Text.", title="Der Gipfel"))
    assert found == (Reason(rule="phrase", note="in the title: Der Gipfel"),)


@pytest.mark.parametrize(
    ("value", "holds"),
    [
        ("example.org", True),
        ("www.example.org", True),
        ("news.example.org", True),
        ("xample.org", False),
        ("other.example.org", False),
        ("Beispiel-Zeitung", True),
        ("beispiel", False),
        ("https://news.example.org/feed.xml", True),
        ("https://news.example.org/", False),
        ("s1", True),
        ("пример.рф", True),
        ("xn--e1afmkfd.xn--p1ai", True),
    ],
)
def test_a_source_is_called_by_id_address_domain_or_name(value: str, *, holds: bool) -> None:
    source = SourceRef(id="s1", url="https://news.example.org/feed.xml", name="Beispiel-Zeitung")
    article = written("Text.", source=source, url="https://www.пример.рф/a")
    assert (why(Rule(source=value), article) is not None) == holds


def test_groups_explain_what_holds_and_say_nothing_of_absences() -> None:
    article = written(f"[Kasachstan|{KAZAKHSTAN}] und die [SCO|{SCO}].", url="https://a.example/x")
    rule = Rule(
        all=(Rule(any=(Rule(actor=RUSSIA), Rule(actor=SCO), Rule(actor=KAZAKHSTAN))), Rule(language="de")),
        none=(Rule(source="b.example"),),
    )
    found = why(rule, article)
    assert found is not None
    assert [(reason.rule, reason.actor) for reason in found] == [
        ("all[0].any[1].actor", SCO),
        ("all[0].any[2].actor", KAZAKHSTAN),
        ("all[1].language", None),
    ]
    assert why(rule, article.model_copy(update={"language": "ru"})) is None
    elsewhere = Rule(any=(Rule(actor=SCO),), none=(Rule(source="a.example"),))
    assert why(elsewhere, article) is None
