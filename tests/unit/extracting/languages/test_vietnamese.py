"""Vietnamese: verbs of saying that are nouns as well, clauses behind a comma, whom the press passes on, bare titles."""

from datetime import UTC, datetime
from functools import cache

import pytest

from consumers.extracting.pipeline import Reader
from consumers.fetching import article_from_text
from service.actors import load_catalogue
from tests.unit.extracting.languages.said import said

DAY = datetime(2026, 3, 1, tzinfo=UTC)


@cache
def reader() -> Reader:
    return Reader(load_catalogue())


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("Thủ tướng nhấn mạnh, trong năm nay giá sẽ giảm.", "trong năm nay giá sẽ giảm", "Thủ tướng"),
        ("Phát biểu tại hội nghị, bà Lan cho biết, giá sẽ giảm.", "giá sẽ giảm", "bà Lan"),
        ("Ông John Kirby hôm 30/03 cho biết giá sẽ giảm.", "giá sẽ giảm", "Ông John Kirby"),
        ("Chợ sẽ mở cửa, ông Nam công bố tại họp báo.", "Chợ sẽ mở cửa", "ông Nam"),
        ("Nhật Bản tuyên bố sẽ mở chợ.", "sẽ mở chợ", "Nhật Bản"),
        ("Bộ Y tế trong thông báo sáng nay cho biết giá thuốc sẽ giảm.", "giá thuốc sẽ giảm", "Bộ Y tế"),
        ("Fed tuần trước dự báo lãi suất sẽ giảm.", "lãi suất sẽ giảm", "Fed"),
        ("Bộ Công Thương vừa có văn bản đề nghị các chợ mở cửa.", "các chợ mở cửa", "Bộ Công Thương"),
        ("Kênh NHK dẫn nguồn quân đội nói tàu đã rời cảng.", "tàu đã rời cảng", "nguồn quân đội"),
        ("Chợ sẽ mở cửa, Reuters dẫn hai quan chức cho biết.", "Chợ sẽ mở cửa", "hai quan chức"),
        ("Theo Yonhap, quân đội cho biết tàu đã rời cảng.", "tàu đã rời cảng", "quân đội"),
        ("Luật sư của bị cáo cho rằng bản án quá nặng.", "bản án quá nặng", "Luật sư của bị cáo"),
        ("Bà Lan gọi kế hoạch là đáng xấu hổ.", "kế hoạch là đáng xấu hổ", "Bà Lan"),
        ("Anh Tú bảo nhà anh đã sập.", "nhà anh đã sập", "Anh Tú"),
        ("Ông Nam hy vọng hai bên sẽ gặp lại.", "hai bên sẽ gặp lại", "Ông Nam"),
        ("Công an cho biết do mưa lớn, đường bị ngập.", "do mưa lớn, đường bị ngập", "Công an"),
        ("Ông Nam nói, nếu trời mưa, chợ sẽ đóng.", "nếu trời mưa, chợ sẽ đóng", "Ông Nam"),
        ("Thứ trưởng Lê Hà lưu ý các chợ phải đóng.", "các chợ phải đóng", "Thứ trưởng Lê Hà"),
        ("Ông Nam thăm chợ và nói giá sẽ giảm.", "giá sẽ giảm", "Ông Nam"),
        ("Công ty bảo hiểm Sao Mai cho biết giá sẽ giảm.", "giá sẽ giảm", "Công ty bảo hiểm Sao Mai"),
        ("Một quan chức yêu cầu giấu tên nói giá sẽ giảm.", "giá sẽ giảm", "Một quan chức yêu cầu giấu tên"),
    ],
)
def test_says_who_said_what(text: str, quote: str, speaker: str) -> None:
    assert said("vi", text) == [("indirect", quote, speaker)]


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("“Giá đã giảm”, hãng tin AFP dẫn lời bà Lan nói.", "Giá đã giảm", "bà Lan"),
        ("“Giá đã giảm”, Yonhap dẫn lời bà Lan, chủ chợ, nhận định.", "Giá đã giảm", "bà Lan, chủ chợ"),
        ("Công văn của bộ yêu cầu: “Các chợ phải đóng cửa”.", "Các chợ phải đóng cửa", "Công văn của bộ"),
        ("“Giá đã giảm”, ông Nam khai tại tòa.", "Giá đã giảm", "ông Nam"),
        ("Ông Nam nói ngắn gọn: “Giá đã giảm”.", "Giá đã giảm", "Ông Nam"),
    ],
)
def test_words_in_marks(text: str, quote: str, speaker: str) -> None:
    assert said("vi", text) == [("direct", quote, speaker)]


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("Bà Lan bày tỏ lo ngại về giá gạo.", "về giá gạo", "Bà Lan"),
        ("Hội Nông dân hoan nghênh kế hoạch của tỉnh.", "kế hoạch của tỉnh", "Hội Nông dân"),
        ("Nga nhiều lần phủ nhận cáo buộc này.", "cáo buộc này", "Nga"),
        ("Bà Lan đánh giá cao vai trò của chợ.", "vai trò của chợ", "Bà Lan"),
    ],
)
def test_names_what_is_said(text: str, quote: str, speaker: str) -> None:
    assert said("vi", text) == [("reported", quote, speaker)]


def test_a_second_verb_shares_the_subject() -> None:
    text = "Trong khi đó, Người đứng đầu tỉnh chỉ trích dự thảo báo cáo, cho rằng giá đã giảm nhưng thừa nhận chợ ngập."
    assert [(quote, speaker) for _, quote, speaker in said("vi", text)] == [
        ("dự thảo báo cáo", "Người đứng đầu tỉnh"),
        ("giá đã giảm", "Người đứng đầu tỉnh"),
        ("chợ ngập", "Người đứng đầu tỉnh"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ngân hàng đưa ra dự báo lạm phát năm nay là 4%.",
        "Công ty nhận được đề nghị mua lại nhà máy.",
        "Chính phủ có kế hoạch công bố gói hỗ trợ.",
        "Giá nhà được công bố hôm qua tăng 3%.",
        "Bà Lan trình bày báo cáo về giá gạo.",
        "Hai nước ký cam kết bảo vệ rừng.",
        "Tuyên bố chung có bốn nội dung.",
        "Theo quy định, người lái xe phải đội mũ.",
        "Theo kế hoạch, cầu sẽ mở vào tháng 9.",
        "Báo chí nói gì về giá gạo?",
        "Ông Nam nói chuyện với hàng xóm.",
        "Bà Lan chia sẻ kinh nghiệm trồng lúa.",
        "Lễ hội khai mạc hôm qua.",
        "Công an khởi tố ba người.",
    ],
)
def test_a_noun_says_nothing(text: str) -> None:
    assert said("vi", text) == []


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        # The text says who bears the title, whatever the catalogue knows of that day.
        ("Thủ tướng Lê Minh Hưng tới Huế. Thủ tướng nói chợ sẽ mở.", ["Q24254499"]),
        ("Thủ tướng Lê Minh Hưng tới Huế. Người đứng đầu Chính phủ nói chợ sẽ mở.", ["Q24254499"]),
        ("Tổng Bí thư Tô Lâm tới Huế. Tổng Bí thư đề nghị tỉnh mở chợ.", ["ww:to-lam"]),
        ("Tổng thống Mỹ Donald Trump tới Rome. Ông chủ Nhà Trắng nói giá sẽ giảm.", ["Q22686"]),
        ("Ông Putin được hãng tin TASS dẫn lời cho biết giá sẽ giảm.", ["Q7747"]),
        # Another bearer of the title in between, a former one.
        ("Thủ tướng Lê Minh Hưng tới Huế cùng Thủ tướng Tara Boun. Thủ tướng nói chợ sẽ mở.", [None]),
        ("Cựu Thủ tướng Lê Minh Hưng tới Huế. Thủ tướng nói chợ sẽ mở.", [None]),
        # Who held the office then, not who holds it.
        ("Tổng thống Mỹ Joe Biden tới Rome. Tổng thống Mỹ nói giá sẽ giảm.", ["Q6279"]),
    ],
)
def test_a_bare_title_is_whom_the_text_calls_so(text: str, actors: list[str | None]) -> None:
    found = reader().extract(article_from_text(text, DAY)).statements
    assert [statement.speaker.actor for statement in found if statement.speaker] == actors


def test_a_sentence_ends_behind_ong_and_a() -> None:
    text = "Bà Lan nói giá gạo là do ông. Ông Nam nói giá đã giảm ở Đông Nam Á. Bà Hoa nói giá sẽ tăng."
    assert [speaker for _, _, speaker in said("vi", text)] == ["Bà Lan", "Ông Nam", "Bà Hoa"]


def test_a_syllable_is_a_surname_only_where_somebody_is_addressed_by_it() -> None:
    text = "Chủ tịch Tập Cận Bình tới Huế. Ông Tập thăm Tập đoàn Sao Mai. Kim ngạch tăng, Kim Jong-un nói với ông Kim."
    named = [m for m in reader().extract(article_from_text(text, DAY)).mentions if m.actor and m.how != "title"]
    assert [m.evidence.exact for m in named] == ["Tập Cận Bình", "Tập", "Kim Jong-un", "Kim"]
