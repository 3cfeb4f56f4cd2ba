"""What is news and what is not. The prose is our own."""

import pytest

from consumers.stories import Known, News, news
from service.contracts import AgencyCredit, Evidence, Extraction, Mention, Provenance, Region
from tests.unit.matching.article_maker import written

K, R = "Q232", "Q159"
QUOTE = "Wir werden den Handel auf der Schiene in diesem Jahr deutlich ausbauen"
ADDED = "Ohne neue Brücken bleibt das alles ein Traum, den keiner bezahlen kann"
LEAD = f"[Kasachstan|{K}] hat im Mai 27,5 Milliarden in die Bahn gesteckt, sagte der Minister in Astana."
BODY = f"{LEAD}\n„{QUOTE}“, sagte er. Die Arbeiten beginnen nach dem Sommer und dauern mehrere Jahre."


def story(*texts: Extraction) -> Known:
    known = Known()
    for text in texts:
        _, known = news(text, known)
    return known


FIRST = story(written(BODY, statements=[(QUOTE, "der Minister", None)]))


def fresh(text: Extraction, known: Known = FIRST) -> News:
    return news(text, known)[0]


def test_the_same_text_is_no_news_whoever_is_read_as_its_speaker() -> None:
    assert not fresh(written(BODY, title="Anders", statements=[(QUOTE, "er", "Q1")]))


@pytest.mark.parametrize("share", [0.3, 0.42, 0.5, 0.61, 0.77, 0.9])
def test_a_text_cut_anywhere_is_no_news(share: float) -> None:
    plain = written(BODY).article.text
    cut = plain[: int(len(plain) * share)]
    said = cut[cut.index("„") + 1 :] if "„" in cut else cut[20:]
    assert not fresh(
        written(cut.replace("Kasachstan", f"[Kasachstan|{K}]"), statements=[(said, None, None)] if said else [])
    )


def test_a_quote_that_ends_elsewhere_is_no_news() -> None:
    wider = f"{QUOTE}“, sagte er. Die Arbeiten"
    assert not fresh(written(BODY, statements=[(wider, None, None), (QUOTE[:30], None, None)]))


def test_a_new_statement_is_news_and_the_old_one_is_not() -> None:
    text = f"{BODY}\n„{ADDED}“, entgegnete ein Abgeordneter."
    found = fresh(written(text, statements=[(QUOTE, None, None), (ADDED, None, None)]))
    assert found == News(statements=(1,))


def test_a_footer_that_reads_like_more_of_a_speech_is_no_news() -> None:
    said = written(f"{BODY}\n{ADDED}.", statements=[(QUOTE, None, None), (ADDED, None, None)])
    free = said.statements[1].model_copy(update={"type": "free_indirect"})
    assert fresh(said).statements == (1,)
    assert not fresh(said.model_copy(update={"statements": (said.statements[0], free)}))


def test_a_statement_that_grew_by_a_sentence_is_news() -> None:
    text = BODY.replace(QUOTE, f"{QUOTE}. {ADDED}")
    assert fresh(written(text, statements=[(f"{QUOTE}. {ADDED}", None, None)])).statements == (0,)


def test_a_reworded_statement_is_no_news() -> None:
    reworded = QUOTE.replace("deutlich", "kräftig")
    assert not fresh(written(BODY.replace(QUOTE, reworded), statements=[(reworded, None, None)]))


def test_too_few_words_are_no_news() -> None:
    assert not fresh(written(f"{BODY} „Ja, gern doch“, sagte sie.", statements=[("Ja, gern doch", None, None)]))


def test_few_words_are_news_when_an_actor_says_them() -> None:
    text = f"{BODY} „Wir ziehen ab“, sagte [Tokajew|Q200881] danach."
    assert fresh(written(text, statements=[("Wir ziehen ab", "Tokajew", "Q200881")])).statements == (0,)
    assert not fresh(written(BODY, statements=[("in diesem Jahr", None, "Q200881")])).statements


def test_a_few_words_that_break_off_are_no_news() -> None:
    cut = f"{BODY} [Tokajew|Q200881] sagte: „Wir ziehen a"
    assert not fresh(written(cut, statements=[("Wir ziehen a", "Tokajew", "Q200881")])).statements


def test_a_changed_number_said_of_an_actor_is_news() -> None:
    assert fresh(written(BODY.replace("27,5", "31,5"))) == News(numbers=("315",))
    assert not fresh(written(BODY.replace("27,5", "27,5").replace("mehrere", "12")))


@pytest.mark.parametrize(
    "line",
    [
        "ASTANA, 21. Mai – ",
        "Astana (dpa) 22 May ",
        "Stand: 21.05.2026, 12:05 Uhr. ",
        "Im Jahr 2026: ",
    ],
)
def test_a_dateline_is_no_news(line: str) -> None:
    assert not fresh(written(line + BODY))


def test_a_number_that_the_cut_went_through_is_no_news() -> None:
    known = story(written(f"Die Bahn wächst. [Kasachstan|{K}] zahlt 27500 Millionen dafür, sagte der Minister."))
    assert not fresh(written(f"Die Bahn wächst. [Kasachstan|{K}] zahlt 275"), known)


def test_an_actor_in_a_new_sentence_is_news() -> None:
    text = f"{BODY} Auch [Russland|{R}] will sich nun mit eigenen Zügen daran beteiligen."
    assert fresh(written(text)) == News(actors=(R,))
    assert not fresh(written(text), story(written(text)))


def test_an_actor_that_was_only_not_read_before_is_no_news() -> None:
    assert not fresh(written(BODY.replace("Astana", "[Astana|Q1520]")))


def test_an_agency_credit_is_no_news() -> None:
    line = "Dieser Bericht wurde übernommen von der staatlichen Agentur TASS aus Moskau."
    plain = written(f"{BODY}\n{line}")
    text = plain.article.text
    tass = Mention(evidence=Evidence.of(text, at := text.index("TASS"), at + 4), kind="organisation", actor="Q223799")
    credited = plain.article.model_copy(
        update={"provenance": Provenance(agencies=(AgencyCredit(name="TASS", actor="Q223799"),))}
    )
    region = Region(start=text.index(line), end=len(text), kind="credit")
    inside = plain.article.model_copy(update={"regions": (region,)})
    for article in (credited, inside):
        assert not fresh(plain.model_copy(update={"article": article, "mentions": (*plain.mentions, tass)}))


def test_counters_are_no_news() -> None:
    line = f"[Kasachstan|{K}] Aufrufe 4711 heute und gestern 815 mal geteilt worden von vielen."
    plain = written(f"{BODY}\n{line}")
    start = plain.article.text.rindex("Kasachstan")
    region = Region(start=start, end=len(plain.article.text), kind="counter")
    article = plain.article.model_copy(update={"regions": (region,)})
    assert fresh(plain)
    assert not fresh(plain.model_copy(update={"article": article}))


def test_what_is_known_survives_its_bytes() -> None:
    known = story(written(f"{BODY} Auch [中国|Q148] zahlt 12."))
    assert Known.from_bytes(known.to_bytes()) == known
    assert Known.from_bytes(Known().to_bytes()) == Known()
