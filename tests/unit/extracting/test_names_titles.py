"""Titles with their country mean who holds the office on the day, unless the words say another."""

from datetime import date

import pytest

from consumers.extracting.names import find_names
from service.actors import Catalogue, load_catalogue

DAY = date(2024, 5, 22)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def titles(catalogue: Catalogue, language: str, text: str, day: date = DAY) -> list[tuple[str, str]]:
    mentions = find_names(text, language, catalogue, at=day)
    return [(m.evidence.exact, catalogue.get(m.actor or "").label()) for m in mentions if m.how == "title"]


TOKAYEV, PUTIN, LAVROV = "Kassym-Jomart Tokayev", "Vladimir Putin", "Sergey Lavrov"


@pytest.mark.parametrize(
    ("language", "text", "phrase", "person"),
    [
        ("de", "Das sagte der kasachische Präsident heute.", "der kasachische Präsident", TOKAYEV),
        ("de", "Laut dem Präsidenten Kasachstans wächst es.", "dem Präsidenten Kasachstans", TOKAYEV),
        ("de", "mit dem Präsidenten der Russischen Föderation.", "dem Präsidenten der Russischen Föderation", PUTIN),
        ("de", "Russischer Außenminister reist ab", "Russischer Außenminister", LAVROV),
        ("de", "Kasachstans Staatschef schwieg.", "Kasachstans Staatschef", TOKAYEV),
        ("de", "Der Präsident von Kasachstan schwieg.", "Der Präsident von Kasachstan", TOKAYEV),
        ("de", "Der UN-Generalsekretär und die UN mahnten.", "Der UN-Generalsekretär", "António Guterres"),
        ("en", "Kazakhstan’s president agreed.", "Kazakhstan’s president", TOKAYEV),
        ("en", "as the Kazakh President said", "the Kazakh President", TOKAYEV),
        ("en", "the president of the Russian Federation spoke", "the president of the Russian Federation", PUTIN),
        ("en", "The Russian foreign minister left.", "The Russian foreign minister", LAVROV),
        ("ru", "Это заявил президент Казахстана.", "президент Казахстана", TOKAYEV),
        ("ru", "по словам главы МИД России,", "главы МИД России", LAVROV),
        ("ru", "с российским президентом", "российским президентом", PUTIN),
        ("ru", "как считает президент РФ,", "президент РФ", PUTIN),
        ("uk", "Про це сказав президент Казахстану.", "президент Казахстану", TOKAYEV),
        ("kk", "Қазақстан Президенті мәлімдеді", "Қазақстан Президенті", TOKAYEV),
        ("kk", "Ресей президентінің сөзінше", "Ресей президентінің", PUTIN),
        ("fr", "Le président kazakh a parlé.", "Le président kazakh", TOKAYEV),
        ("fr", "selon le président de la Russie,", "le président de la Russie", PUTIN),
        ("vi", "Theo tổng thống Kazakhstan, điều này đúng.", "tổng thống Kazakhstan", TOKAYEV),
        ("vi", "Ngoại trưởng Nga rời đi.", "Ngoại trưởng Nga", LAVROV),
        ("es", "según el presidente de Kazajistán", "el presidente de Kazajistán", TOKAYEV),
        ("zh", "哈萨克斯坦总统表示同意。", "哈萨克斯坦总统", TOKAYEV),
    ],
)
def test_a_title_means_the_holder_of_the_office(
    catalogue: Catalogue, language: str, text: str, phrase: str, person: str
) -> None:
    assert titles(catalogue, language, text) == [(phrase, person)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der frühere kasachische Präsident kam."),
        ("de", "Der ehemalige Präsident Kasachstans kam."),
        ("de", "Der Vizepräsident Chinas kam."),
        ("de", "Der Ex-Präsident Kasachstans kam."),
        ("de", "Der stellvertretende russische Außenminister ging."),
        ("de", "Der Präsident der russischen Zentralbank ging."),
        ("de", "Der kasachische Präsident Nursultan Nasarbajew kam."),
        ("de", "Der russische Außenminister Igor Iwanow kam."),
        ("de", "Der Präsident schwieg, und Kasachstan auch."),
        ("de", "Die Präsidentschaft Kasachstans"),
        ("en", "The former Kazakh president left."),
        ("en", "The deputy foreign minister of Russia left."),
        ("en", "Vice President of China"),
        ("en", "the Russian president-elect"),
        ("ru", "Бывший президент Казахстана уехал."),
        ("ru", "Первый президент Казахстана уехал."),
        ("ru", "Вице-президент России уехал."),
        ("ru", "Заместитель министра иностранных дел России уехал."),
        ("ru", "Президент Казахстану не ответил."),
        ("fr", "L’ancien président kazakh est parti."),
        ("ar", "وصل الرئيس الروسي السابق إلى المدينة."),
        ("ar", "وصلت مساعدة الأمين العام للأمم المتحدة إلى المدينة."),
        ("fr", "Le vice-président de la Chine est parti."),
        ("vi", "Cựu tổng thống Nga phát biểu."),
        ("vi", "Thứ trưởng Ngoại giao Nga phát biểu."),
        ("uk", "Колишній президент Казахстану поїхав."),
        ("en", "the president of Kazakhstan’s national bank"),
        ("en", "UN chief negotiator for the region; the UN waits"),
        ("en", "the head of the UN mission in the region"),
        ("de", "Der Leiter der UN-Mission reiste ab."),
        ("de", "Der amerikanische Präsident der Weltbank sprach."),
        ("de", "Die russische Präsidentin sprach."),
        ("es", "la presidenta de Rusia"),
    ],
)
def test_a_former_a_deputy_or_a_named_other_is_not_the_holder(catalogue: Catalogue, language: str, text: str) -> None:
    assert titles(catalogue, language, text) == []


def test_the_day_decides(catalogue: Catalogue) -> None:
    text = "The US president spoke."
    assert titles(catalogue, "en", text, date(2024, 5, 22)) == [("The US president", "Joe Biden")]
    assert titles(catalogue, "en", text, date(2025, 5, 22)) == [("The US president", "Donald Trump")]
    assert titles(catalogue, "de", "Der kasachische Präsident sprach.", date(1991, 1, 1)) == []


def test_a_title_s_gender_is_its_holder_s(catalogue: Catalogue) -> None:
    text = (
        "Die deutsche Außenministerin und der deutsche Außenminister, die deutsche Kanzlerin und der deutsche Kanzler"
    )
    assert titles(catalogue, "de", text, date(2024, 5, 22)) == [
        ("Die deutsche Außenministerin", "Annalena Baerbock"),
        ("der deutsche Kanzler", "Olaf Scholz"),
    ]


def test_the_country_within_a_title_is_a_mention_of_its_own(catalogue: Catalogue) -> None:
    mentions = find_names("Laut dem Präsidenten Kasachstans", "de", catalogue, at=DAY)
    assert [(m.evidence.exact, m.actor, m.how, m.kind) for m in mentions] == [
        ("dem Präsidenten Kasachstans", "Q200881", "title", "person"),
        ("Kasachstans", "Q232", "inflected", "place"),
    ]
    mentions = find_names("Der kasachische Präsident", "de", catalogue, at=DAY)
    assert [(m.evidence.exact, m.actor, m.how) for m in mentions] == [
        ("Der kasachische Präsident", "Q200881", "title"),
        ("kasachische", "Q232", "demonym"),
    ]


def test_a_title_before_its_holder_s_name_stays_a_title(catalogue: Catalogue) -> None:
    mentions = find_names("der kasachische Präsident Kassym-Jomart Tokajew", "de", catalogue, at=DAY)
    assert [(m.evidence.exact, m.how) for m in mentions] == [
        ("der kasachische Präsident", "title"),
        ("kasachische", "demonym"),
        ("Kassym-Jomart Tokajew", "alias"),
    ]


def test_a_title_that_one_office_has_needs_its_place_in_the_text(catalogue: Catalogue) -> None:
    assert titles(catalogue, "de", "Die Kommissionspräsidentin sprach für die EU.") == []
    text = "Die EU-Kommission tagte. Die Kommissionspräsidentin schwieg."
    assert titles(catalogue, "de", text) == [("Die Kommissionspräsidentin", "Ursula von der Leyen")]
    assert titles(catalogue, "de", "Der Bundeskanzler sprach in Deutschland.") == []


@pytest.mark.parametrize(
    "text",
    ["俄罗斯总统府没有表态。", "俄罗斯总统大选在三月举行。", "俄羅斯總統候選人發言。", "哈萨克斯坦外长会议开幕。"],
)
def test_a_chinese_title_that_goes_on_is_nobody(catalogue: Catalogue, text: str) -> None:
    assert titles(catalogue, "zh", text) == []
    assert titles(catalogue, "zh", "俄罗斯总统没有表态。") == [("俄罗斯总统", PUTIN)]
