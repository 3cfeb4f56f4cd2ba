import pytest

from consumers.fetching.language import identify, primary


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tokajew trifft Lawrow in Astana", "de"),
        ("The president met the minister in Astana on Monday.", "en"),
        ("Президент встретился с министром в Астане", "ru"),
        ("Мемлекет басшысы Сыртқы істер министрін қабылдады", "kk"),
        ("Қазақстан Президенті Ұлттық қор туралы айтты", "kk"),
        ("Міністр закордонних справ України прибув до Києва, їхній візит триває", "uk"),
        ("Le président a rencontré le ministre à Astana", "fr"),
        ("Tổng thống đã gặp Bộ trưởng tại Astana", "vi"),
        ("托卡耶夫会见拉夫罗夫", "zh"),
        ("プーチン大統領がカザフスタンを訪問した", "ja"),
        ("푸틴 대통령이 카자흐스탄을 방문했다", "ko"),
        ("التقى الرئيس بوزير الخارجية في أستانا", "ar"),
        ("נשיא קזחסטן נפגש עם שר החוץ", "he"),
        ("Раиси ҷумҳур бо вазири корҳои хориҷӣ мулоқот кард", "tg"),
    ],
)
def test_every_language_is_told_by_itself(text, language):
    found, confidence = identify(text)
    assert found == language
    assert 0.3 < confidence <= 1


@pytest.mark.parametrize(
    ("headline", "language"),
    [
        ("Алматыда қар жауды, жолдар жабылды", "kk"),
        ("Жапаров Өзбекстанга барып келди", "ky"),
        ("Toshkentda yangi maktab ochildi", "uz"),
        ("O‘zbekiston Prezidenti Samarqandga tashrif buyurdi", "uz"),
        ("Ўзбекистон Президенти Самарқандга ташриф буюрди", "uz"),
        ("Ҳукумат янги қарор қабул қилди", "uz"),
        ("Ҳавои фардо: борон меборад", "tg"),
        ("Лукашэнка сустрэўся з паслом", "be"),
        ("Улаанбаатарт шинэ сургууль нээгдлээ", "mn"),
        ("پاکستان کے وزیراعظم آستانہ پہنچ گئے", "ur"),
        ("د افغانستان حکومت نوی قانون تصویب کړ", "ps"),
        ("Yarın kar yağışı bekleniyor", "tr"),
    ],
)
def test_the_letters_of_a_headline_rule_out_other_languages(headline, language):
    assert identify(headline)[0] == language


@pytest.mark.parametrize("text", ["", " \n ", "😀 🎉 😀", "12:30 +49 30 1234", "https://example.org/deutsch"])
def test_without_words_the_declared_language_stays_or_none(text):
    assert identify(text) == ("und", 0.0)
    assert identify(text, "de-DE") == ("de", 0.0)


def test_what_is_declared_helps_short_texts_and_never_overrules_the_script():
    assert identify("Президент Кыргызстана", "ru")[0] == "ru"
    assert identify("Президент встретился с министром", "de")[0] == "ru"
    assert identify("The president met the minister in Astana on Monday evening.", "de")[0] == "en"


def test_mixed_scripts_go_by_most_letters():
    text = "Министр обсудил проект Alibaba (阿里巴巴) и договор SCO на встрече в столице"
    assert identify(text, None)[0] == "ru"


@pytest.mark.parametrize(
    ("tag", "subtag"), [("de-DE", "de"), ("EN_us", "en"), ("kaz", "kaz"), ("", None), (None, None), ("x", None)]
)
def test_primary_subtags(tag, subtag):
    assert primary(tag) == subtag
