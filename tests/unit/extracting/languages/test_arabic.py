"""Arabic: a sentence for each way of saying, and sentences in which nobody says anything."""

import pytest

from consumers.extracting.arabic.verbs import expand
from tests.unit.extracting.languages.said import said


@pytest.mark.parametrize(
    ("text", "type_", "quote", "speaker"),
    [
        ("قال الوزير في مؤتمر صحفي إن التجارة تنمو.", "indirect", "إن التجارة تنمو", "الوزير"),
        ("قال مدير المحطة، علي حسن، إن الماء يرتفع.", "indirect", "إن الماء يرتفع", "مدير المحطة، علي حسن"),
        ("وشدد الوزير على أن التجارة تنمو.", "indirect", "أن التجارة تنمو", "الوزير"),
        ("وكتب زيلينسكي على منصة إكس: «نسمع الصواريخ».", "direct", "نسمع الصواريخ", "زيلينسكي"),
        ("«الوقت متأخر»، يقول المزارع دالير نظروف.", "direct", "الوقت متأخر", "المزارع دالير نظروف"),
        ("البيت الأبيض يقول انه يتابع الزيارة.", "indirect", "انه يتابع الزيارة", "البيت الأبيض"),
        ("وكانت ميلوني قد صرحت أمس بأن روما جاهزة.", "indirect", "بأن روما جاهزة", "ميلوني"),
        ("ارتفع الماء ليلا، حسبما أعلنت وزارة الري.", "indirect", "ارتفع الماء ليلا", "وزارة الري"),
        ("وكما قال الوزير، التجارة تنمو.", "indirect", "التجارة تنمو", "الوزير"),
        ("والسبب، كما يقول الخبازون، هو المازوت.", "indirect", "والسبب // هو المازوت", "الخبازون"),
        ("هذا ليس لهجة، توضح المؤلفة، بل مهنة.", "indirect", "هذا ليس لهجة // بل مهنة", "المؤلفة"),
        ("ونقلت رويترز عن دبلوماسي قوله إن الجولة قريبة.", "indirect", "إن الجولة قريبة", "دبلوماسي"),
        ("واكتفى المتحدث بالقول إن الوقت مبكر.", "indirect", "إن الوقت مبكر", "المتحدث"),
        ("ودعا الدرك السكان إلى عدم لمس الأحجار.", "indirect", "إلى عدم لمس الأحجار", "الدرك السكان"),
        ("واتهمت المعارضة ساندو بنشر الخوف.", "indirect", "بنشر الخوف", "المعارضة"),
        ("ونفت وزارة الطاقة أي تأخير.", "reported", "أي تأخير", "وزارة الطاقة"),
        ("مصادر برازيلية تستبعد بحث ملف الحرب.", "reported", "بحث ملف الحرب", "مصادر برازيلية"),
        ("وبرأي الخبيرة، تموت اللغة في المطبخ.", "indirect", "تموت اللغة في المطبخ", "الخبيرة"),
        ("تنمو التجارة، وفقا لدبلوماسي تحدث أمس.", "indirect", "تنمو التجارة", "لدبلوماسي تحدث أمس"),
        ("ولم يستبعد الوزير أن تنمو التجارة.", "indirect", "أن تنمو التجارة", "الوزير"),
        ("الكرملين: الزيارة ليست على جدول الأعمال", "indirect", "الزيارة ليست على جدول الأعمال", "الكرملين"),
        ("19:40 لولا: التجارة لم تعد حلما", "indirect", "التجارة لم تعد حلما", "لولا"),
        ("القاهرة (رويترز) – قال الوزير إن التجارة تنمو.", "indirect", "إن التجارة تنمو", "الوزير"),
    ],
)
def test_says_who_said_what(text: str, type_: str, quote: str, speaker: str) -> None:
    assert [(t, q.strip("،"), s) for t, q, s in said("ar", text)] == [(type_, quote, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "ولم يقل الرئيس إنه سيستقيل.",
        "ولا أحد يزعم أن الريح حقيقية.",
        "وإذا قال أحد إنه رأى الفنجان فليأت.",
        "يعرض المسرح «العاصفة» بلا ديكور.",
        "صور: أمطار غزيرة على العاصمة",
    ],
)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert said("ar", text) == []


def test_a_participle_goes_on_with_the_sentence_s_subject() -> None:
    found = said("ar", "وقال الوزير إن التجارة تنمو، مشيرا إلى أن المعابر ستفتح.")
    assert [(quote.strip("،"), who) for _, quote, who in found] == [
        ("إن التجارة تنمو", "الوزير"),
        ("أن المعابر ستفتح", "الوزير"),
    ]


def test_clauses_that_follow_each_other_have_their_own_speakers() -> None:
    found = said("ar", "فقد قال راع إنه سمع دويين، بينما أكد جاره أن الكلاب نبحت.")
    assert [who for _, _, who in found] == ["راع", "جاره"]


def test_a_verb_alone_is_whose_the_gender_fits() -> None:
    text = "وقالت الخبيرة إن الوقت متأخر. وأكد المدير أن العمل بدأ. وأضافت أن المال قليل."
    assert said("ar", text)[-1][2] == "الخبيرة"


def test_a_quotation_of_two_paragraphs_is_one_statement() -> None:
    text = "«سجلنا صوت آخر راوية قبل موتها.\n\nولن يسمع أحد تلك الأغنية بعد اليوم»، تحكي المؤلفة.\n"
    assert [(type_, who) for type_, _, who in said("ar", text)] == [("direct", "المؤلفة")]


def test_verbs_are_known_with_particles_and_without_hamza() -> None:
    forms = dict(expand("أكد", "يؤكد مؤكد"))
    assert {"أكدت", "وأكد", "اكد", "واكدت", "فأكد", "يؤكدون", "سيؤكد"} <= {
        form for form, kind in forms.items() if kind == "finite"
    }
    assert forms["مؤكدا"] == forms["مؤكدة"] == "gerund"


def test_verbs_that_end_in_a_vowel_lose_it() -> None:
    assert {"دعت", "دعوا", "يدعو", "ودعا"} <= {form for form, _ in expand("دعا", "يدعو 0")}
