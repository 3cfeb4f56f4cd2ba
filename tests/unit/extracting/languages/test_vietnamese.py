"""Vietnamese: verbs of saying that are nouns as well, and a clause behind a comma."""

import pytest

from tests.unit.extracting.languages.said import said


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("Thủ tướng nhấn mạnh, trong năm nay giá sẽ giảm.", "trong năm nay giá sẽ giảm", "Thủ tướng"),
        ("Phát biểu tại hội nghị, bà Lan cho biết, giá sẽ giảm.", "giá sẽ giảm", "bà Lan"),
        ("Ông John Kirby hôm 30/03 cho biết giá sẽ giảm.", "giá sẽ giảm", "Ông John Kirby hôm 30/03"),
        ("Chợ sẽ mở cửa, ông Nam công bố tại họp báo.", "Chợ sẽ mở cửa", "ông Nam"),
        ("Nhật Bản tuyên bố sẽ mở chợ.", "sẽ mở chợ", "Nhật Bản"),
    ],
)
def test_says_who_said_what(text: str, quote: str, speaker: str) -> None:
    assert said("vi", text) == [("indirect", quote, speaker)]


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
    ],
)
def test_a_noun_says_nothing(text: str) -> None:
    assert said("vi", text) == []
