from consumers.extracting.language import Language
from consumers.extracting.prose import read_prose
from consumers.prose import find_regions

GERMAN = Language("de", abbreviations=frozenset({"z.b.", "dr."}), ordinal_dot=True)


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in read_prose(text, GERMAN).sentences]


def test_a_sentence_ends_outside_quotation_marks() -> None:
    assert sentences("„Es ist so. Wir gehen“, sagte er. Dann ging er.") == [
        "„Es ist so. Wir gehen“, sagte er.",
        "Dann ging er.",
    ]


def test_a_quotation_that_is_a_whole_sentence_ends_one() -> None:
    assert sentences("Er sagte: „Nein.“ „Doch!“ Dann war Ruhe.") == ["Er sagte: „Nein.“", "„Doch!“", "Dann war Ruhe."]


def test_a_question_in_marks_goes_on_with_a_small_letter() -> None:
    assert sentences("„Warum?“ fragte sie. Niemand wusste es.") == ["„Warum?“ fragte sie.", "Niemand wusste es."]


def test_abbreviations_ordinals_initials_and_brackets_end_no_sentence() -> None:
    text = "Am 20. Mai kam Dr. J. Berg, z. B. nach Ulm (dort war er. Nie zuvor), an. Es war 2003. Danach ging er."
    assert len(sentences(text.replace("z. B.", "z.B."))) == 3


def test_regions_belong_to_no_sentence() -> None:
    text = "Er kam an.\nDie Halle in Ulm. Foto: Stadt Ulm\nKommentar (0)\nQuelle: https://example.org/a\nEnde."
    prose = read_prose(text, GERMAN, find_regions(text))
    assert [text[s.start : s.end] for s in prose.sentences] == ["Er kam an.", "Ende."]


def test_offsets_hold_in_every_script() -> None:
    for text in (
        "مرحبا بالعالم. كيف حالك؟ «نعم», قال.",
        "नमस्ते दुनिया। कैसे हो?",
        "👩‍👩‍👧 🎉🎉",
        "他说：「好」。我走了。",
        "",
    ):
        prose = read_prose(text, Language("und"))
        assert all(text[t.start : t.end] == t.text for t in prose.tokens)
        assert "".join(t.text for t in prose.tokens) == "".join(text.split())
