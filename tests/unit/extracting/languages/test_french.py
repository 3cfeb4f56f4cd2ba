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
        ("« On verra », sourit-elle.", "direct", "On verra", "elle"),
        ("« C’est un succès », s’est-il réjoui.", "direct", "C’est un succès", "il"),
        ("« Il gèle », souffle à voix basse, dans la cour, le gardien.", "direct", "Il gèle", "le gardien"),
        ("« Il gèle », a confié lundi à la radio la maire.", "direct", "Il gèle", "la maire"),
        ("« Il gèle », dit à l’AFP Ali Naji, 30 ans.", "direct", "Il gèle", "Ali Naji, 30 ans"),
        ("Il gèle, a précisé à la radio le préfet.", "indirect", "Il gèle", "le préfet"),
        ("« Il gèle », peut-on lire dans la lettre.", "direct", "Il gèle", "la lettre"),
        (
            "« Nous partons, dit Luc Roy, boulanger à Metz, et vite. »",
            "direct",
            "Nous partons // et vite",
            "Luc Roy, boulanger à Metz",
        ),
        ("Le maire est formel : « Il n’y aura plus de neige. »", "direct", "Il n’y aura plus de neige", "Le maire"),
        ("La mairie dit ne rien savoir.", "indirect", "ne rien savoir", "La mairie"),
        ("Le témoin nie être venu.", "indirect", "être venu", "Le témoin"),
        ("Les élus se sont dits prêts à partir.", "indirect", "prêts à partir", "Les élus"),
        ("Le maire admet toutefois, à mi-voix, que tout est cher.", "indirect", "que tout est cher", "Le maire"),
        (
            "Le ministre, en visite à Metz, a demandé une enquête.",
            "reported",
            "une enquête",
            "Le ministre, en visite à Metz",
        ),
        ("La Suisse appelle à la retenue.", "reported", "la retenue", "La Suisse"),
        ("Le syndicat plaide toujours pour une prime.", "reported", "pour une prime", "Le syndicat"),
        ("L’agence propose une médiation dans un communiqué.", "reported", "une médiation", "L’agence"),
        ("Enfin, la ligue s’inquiète de la hausse.", "reported", "la hausse", "la ligue"),
        ("Le juge écarte une loi « bancale ».", "indirect", "une loi « bancale", "Le juge"),
        ("La ligue refuse de « céder ».", "indirect", "de « céder", "La ligue"),
        ("La ligue parle d’« erreur ».", "indirect", "d’« erreur", "La ligue"),
        ("Le roi a demandé aux siens de partir.", "indirect", "de partir", "Le roi"),
        ("Il a averti la Suisse que tout brûle.", "indirect", "que tout brûle", "Il"),
        ("Le parti accuse la ligue de mentir.", "indirect", "de mentir", "Le parti"),
        ("Une idée que récuse la ligue.", "reported", "Une idée", "la ligue"),
        ("La ligue a, une fois de plus, réclamé une aide.", "reported", "une aide", "La ligue"),
        ("La ligue n’a pas exclu de partir.", "indirect", "de partir", "La ligue"),
        ("La ligue tient à rappeler que tout va bien.", "indirect", "que tout va bien", "La ligue"),
        ("La ligue se demande où est le maire.", "indirect", "où est le maire", "La ligue"),
        ("« Il gèle », a-t-on appris auprès de la mairie.", "direct", "Il gèle", "la mairie"),
        ("Et le maire de rappeler que tout va bien.", "indirect", "que tout va bien", "le maire"),
        ("La ligue accuse le club de triche.", "indirect", "de triche", "La ligue"),
        ("La porte du bâtiment annonce que tout ferme.", "indirect", "que tout ferme", "La porte du bâtiment"),
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
        "La ligue n’a pour l’heure pas dit son refus.",
        "Le juge a condamné le gardien à deux ans de prison.",
        "Le conseil a été appelé à se prononcer.",
        "Le musée propose une visite le dimanche.",
        "Il a écrit « La Mer » en 1905.",
        "Le gardien a appelé les secours.",
        "Le roi a adopté un plan dit de « relance ».",
    ],
)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert said("fr", text) == []


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "Le maire a promis de partir et annoncé une fête.",
            [("indirect", "de partir", "Le maire"), ("reported", "une fête", "Le maire")],
        ),
        (
            "« Il gèle », dit la maire, qui réclame une aide.",
            [("direct", "Il gèle", "la maire"), ("reported", "une aide", "la maire")],
        ),
        (
            "La maire, qui réclame une aide, a affirmé que tout brûle.",
            [("reported", "une aide", "La maire"), ("indirect", "que tout brûle", "La maire")],
        ),
        (
            "La ligue salue un « pas » ; la maire, elle, réclame une aide.",
            [("indirect", "un « pas", "La ligue"), ("reported", "une aide", "la maire")],
        ),
        (
            "Un pas « décisif », à en croire la maire, et que le roi qualifie de « vain ».",
            [("indirect", "Un pas « décisif", "la maire"), ("indirect", "vain", "le roi")],
        ),
        (
            "« Il gèle », dit la maire. Et d’ajouter : « Il neige aussi. »",
            [("direct", "Il gèle", "la maire"), ("direct", "Il neige aussi", "la maire")],
        ),
        (
            "Elle a salué un « pas », avant d’ajouter que tout va bien.",
            [("indirect", "un « pas", "Elle"), ("indirect", "que tout va bien", "Elle")],
        ),
        (
            "Une idée « folle », selon la ligue, qui réclame une aide.",
            [("indirect", "Une idée « folle", "la ligue"), ("reported", "une aide", "la ligue")],
        ),
        ("« Je n’ai rien vu » : le gardien se tait\n\nIl pleut.", [("direct", "Je n’ai rien vu", None)]),
        ("Le juge dénonce une « farce », rapporte Reuters.", [("indirect", "une « farce", "Le juge")]),
    ],
)
def test_says_several_things(text: str, statements: list[tuple[str, str, str | None]]) -> None:
    assert said("fr", text) == statements


def test_makes_simple_compound_and_inverted_forms() -> None:
    forms = dict(expand("annoncer", ""))
    assert forms["annonce"] == "finite"
    assert forms["ont annoncé"] == "finite"
    assert forms["annonçait"] == "finite"
    assert forms["a -t- elle annoncé"] == "inverted"
    assert forms["annonçant"] == "gerund"
    assert forms["annoncé"] == "shared"
    assert dict(expand("réitérer", ""))["réitère"] == "finite"
    assert dict(expand("s’indigner", ""))["s’ est - elle indignée"] == "inverted"


def test_a_capital_without_its_accent_opens_a_sentence() -> None:
    assert said("fr", "A Paris, Anne Roux a dit que le pont fermait.") == [
        ("indirect", "que le pont fermait", "Anne Roux")
    ]
    assert said("fr", "A en croire Anne Roux, le pont ferme.") == [("indirect", "le pont ferme", "Anne Roux")]
