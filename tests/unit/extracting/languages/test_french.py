"""French: guillemets with spaces, inverted pronouns, asides within the marks, compound tenses."""

import pytest

from consumers.extracting.languages.fr import expand
from tests.unit.extracting.languages.said import said


@pytest.mark.parametrize(
    ("text", "type_", "quote", "speaker"),
    [
        ("« Il est tard », a dit Anne Roy.", "direct", "Il est tard", "Anne Roy"),
        ("«\u00a0Il est tard\u00a0», a déclaré Anne Roy lors d’une visite.", "direct", "Il est tard", "Anne Roy"),
        ("« Il est tard », a-t-il ajouté.", "direct", "Il est tard", "il"),
        ("« Il est tard, dit-elle, mais pas trop. »", "direct", "Il est tard // mais pas trop", "elle"),
        ("Il a également indiqué que tout va bien.", "indirect", "que tout va bien", "Il"),
        ("Tout va bien, a toutefois précisé la maire.", "indirect", "Tout va bien", "la maire"),
        ("« Il est tard », a déclaré Anne Roy devant des élèves.", "direct", "Il est tard", "Anne Roy"),
        ("« Il est tard », dit la maire de Paris, Anne Roy.", "direct", "Il est tard", "la maire de Paris, Anne Roy"),
        ("Des voisins disent que la route est longue.", "indirect", "que la route est longue", "Des voisins"),
        ("— Elles sont mûres, répond le gardien.", "direct", "Elles sont mûres", "le gardien"),
        ("Le ministre a déclaré que le commerce progresse.", "indirect", "que le commerce progresse", "Le ministre"),
        ("Les voisins affirment qu’ils étaient là.", "indirect", "qu’ils étaient là", "Les voisins"),
        ("Selon le ministre, le commerce progresse.", "indirect", "le commerce progresse", "le ministre"),
        ("D’après la maire, tout va bien.", "indirect", "tout va bien", "la maire"),
        ("Le commerce progresse, selon le ministre.", "indirect", "Le commerce progresse", "le ministre"),
        ("Le commerce progresse, a annoncé le ministre.", "indirect", "Le commerce progresse", "le ministre"),
        ("Comme l’indique le ministre, le commerce progresse.", "indirect", "le commerce progresse", "le ministre"),
        ("Il a invité les visiteurs à planter un arbre.", "indirect", "à planter un arbre", "Il"),
        ("Il a invité les visiteurs à ne pas toucher les murs.", "indirect", "à ne pas toucher les murs", "Il"),
        ("La préfecture fait savoir que la route est coupée.", "indirect", "que la route est coupée", "La préfecture"),
        ("« C’est trop ! », s’est emporté le député.", "direct", "C’est trop !", "le député"),
        ("« Nous attendons », assure-t-on à la mairie.", "direct", "Nous attendons", "on"),
        ("Pour la maire, l’été sera « long ».", "indirect", "l’été sera « long", "la maire"),
    ],
)
def test_says_who_said_what(text: str, type_: str, quote: str, speaker: str) -> None:
    assert said("fr", text) == [(type_, quote, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "Le film « Le Dernier Wagon » sera projeté.",
        "La prétendue « gare fantôme » ferme.",
        "Pour le moment, il pleut.",
        "Le film raconte l’histoire d’un berger.",
    ],
)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert said("fr", text) == []


def test_makes_simple_compound_and_inverted_forms() -> None:
    forms = dict(expand("annoncer", ""))
    assert forms["annonce"] == "finite"
    assert forms["ont annoncé"] == "finite"
    assert forms["annonçait"] == "finite"
    assert forms["a -t- elle annoncé"] == "inverted"
    assert forms["annonçant"] == "gerund"
