"""Vietnamese, Ukrainian, Spanish, Chinese, Arabic: one sentence for each way of saying that their rules know."""

import pytest

from tests.unit.extracting.languages.said import said


@pytest.mark.parametrize(
    ("language", "text", "type_", "quote", "speaker"),
    [
        ("vi", "“Muộn rồi”, ông Nam nói.", "direct", "Muộn rồi", "ông Nam"),
        ("vi", "“Muộn rồi”, bà Lan, một thợ dệt ở Huế, chia sẻ.", "direct", "Muộn rồi", "bà Lan, một thợ dệt ở Huế"),
        ("vi", "Bà Lan nói: “Muộn rồi.”", "direct", "Muộn rồi", "Bà Lan"),
        ("vi", "Bộ trưởng cho biết thương mại đang tăng.", "indirect", "thương mại đang tăng", "Bộ trưởng"),
        ("vi", "Ông nói rằng thương mại đang tăng.", "indirect", "rằng thương mại đang tăng", "Ông"),
        ("vi", "Theo Bộ trưởng, thương mại đang tăng.", "indirect", "thương mại đang tăng", "Bộ trưởng"),
        ("vi", "Giá đang tăng, Bộ Ngoại giao cho biết.", "indirect", "Giá đang tăng", "Bộ Ngoại giao"),
        ("vi", "Cư dân đề nghị mở thêm bến xe.", "indirect", "mở thêm bến xe", "Cư dân"),
        ("vi", "Anh ấy nói: “Muộn rồi.”", "direct", "Muộn rồi", "Anh ấy"),
        ("vi", "“Muộn rồi”, bà Lan, thợ dệt ở Huế, hào hứng chia sẻ.", "direct", "Muộn rồi", "bà Lan, thợ dệt ở Huế"),
        ("vi", "- Tôi đến muộn rồi - chị Lan thú nhận.", "direct", "Tôi đến muộn rồi", "chị Lan"),
        (
            "vi",
            "Hội chợ sẽ mở cửa, Bộ Công Thương thông báo sáng 5/6.",
            "indirect",
            "Hội chợ sẽ mở cửa",
            "Bộ Công Thương",
        ),
        ("vi", "Báo này dẫn lời bà Lan nói rằng giá tăng.", "indirect", "rằng giá tăng", "bà Lan"),
        ("vi", "Còn theo Bộ trưởng, thương mại đang tăng.", "indirect", "thương mại đang tăng", "Bộ trưởng"),
        ("vi", "Theo ông Đức Anh, thương mại đang tăng.", "indirect", "thương mại đang tăng", "ông Đức Anh"),
        ("es", "— ¿Pica mucho? — preguntó un niño.", "direct", "Pica mucho", "un niño"),
        ("es", "El comercio crece, anunció este martes el ministro.", "indirect", "El comercio crece", "el ministro"),
        ("zh", "據路透社報道，會議將於六月舉行。", "indirect", "會議將於六月舉行", "路透社"),
        ("ar", "ووفقا للوزير، التجارة تنمو.", "indirect", "التجارة تنمو", "للوزير"),
        ("ar", "وأشار الوزير إلى أن التجارة تنمو.", "indirect", "أن التجارة تنمو", "الوزير"),
        ("uk", "«Вже пізно», — сказав Петренко майстрам.", "direct", "Вже пізно", "Петренко"),
        ("uk", "«Вже пізно», — сказав мер Петренко.", "direct", "Вже пізно", "мер Петренко"),
        ("uk", "«Вже пізно, — сказала вона. — Час додому».", "direct", "Вже пізно // Час додому", "вона"),
        ("uk", "Міністр заявив, що торгівля зростає.", "indirect", "що торгівля зростає", "Міністр"),
        ("uk", "За словами міністра, торгівля зростає.", "indirect", "торгівля зростає", "міністра"),
        ("uk", "За його словами, торгівля зростає.", "indirect", "торгівля зростає", "його"),
        ("uk", "Торгівля зростає, повідомили в міністерстві.", "indirect", "Торгівля зростає", "міністерстві"),
        ("uk", "Мешканці попросили зберегти ліхтарі.", "indirect", "зберегти ліхтарі", "Мешканці"),
        ("uk", "Мер закликав сусідів по річці прибрати берег.", "indirect", "прибрати берег", "Мер"),
        ("uk", "Посол закликав сторони до терпіння.", "indirect", "до терпіння", "Посол"),
        ("uk", "Мер подякував лікарям за роботу.", "reported", "лікарям за роботу", "Мер"),
        ("uk", "У Мінфіні ці чутки відкинули.", "reported", "ці чутки", "Мінфіні"),
        ("uk", "Мер Олег Коваль чутки преси відкидає.", "reported", "чутки преси", "Мер Олег Коваль"),
        ("uk", "Міст закриють.\n\nПро це повідомив мер Коваль.", "indirect", "Міст закриють", "мер Коваль"),
        ("uk", "Міст закриють. Про це мер Коваль заявив у середу.", "indirect", "Міст закриють", "мер Коваль"),
        ("uk", "Газета, однак, писала, що міст закриють.", "indirect", "що міст закриють", "Газета"),
        ("es", "«Es tarde», dijo el alcalde Juan Pérez.", "direct", "Es tarde", "el alcalde Juan Pérez"),
        ("es", "“Es tarde”, ha dicho Ana López, “pero no mucho”.", "direct", "Es tarde // pero no mucho", "Ana López"),
        ("es", "El ministro afirmó que el comercio crece.", "indirect", "que el comercio crece", "El ministro"),
        ("es", "El comercio crece, según el ministro.", "indirect", "El comercio crece", "el ministro"),
        ("es", "El comercio crece, informó la agencia EFE.", "indirect", "El comercio crece", "la agencia EFE"),
        ("zh", "外交部发言人表示：“中方欢迎对话。”", "direct", "中方欢迎对话。", "外交部发言人"),
        ("zh", "“我们是好邻居。”托卡耶夫说。", "direct", "我们是好邻居。", "托卡耶夫"),
        ("zh", "托卡耶夫表示，双方愿意加强合作。", "indirect", "双方愿意加强合作", "托卡耶夫"),
        ("zh", "据新华社报道，会议将于六月举行。", "indirect", "会议将于六月举行", "新华社"),
        ("ar", "قال الرئيس قاسم توكاييف إن التجارة تنمو.", "indirect", "إن التجارة تنمو", "الرئيس قاسم توكاييف"),
        ("ar", "«الوقت متأخر»، قال الوزير.", "direct", "الوقت متأخر", "الوزير"),
        ("ar", "وأضاف الوزير أن التجارة تنمو.", "indirect", "أن التجارة تنمو", "الوزير"),
        ("ar", "بحسب الوزير، التجارة تنمو.", "indirect", "التجارة تنمو", "الوزير"),
    ],
)
def test_says_who_said_what(language: str, text: str, type_: str, quote: str, speaker: str) -> None:
    assert said(language, text) == [(type_, quote, speaker)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Theo đó, hội chợ mở cửa."),
        ("vi", "Hàn Quốc đã xác nhận danh sách đoàn."),
        ("vi", "Cái gọi là “con đường bánh mì” dài 120 km."),
        ("vi", "Chị mang theo ba khung cửi."),
        ("uk", "Картину «Ранок на мосту» відвезли до музею."),
        ("es", "La película «El último vagón» es de 1961."),
        ("zh", "这座“友谊之桥”很有名。"),
        ("ar", "فيلم «العربة الأخيرة» جديد."),
    ],
)
def test_finds_nothing_where_nobody_says_anything(language: str, text: str) -> None:
    assert said(language, text) == []
