"""The names made from CLDR: what is cleaned, what is left out, and that the committed file is what babel gives."""

from service.actors.cldr import FILE, collect, from_babel, in_prose, is_country, render


def test_the_committed_file_is_what_the_pinned_babel_gives() -> None:
    assert FILE.read_text(encoding="utf-8") == render(collect(from_babel()))


def test_what_clarifies_a_name_in_brackets_is_no_part_of_it() -> None:
    assert in_prose("Myanmar (Burma)") == "Myanmar"
    assert in_prose("刚果（金）") == "刚果"
    assert in_prose("Kazakhstan") == "Kazakhstan"


def test_english_names_spell_and_out() -> None:
    assert in_prose("Trinidad & Tobago") == "Trinidad and Tobago"
    assert in_prose("Trinidad & Tobago", "hi") == "Trinidad & Tobago"


def test_countries_named_by_hand_have_no_cldr_name_where_they_are() -> None:
    assert collect([("en", {"HK": "Hong Kong SAR China"}), ("pl", {"HK": "SRA Hongkong"})]) == {
        "HK": {"pl": ("SRA Hongkong",)}
    }


def test_a_name_two_countries_would_share_belongs_to_neither() -> None:
    names = collect([("en", {"KP": "Korea (North)", "KR": "Korea (South)", "KZ": "Kazakhstan"})])
    assert names == {"KP": {}, "KR": {}, "KZ": {"en": ("Kazakhstan",)}}


def test_the_language_s_own_name_comes_before_its_regions_and_scripts() -> None:
    names = collect([("zh_Hant", {"RU": "俄羅斯"}), ("zh", {"RU": "俄罗斯"}), ("zh_SG", {"RU": "俄罗斯"})])
    assert names["RU"]["zh"] == ("俄罗斯", "俄羅斯")


def test_organisations_regions_and_placeholders_are_not_countries() -> None:
    assert not any(is_country(code) for code in ("UN", "EU", "EZ", "ZZ", "001", "419"))
    assert is_country("XK")
