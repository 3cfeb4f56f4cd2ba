"""How strong a saying is, by its cue."""

import pytest

from consumers.extracting.language import load_language
from consumers.extracting.prose import read_prose
from consumers.extracting.statements import find_statements
from consumers.extracting.strength import strength_of


@pytest.mark.parametrize(
    ("language", "text", "strength"),
    [
        ("ru", "Министр заявил, что мост закрыт.", "said"),
        ("ru", "Следствие утверждает, что он вывел деньги.", "claimed"),
        ("ru", "По версии следствия, он вывел деньги.", "claimed"),
        ("ru", "Роскосмос подтвердил, что старт перенесён.", "confirmed"),
        ("ru", "Врач отрицает, что школу закроют.", "denied"),
        ("ru", "Врач не отрицает, что школу закроют.", "said"),
        ("uk", "Міненерго спростувало, що завод зупинили.", "denied"),
        ("kk", "Роскосмос старт кейінге қалғанын растады.", "confirmed"),
        ("fr", "Le maire a confirmé que le pont fermerait.", "confirmed"),
        ("vi", "Bộ Y tế xác nhận rằng vắc xin đã đủ.", "confirmed"),
        ("de", "Der Minister bestritt, dass er Geld genommen habe.", "denied"),
        ("en", "The minister denied that he had taken money.", "denied"),
    ],
)
def test_verbs_and_source_phrases_tell_it(language: str, text: str, strength: str) -> None:
    prose = read_prose(text, load_language(language))
    assert [strength_of(prose, found.cue) for found in find_statements(prose)] == [strength]
