import pytest

from consumers.extracting.german.verbs import expand


@pytest.mark.parametrize(
    ("lemma", "shorthand", "expected"),
    [
        ("sagen", "", {("sagt", "finite"), ("sagte", "finite"), ("sagten", "finite"), ("gesagt", "participle")}),
        ("antworten", "", {("antwortet", "finite"), ("antwortete", "finite"), ("geantwortet", "participle")}),
        ("betonen", "", {("betonte", "finite"), ("betont", "participle")}),
        ("dementieren", "", {("dementierte", "finite"), ("dementiert", "participle")}),
        ("schreiben", "schreibt schrieb geschrieben", {("schrieben", "finite"), ("geschrieben", "participle")}),
        ("hinzu|fügen", "", {("fügte~hinzu", "finite"), ("hinzufügte", "joined"), ("hinzugefügt", "participle")}),
        ("mit|teilen", "", {("teilte~mit", "finite"), ("mitzuteilen", "infinitive")}),
        ("an|geben", "gibt gab gegeben", {("gab~an", "finite"), ("angab", "joined"), ("angegeben", "participle")}),
    ],
)  # fmt: skip
def test_forms_are_made_from_the_shorthand(lemma: str, shorthand: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= set(expand(lemma, shorthand))
