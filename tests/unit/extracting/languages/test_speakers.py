"""From the words that name a speaker to an actor, in each language: names, titles, bare titles, pronouns."""

from datetime import UTC, datetime
from functools import cache

import pytest

from consumers.extracting.pipeline import Reader
from service.actors import load_catalogue
from service.contracts import Article

TOKAYEV, PUTIN, LAVROV, IRAN = "Q200881", "Q7747", "Q58217", "Q794"
IEA = "Q826700"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEXTS = {
    "en": (
        "Kazakh President Kassym-Jomart Tokayev met Russian Foreign Minister Sergey Lavrov on Tuesday.\n"
        '"Russia is our partner," Tokayev said. The president added that trade had grown.\n'
        "Lavrov, for his part, said Moscow valued the friendship. A spokesman for Putin said talks would go on.",
        [("Tokayev", TOKAYEV), ("The president", TOKAYEV), ("Lavrov", LAVROV), ("A spokesman for Putin", None)],
    ),
    "fr": (
        "Le président kazakh Kassym-Jomart Tokaïev a reçu le ministre russe des Affaires étrangères, Sergueï Lavrov.\n"
        "« La Russie est notre partenaire », a souligné M. Tokaïev. Il a ajouté que les échanges progressaient.\n"
        "Vladimir Poutine avait affirmé que Moscou resterait un allié. L’Iran conteste ce récit.",
        [("M. Tokaïev", TOKAYEV), ("Il", TOKAYEV), ("Vladimir Poutine", PUTIN), ("L’Iran", IRAN)],
    ),
    "ru": (
        "Президент Казахстана Касым-Жомарт Токаев принял министра иностранных дел России Сергея Лаврова.\n"
        "«Россия — наш партнёр», — подчеркнул Токаев. По словам президента Казахстана, торговля растёт. Он добавил, что"
        " инвестиции увеличиваются.\nЛавров, в свою очередь, отметил, что Москва ценит дружбу.",
        [("Токаев", TOKAYEV), ("президента Казахстана", TOKAYEV), ("Он", TOKAYEV), ("Лавров", LAVROV)],
    ),
    "uk": (
        "Президент Казахстану Касим-Жомарт Токаєв зустрівся з міністром закордонних справ Росії Сергієм Лавровим.\n"
        "«Росія — наш партнер», — наголосив Токаєв. За його словами, торгівля зростає.",
        [("Токаєв", TOKAYEV), ("його", TOKAYEV)],
    ),
    "kk": (
        "Президент Қасым-Жомарт Тоқаев Ресей сыртқы істер министрі Сергей Лавровты қабылдады.\n"
        "«Ресей – біздің серіктесіміз», – деді Мемлекет басшысы.\nТоқаевтың айтуынша, сауда өсіп келеді.",
        [("Мемлекет басшысы", TOKAYEV), ("Тоқаевтың", TOKAYEV)],
    ),
    "vi": (
        "Tổng thống Nga Vladimir Putin cho biết Nga sẵn sàng hợp tác. Ông nói: “Chúng tôi coi trọng tình hữu nghị.”\n"
        "Theo Ngoại trưởng Nga Sergei Lavrov, quan hệ hai nước phát triển tốt đẹp.",
        [("Tổng thống Nga Vladimir Putin", PUTIN), ("Ông", PUTIN), ("Ngoại trưởng Nga Sergei Lavrov", LAVROV)],
    ),
    "es": (
        "El presidente kazajo, Kassym-Jomart Tokayev, recibió al ministro de Exteriores ruso, Serguéi Lavrov.\n"
        "«Rusia es nuestro socio», afirmó Tokayev. El presidente añadió que el comercio crece.",
        [("Tokayev", TOKAYEV), ("El presidente", TOKAYEV)],
    ),
    "zh": (
        "哈萨克斯坦总统托卡耶夫会见了俄罗斯外长拉夫罗夫。托卡耶夫表示，俄罗斯是战略伙伴。他说：“我们的关系很好。”",
        [("托卡耶夫", TOKAYEV), ("他", TOKAYEV)],
    ),
    "ar": (
        "استقبل الرئيس الكازاخستاني قاسم جومارت توكاييف الوزير. وقال توكاييف إن روسيا شريك. وأضاف أن التجارة تنمو.",
        [("توكاييف", TOKAYEV), ("توكاييف", TOKAYEV)],
    ),
}


@cache
def reader() -> Reader:
    return Reader(load_catalogue())


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_each_statement_has_its_speaker(language: str) -> None:
    text, expected = TEXTS[language]
    article = Article(id="a", first_seen_at=NOW, text=text, language=language)
    speakers = [statement.speaker for statement in reader().extract(article).statements]
    assert [(s.evidence.exact, s.actor) for s in speakers if s is not None] == expected


@pytest.mark.parametrize(
    ("language", "text", "actor"),
    [
        ("ru", "По словам президента Киргизии Садыра Жапарова, тропу разметят к лету.", "Q25597826"),
        ("ru", "По словам помощника президента Киргизии Садыра Жапарова, тропу разметят к лету.", None),
        ("ru", "Россия: по словам пресс-секретаря Владимира Путина, всё готово.", None),
        ("ru", "Пресс-секретарь Владимира Путина сообщил, что всё готово.", None),
        ("ru", "По словам главы администрации Владимира Путина, всё готово.", None),
        ("uk", "Речниця Володимира Зеленського зазначила, що зустріч була теплою.", None),
        ("kk", "Садыр Жапаровтың баспасөз хатшысы кездесу жылы өткенін хабарлады.", None),
        ("vi", "Trợ lý Tổng thống Nga Vladimir Putin cho biết mọi việc đã sẵn sàng.", None),
        ("vi", "Tổng thống Nga Vladimir Putin cho biết mọi việc đã sẵn sàng.", PUTIN),
        ("vi", "Ông Vladimir Putin và ông Tập Cận Bình nhất trí tăng cường hợp tác.", None),
        ("ar", "وقال المتحدث باسم الرئيس الروسي فلاديمير بوتين إن التجارة تنمو.", None),
        ("ar", "وقال نائب رئيس مجلس الأمن الروسي دميتري ميدفيديف إن التجارة تنمو.", "Q23530"),
        ("ar", "وقالت مساعدة الأمين العام للأمم المتحدة مريم حسن إن التجارة تنمو.", None),
        ("ar", "وقال الرئيس الأميركي السابق علي حسن إن التجارة تنمو.", None),
        ("ar", "وقال الرئيس الروسي علي حسن إن التجارة تنمو.", None),
        ("ar", "وقال المدير العام للوكالة الدولية للطاقة الذرية رافاييل غروسي إن الوقت حان.", "ww:rafael-grossi"),
        ("ar", "وقال صهر دونالد ترامب علي حسن إن الوقت حان.", None),
        ("ar", "غادر معالي سيرغي لافروف. ووصل معالي الأمين علي حسن. وأكد معاليه أن التجارة تنمو.", None),
        ("ar", "استقبل معالي سيرغي لافروف الوفد. وأكد معاليه أن التجارة تنمو.", LAVROV),
        ("zh", "俄罗斯总统普京的发言人表示，双方愿意加强合作。", None),
        ("zh", "俄罗斯总统普京表示，双方愿意加强合作。", PUTIN),
        ("zh", "正在访华的俄罗斯总统普京表示，双方愿意加强合作。", PUTIN),
        ("zh", "位于维也纳的石油输出国组织（OPEC）表示，产量不变。", "Q7795"),
        ("zh", "俄罗斯总统普京则较为谨慎；他对媒体说，一切照旧。", PUTIN),
        ("ru", "Китаю обещали отправить первую тысячу книг до осени.", None),
        ("ru", "По данным экспертов ООН, вода прибывает.", None),
        ("ru", "По данным ООН, вода прибывает.", "Q1065"),
        ("uk", "За підрахунками експертів НАТО, дорога довга.", None),
        ("uk", "За інформацією «Інтерфакс-Україна», підручники вже у школі.", "ww:interfax-ukraine"),
        ("vi", "Theo hãng tin TASS, triển lãm mở cửa.", "Q223799"),
        ("en", "The show has opened, the TASS news agency reported.", "Q223799"),
        ("fr", "Le porte-parole de Vladimir Poutine, interrogé par TASS, a dit n’avoir rien à ajouter.", None),
        ("kk", "ТАСС агенттігінің мәліметінше, көрме ашылды.", "Q223799"),
        ("fr", "Selon l’agence TASS, le chef de la diplomatie russe, Sergueï Lavrov, s’est rendu à Minsk.", "Q223799"),
        ("en", "According to the news agency, the president of Russia, Vladimir Putin, left early.", None),
        ("fr", "Selon le président de la Russie, Vladimir Poutine, l’été sera long.", PUTIN),
        ("kk", "Ресей Президенті Владимир Путин Астанаға келді. Оның айтуынша, жол дайын.", PUTIN),
        ("fr", "M. Tokaïev a reçu Vladimir Poutine. « Il est tard », a dit ce dernier.", PUTIN),
        ("fr", "Emmanuel Macron est venu. « Il est tard », a dit le chef de l’Etat.", "Q3052772"),
        ("fr", "M. Tokaïev a reçu Angela Merkel. « Il est tard », a dit ce dernier.", None),
        ("es", "Tokáyev se reunió con Vladímir Putin. «Es tarde», declaró este último.", PUTIN),
        ("de", "Friedrich Merz traf Kassym-Schomart Tokajew. Dieser betonte, sein Land sei bereit.", TOKAYEV),
        ("en", "US Secretary of State Marco Rubio warned that it was late.", "ww:marco-rubio"),
        ("en", "Secretary of State Marco Rubio warned that it was late.", "ww:marco-rubio"),
        ("en", "The US agreed. The Secretary of State for Health warned that it was late.", None),
        ("fr", "Les États-Unis sont d’accord. Le secrétaire d’État au Tourisme a dit que c’était tard.", None),
        ("es", "Estados Unidos aceptó. El secretario de Estado de Seguridad dijo que era tarde.", None),
        ("en", "A spokesman for US Secretary of State Marco Rubio warned that it was late.", None),
        ("en", "It was late, US officials said.", None),
        ("en", "US President Donald Trump told us that it was late.", "Q22686"),
        ("en", "The WHO said that it was late.", "Q7817"),
        ("ru", "Госсекретарь США заявил, что уже поздно.", "ww:marco-rubio"),
        ("ru", "Миссия МВФ заявила, что уже поздно.", None),
        ("ru", "МВФ заявил, что уже поздно.", "Q7804"),
        ("uk", "Володимир Путін прийняв Дональда Трампа. Глава держави сказав, що вже пізно.", PUTIN),
        (
            "fr",
            "L’été sera long, a dit la présidente de la Commission, Ursula von der Leyen.",
            "ww:ursula-von-der-leyen",
        ),
    ],
)
def test_whom_a_phrase_names_in_other_cases(language: str, text: str, actor: str | None) -> None:
    article = Article(id="a", first_seen_at=NOW, text=text, language=language)
    assert [s.speaker.actor if s.speaker else None for s in reader().extract(article).statements] == [actor]


def test_a_title_with_its_article_takes_up_who_has_it() -> None:
    text = "قال وزير الخارجية الروسي سيرغي لافروف إن التجارة تنمو. وأكد الوزير أن الوقت حان."
    article = Article(id="a", first_seen_at=NOW, text=text, language="ar")
    assert [s.speaker.actor for s in reader().extract(article).statements if s.speaker] == [LAVROV, LAVROV]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le président kazakh Kassym-Jomart Tokaïev est venu. Le dirigeant kazakh a dit que tout allait bien."),
        ("ru", "Президент Казахстана Касым-Жомарт Токаев приехал. Лидер Казахстана отметил, что ждёт гостей."),
        ("vi", "Tổng thống Kazakhstan Kassym-Jomart Tokayev đến. Nhà lãnh đạo Kazakhstan cho rằng tranh rất đẹp."),
    ],
)
def test_the_leader_of_a_country_is_who_governs_it(language: str, text: str) -> None:
    article = Article(id="a", first_seen_at=NOW, text=text, language=language)
    assert [s.speaker.actor for s in reader().extract(article).statements if s.speaker] == [TOKAYEV]


@pytest.mark.parametrize(
    ("language", "text", "speaker", "through"),
    [
        ("fr", "« Il est tard », a dit le maire, cité par l’AFP.", "le maire", "l’AFP"),
        ("en", "The mayor, quoted by TASS, said it was late.", "The mayor", "TASS"),
        ("es", "El alcalde, citado por la agencia TASS, dijo que era tarde.", "El alcalde", "la agencia TASS"),
        ("ru", "Мэр, слова которого приводит ТАСС, заявил, что уже поздно.", "Мэр", "ТАСС"),
        ("uk", "Мер, якого цитує ТАСС, заявив, що вже пізно.", "Мер", "ТАСС"),
        ("en", "The mayor, quoted by a neighbour, said it was late.", "The mayor, quoted by a neighbour", None),
    ],
)
def test_who_is_cited_by_an_agency_speaks_through_it(
    language: str, text: str, speaker: str, through: str | None
) -> None:
    article = Article(id="a", first_seen_at=NOW, text=text, language=language)
    (statement,) = reader().extract(article).statements
    assert statement.speaker is not None
    assert statement.speaker.evidence.exact == speaker
    assert [one.evidence.exact for one in statement.chain] == ([through] if through else [])


@pytest.mark.parametrize(
    ("text", "speaker", "actor"),
    [
        ("Guests met Sergey Lavrov, who said that it was late.", "Sergey Lavrov", LAVROV),
        ("Lee got a note from the International Energy Agency, which warned that it was late.",
         "the International Energy Agency", IEA),
        ("Russian Foreign Minister Sergey Lavrov was calm when he said that it was late.", "he", LAVROV),
        ("Sergey Lavrov is wrong, he said.", "he", None),
        ("Sergey Lavrov opened the hall. According to him, it is late.", "him", LAVROV),
        ("Chad, Niger vow to build a dam.", "Chad, Niger", None),
    ],
)  # fmt: skip
def test_english_relatives_pronouns_and_lists(text: str, speaker: str, actor: str | None) -> None:
    article = Article(id="a", first_seen_at=NOW, text=text, language="en")
    told = [(s.speaker.evidence.exact, s.speaker.actor) for s in reader().extract(article).statements
            if s.speaker]  # fmt: skip
    assert told == [(speaker, actor)]
