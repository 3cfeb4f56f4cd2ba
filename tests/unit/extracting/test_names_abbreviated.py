"""Countries by one character in Chinese: pairs, sides, and the words that only look so."""

from datetime import date

import pytest

from consumers.extracting.names import find_names
from service.actors import load_catalogue

CHINA, RUSSIA, USA, KAZAKHSTAN, UZBEKISTAN, UKRAINE, EU = "Q148", "Q159", "Q30", "Q232", "Q265", "Q212", "Q458"


def found(text: str) -> list[tuple[str, str | None]]:
    mentions = find_names(text, "zh", load_catalogue(), at=date(2026, 3, 1))
    return [(m.evidence.exact, m.actor) for m in mentions if m.how in {"demonym", "alias"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("中俄关系很好。", [("中", CHINA), ("俄", RUSSIA)]),
        ("中韓貿易增長。", [("中", CHINA), ("韓", "Q884")]),
        ("俄方表示欢迎。", [("俄方", RUSSIA)]),
        ("哈萨克斯坦代表说，哈方愿意合作。", [("哈方", KAZAKHSTAN)]),
        ("乌兹别克斯坦代表到场，中乌经贸合作扩大。", [("中", CHINA), ("乌", UZBEKISTAN)]),
        ("乌克兰代表到场，俄乌冲突持续。", [("俄", RUSSIA), ("乌", UKRAINE)]),
        ("欧盟委员会开会，欧方没有表态。", [("欧方", EU)]),
        ("俄乌冲突持续。", [("俄", RUSSIA), ("乌", UKRAINE)]),
        ("俄军袭击城市。", [("俄军", RUSSIA)]),
    ],
)
def test_a_character_names_its_country(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "乌军击落无人机。",
        "中亚合作论坛开幕。",
        "加沙局势恶化。",
        "中亞合作論壇開幕。",
        "以军事手段解决。",
        "哈方愿意合作。",
        "这是完美方案，以方便市民。",
        "他3日方才抵达。",
        "中美洲国家开会。",
        "司法方面没有意见。",
        "各方在其中方便行事。",
    ],
)
def test_what_is_not_sure_names_nobody(text: str) -> None:
    assert found(text) == []
