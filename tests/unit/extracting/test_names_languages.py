"""Names and their forms in each language, one sentence or two each."""

from datetime import date

import pytest

from consumers.extracting.names import find_names
from service.actors import Catalogue, load_catalogue

KAZAKHSTAN, RUSSIA, CHINA, SCO = "Q232", "Q159", "Q148", "Q485207"
TOKAYEV, PUTIN, LAVROV = "Q200881", "Q7747", "Q58217"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def named(catalogue: Catalogue, language: str, text: str) -> list[tuple[str, str | None]]:
    mentions = find_names(text, language, catalogue, at=date(2024, 5, 22))
    return [(m.evidence.exact, m.actor) for m in mentions if m.how in ("name", "alias", "inflected")]


CASES = [
    ("de", "Kasachstans Handel mit Russland wächst.", [("Kasachstans", KAZAKHSTAN), ("Russland", RUSSIA)]),
    ("de", "RUSSLAND UND DIE NATO", [("RUSSLAND", RUSSIA), ("NATO", "Q7184")]),
    ("de", "In der Russischen Föderation regnet es.", [("Russischen Föderation", RUSSIA)]),
    ("de", "Ein Beschluss der Generalversammlung der Vereinten Nationen", [
        ("Generalversammlung der Vereinten Nationen", "Q47423")]),
    ("de", "Kassym-Jomart Tokajew und Kassym-Schomart Tokajew", [
        ("Kassym-Jomart Tokajew", TOKAYEV), ("Kassym-Schomart Tokajew", TOKAYEV)]),
    ("de", "Wladimir Putins Rede", [("Wladimir Putins", PUTIN)]),
    ("de", "Der Kasachstan-Besuch endete.", [("Kasachstan", KAZAKHSTAN)]),
    ("de", "Laut TASS, Tass und Kazinform", [("TASS", "Q223799"), ("Tass", "Q223799"), ("Kazinform", "ww:kazinform")]),
    ("de", "Reisen nach Papua-Neuguinea, Äquatorialguinea, Niger und Nigeria", [
        ("Papua-Neuguinea", "Q691"), ("Äquatorialguinea", "Q983"), ("Niger", "Q1032"), ("Nigeria", "Q1033")]),
    ("en", "Kazakhstan’s exports to the Russian Federation rose.", [
        ("Kazakhstan", KAZAKHSTAN), ("Russian Federation", RUSSIA)]),
    ("en", "North Korea, South Korea and Papua New Guinea", [
        ("North Korea", "Q423"), ("South Korea", "Q884"), ("Papua New Guinea", "Q691")]),
    ("en", "The Shanghai Cooperation Organization met.", [("Shanghai Cooperation Organization", SCO)]),
    ("en", "Kassym-Jomart Tokayev called Vladimir Putin.", [
        ("Kassym-Jomart Tokayev", TOKAYEV), ("Vladimir Putin", PUTIN)]),
    ("ru", "Экспорт Казахстана в Россию, с Китаем и о Казахстане", [
        ("Казахстана", KAZAKHSTAN), ("Россию", RUSSIA), ("Китаем", CHINA), ("Казахстане", KAZAKHSTAN)]),
    ("ru", "Саммит Шанхайской организации сотрудничества", [("Шанхайской организации сотрудничества", SCO)]),
    ("ru", "Встреча с Касым-Жомартом Токаевым и Сергеем Лавровым", [
        ("Касым-Жомартом Токаевым", TOKAYEV), ("Сергеем Лавровым", LAVROV)]),
    ("ru", "Выступил Владимир Владимирович Путин.", [("Владимир Владимирович Путин", PUTIN)]),
    ("uk", "Експорт Казахстану до Росії, з Китаєм", [
        ("Казахстану", KAZAKHSTAN), ("Росії", RUSSIA), ("Китаєм", CHINA)]),
    ("uk", "Розмова з Касимом-Жомартом Токаєвим", [("Касимом-Жомартом Токаєвим", TOKAYEV)]),
    ("kk", "Қазақстанның Ресейге экспорты, Қытаймен сауда", [
        ("Қазақстанның", KAZAKHSTAN), ("Ресейге", RUSSIA), ("Қытаймен", CHINA)]),
    ("kk", "Шанхай ынтымақтастық ұйымының саммиті, Қасым-Жомарт Тоқаевтың сөзі", [
        ("Шанхай ынтымақтастық ұйымының", SCO), ("Қасым-Жомарт Тоқаевтың", TOKAYEV)]),
    ("fr", "L’Inde, la Russie et le Kazakhstan; l'Organisation de coopération de Shanghai", [
        ("Inde", "Q668"), ("Russie", RUSSIA), ("Kazakhstan", KAZAKHSTAN),
        ("Organisation de coopération de Shanghai", SCO)]),
    ("fr", "Vladimir Poutine et Sergueï Lavrov", [("Vladimir Poutine", PUTIN), ("Sergueï Lavrov", LAVROV)]),
    ("vi", "Nga và Kazakhstan ký thỏa thuận với Trung Quốc.", [
        ("Nga", RUSSIA), ("Kazakhstan", KAZAKHSTAN), ("Trung Quốc", CHINA)]),
    ("vi", "Hội nghị của Tổ chức Hợp tác Thượng Hải", [("Tổ chức Hợp tác Thượng Hải", SCO)]),
    ("zh", "哈萨克斯坦与俄罗斯加强合作，上海合作组织开会。", [
        ("哈萨克斯坦", KAZAKHSTAN), ("俄罗斯", RUSSIA), ("上海合作组织", SCO)]),
    ("ar", "زار وفد من كازاخستان روسيا وبروسيا", [("كازاخستان", KAZAKHSTAN), ("روسيا", RUSSIA)]),
    ("es", "Kazajistán y Rusia firmaron un acuerdo.", [("Kazajistán", KAZAKHSTAN), ("Rusia", RUSSIA)]),
    ("pl", "Kazachstan i Rosja", [("Kazachstan", KAZAKHSTAN), ("Rosja", RUSSIA)]),
    ("ar", "قال علي خامنئي. ورد خامنئي على لـرويترز، ثم بخامنئي", [
        ("علي خامنئي", "Q57336"), ("خامنئي", "Q57336"), ("رويترز", "Q130879"), ("خامنئي", "Q57336")]),
    ("ar", "وصل عبدالفتاح السيسي والرئيس جوزيف عون، وتحدث عون", [
        ("عبدالفتاح السيسي", "Q307871"), ("جوزيف عون", "Q29033962"), ("عون", "Q29033962")]),
    ("ar", "طلب لبنان عون جيرانه", [("لبنان", "Q822")]),
    ("ar", "مركز الملك سلمان للإغاثة", []),
    ("ar", "مجلس الأمن الروسي ومجلس الأمن", [("مجلس الأمن", "Q37470")]),
    ("zh", "伊朗最高领袖哈梅内伊访问俄罗斯。", [("伊朗", "Q794"), ("哈梅内伊", "Q57336"), ("俄罗斯", RUSSIA)]),
    ("zh", "日本首相高市早苗说，高市内阁将提高市场准入。", [
        ("日本", "Q17"), ("高市早苗", "Q1705028"), ("高市", "Q1705028")]),
    ("zh", "梅拉尼娅·特朗普抵达伦敦。", []),
    ("zh", "石油输出国组织（OPEC）增产。", [("石油输出国组织", "Q7795"), ("OPEC", "Q7795")]),
    ("zh", "他会说尼泊尔语，在江苏林业局工作。", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), CASES)
def test_names_are_found_in_their_forms(
    catalogue: Catalogue, language: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert named(catalogue, language, text) == wanted


def demonyms(catalogue: Catalogue, language: str, text: str) -> list[tuple[str, str | None]]:
    mentions = find_names(text, language, catalogue, at=date(2024, 5, 22))
    return [(m.evidence.exact, m.actor) for m in mentions if m.how == "demonym"]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("de", "Die russisch-kasachischen Beziehungen", [("russisch", RUSSIA), ("kasachischen", KAZAKHSTAN)]),
        ("de", "Viele Kasachen und Russinnen", [("Kasachen", KAZAKHSTAN), ("Russinnen", RUSSIA)]),
        ("en", "Kazakh and Russian officials", [("Kazakh", KAZAKHSTAN), ("Russian", RUSSIA)]),
        ("en", "She began to polish the table.", []),
        ("ru", "Казахстанские и российского", [("Казахстанские", KAZAKHSTAN), ("российского", RUSSIA)]),
        ("uk", "казахстанський і російською", [("казахстанський", KAZAKHSTAN), ("російською", RUSSIA)]),
        ("fr", "les autorités kazakhes et russes", [("kazakhes", KAZAKHSTAN), ("russes", RUSSIA)]),
        ("kk", "қазақстандықтарға", [("қазақстандықтарға", KAZAKHSTAN)]),
        ("de", "Das Roman-Festival, ein Franzbrötchen", []),
    ],
)
def test_demonyms_name_their_country(
    catalogue: Catalogue, language: str, text: str, wanted: list[tuple[str, str]]
) -> None:
    assert demonyms(catalogue, language, text) == wanted


def test_kind_and_confidence_go_with_the_actor(catalogue: Catalogue) -> None:
    text = "Wladimir Putin sprach in Kasachstan vor der Shanghaier Organisation für Zusammenarbeit."
    mentions = find_names(text, "de", catalogue, at=date(2024, 5, 22))
    assert [(m.kind, m.how, m.confidence) for m in mentions] == [
        ("person", "name", 1.0),
        ("place", "name", 1.0),
        ("organisation", "name", 1.0),
    ]
