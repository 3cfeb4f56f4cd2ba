"""A small model trained here: the same every time, and read as CRFsuite itself reads it."""

import random
from pathlib import Path

import numpy as np
import pytest

from consumers.extracting.ner.features import Reading
from consumers.extracting.ner.gold import Sentence
from consumers.extracting.ner.kazakh import Kazakh, without_endings
from consumers.extracting.ner.lexicon import Lexicon, compiled
from consumers.extracting.ner.model import load_model
from consumers.extracting.ner.recogniser import Recogniser
from consumers.extracting.ner.training.fit import Attributes, Corpus, Settings, parted, train

pytest.importorskip("pycrfsuite")

FIRST, LAST = ["Anna", "Olga", "Peter", "Karl", "Jana"], ["Wolf", "Berg", "Keller", "Sommer"]
TOWNS, WORDS = ["Bonn", "Trier", "Ulm", "Kiel"], ["kam", "sah", "ging", "blieb", "lachte", "heute", "spät", "oft"]


def written(number: int) -> Sentence:
    chance = random.Random(number)
    person = [chance.choice(FIRST), chance.choice(LAST)][: chance.choice([1, 2])]
    tags = ["B-PER", "I-PER"][: len(person)]
    words = [*person, chance.choice(WORDS), "aus", chance.choice(TOWNS), chance.choice(WORDS), "."]
    return Sentence(tuple(words), (*tags, "O", "O", "B-LOC", "O", "O"))


SENTENCES = [written(number) for number in range(60)]
SETTINGS = Settings(rounds=30, blurred=True)


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    np.save(tmp_path / "lexicon.npy", compiled({"bonn": (2, 0), "wolf": (32, 7)}))
    return Kazakh(Lexicon(tmp_path / "lexicon.npy"))


def test_the_same_sentences_give_the_same_bytes(reading: Reading) -> None:
    models = [train([Corpus(SENTENCES)], reading, SETTINGS).to_bytes() for _ in range(2)]
    assert models[0] == models[1]


def test_a_stored_model_reads_as_the_one_that_was_trained(reading: Reading, tmp_path: Path) -> None:
    model = train([Corpus(SENTENCES)], reading, SETTINGS)
    (tmp_path / "xx.npz").write_bytes(model.to_bytes())
    stored = load_model(tmp_path / "xx.npz")
    assert stored.to_bytes() == model.to_bytes()
    recogniser = Recogniser(stored, reading)
    new = [written(number) for number in range(1000, 1040)]
    words = [word for sentence in new for word in sentence.words]
    found = recogniser.entities(words, [len(sentence.words) for sentence in new])
    assert [(" ".join(words[e.first : e.last]), e.label) for e in found] == [
        (" ".join(sentence.words[e.first : e.last]), e.label) for sentence in new for e in sentence.entities()
    ]


def test_sums_of_whole_numbers_give_what_crfsuite_itself_gives(reading: Reading, tmp_path: Path) -> None:
    import pycrfsuite

    noise = [Sentence(s.words[::-1], s.tags[::-1]) for s in SENTENCES[:20]]
    attributes = Attributes(reading)
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for sentence in [*SENTENCES, *noise]:
        trainer.append(attributes.of(sentence), parted(sentence))
    trainer.set_params({"c1": 0.1, "c2": 0.1, "max_iterations": 40})
    trainer.train(str(tmp_path / "crf"))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(tmp_path / "crf"))
    model = train([Corpus([*SENTENCES, *noise])], reading, Settings(rounds=40))
    recogniser = Recogniser(model, reading)
    for sentence in [written(number) for number in range(2000, 2060)]:
        theirs = Sentence(sentence.words, tuple(_bio(tag) for tag in tagger.tag(attributes.of(sentence))))
        assert recogniser.entities(sentence.words, [len(sentence.words)]) == theirs.entities()


def _bio(tag: str) -> str:
    return {"U": "B", "L": "I"}.get(tag[0], tag[0]) + tag[1:]


def test_a_domain_of_its_own_adds_to_what_is_shared(reading: Reading) -> None:
    corpora = [Corpus(SENTENCES[:30], "news"), Corpus(SENTENCES[30:], "chat")]
    news, shared = (train(corpora, reading, Settings(rounds=20), domain) for domain in ("news", ""))
    assert news.to_bytes() != shared.to_bytes()


def test_a_lexicon_knows_its_words_and_no_others(tmp_path: Path) -> None:
    words = {f"wort{number}": (number % 7, number % 3 + 1) for number in range(5_000)}
    np.save(tmp_path / "l.npy", compiled(words))
    lexicon = Lexicon(tmp_path / "l.npy")
    assert all(lexicon.properties(word) == properties for word, properties in words.items())
    strangers = [lexicon.properties(f"fremd{number}") for number in range(5_000)]
    assert strangers.count((0, 0)) == len(strangers)


def test_a_file_that_is_no_lexicon_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "l.npy", np.arange(20, dtype=np.uint16))
    with pytest.raises(ValueError, match="a lexicon of 20 numbers where"):
        Lexicon(tmp_path / "l.npy")


def test_endings_come_off_kazakh_words() -> None:
    assert without_endings("қазақстанның", 1) == "қазақстан"
    assert without_endings("астанада", 1) == without_endings("астанаға", 1) == "астана"
    assert without_endings("да", 3) == "да"
