"""What is refused is not said: in every language with rules of its own."""

from datetime import UTC, datetime

import pytest

from consumers.extracting.pipeline import Reader
from service.actors import load_catalogue
from service.contracts import Article
from tests.unit.extracting.languages.said import said

REFUSED = """
en | The ministry declined to comment.
en | A spokeswoman for the company declined to comment on the report, citing the inquiry.
en | Smith refused to say whether he would resign.
en | The White House did not respond to a request for comment.
en | The lawyer declined an interview request.
en | Mr. Carter did not return calls seeking comment.
de | Das Ministerium lehnte eine Stellungnahme ab.
de | Die Botschaft reagierte nicht auf eine Anfrage.
de | Die Firma wollte sich nicht äußern.
fr | Le ministère a refusé de commenter.
fr | Le porte-parole a refusé de dire si l’usine fermerait.
fr | L’ambassade n’a pas répondu à une demande de commentaire.
ru | Представитель компании отказался комментировать эти сведения.
ru | Посольство не ответило на запрос о комментарии.
uk | Речниця компанії відмовилася коментувати ці дані.
uk | Він відмовився сказати, хто отримав гроші.
uk | Посольство не відповіло на запит про коментар.
kk | Министрлік түсініктеме беруден бас тартты.
kk | Елшілік сұраққа жауап бермеді.
vi | Người phát ngôn từ chối trả lời câu hỏi của phóng viên.
vi | Ông từ chối cho biết ai đã nhận tiền.
vi | Đại sứ quán không trả lời yêu cầu bình luận.
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_what_is_refused_is_not_said(line: str) -> None:
    language, _, text = line.partition(" | ")
    assert said(language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        ("en", "The minister refused to apologize for the delay.", "to apologize for the delay"),
        ("en", "The airline declined to give details, said Reuters.", "The airline declined to give details"),
        ("uk", "Міністр відмовився підписати угоду.", "підписати угоду"),
    ],
)
def test_what_is_refused_to_do_is_said(language: str, text: str, quote: str) -> None:
    assert [words for _, words, _ in said(language, text)] == [quote]


def test_a_pronoun_behind_one_who_stood_next_to_an_actor_is_nobody_of_the_catalogue() -> None:
    text = (
        "President Vladimir Putin said it was done. Next to him stood the engineer, Olim Abenov. He said it was safe."
    )
    article = Article(id="a", first_seen_at=datetime(2024, 6, 3, tzinfo=UTC), text=text, language="en")
    first, second = Reader(load_catalogue()).extract(article).statements
    assert first.speaker is not None
    assert first.speaker.actor == "Q7747"
    assert second.speaker is None or second.speaker.actor is None
