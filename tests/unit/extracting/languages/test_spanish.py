"""Spanish: a sentence for each way of saying, and sentences in which nobody says anything."""

import pytest

from tests.unit.extracting.languages.said import said


@pytest.mark.parametrize(
    ("text", "type_", "quote", "speaker"),
    [
        ("«Es tarde», bromeó el alcalde Juan Pérez.", "direct", "Es tarde", "el alcalde Juan Pérez"),
        ("—Ya es tarde —dijo Ana—. Vámonos.", "direct", "Ya es tarde // Vámonos", "Ana"),
        ("La ministra advirtió de que no hay dinero.", "indirect", "que no hay dinero", "La ministra"),
        ("El técnico insistió en que llegarán vivos.", "indirect", "que llegarán vivos", "El técnico"),
        ("El dueño dijo haber pagado.", "indirect", "haber pagado", "El dueño"),
        ("El Fondo recomendó ampliar las bandas.", "indirect", "ampliar las bandas", "El Fondo"),
        ("Ana Ruiz declaró la semana pasada que se va.", "indirect", "que se va", "Ana Ruiz"),
        ("El juez matizó sin embargo que es tarde.", "indirect", "que es tarde", "El juez"),
        ("El comercio crece, según publicó Efe citando a dos fuentes.", "indirect", "El comercio crece", "Efe"),
        ("El comercio crece, dijo en Roma Marta Sanz.", "indirect", "El comercio crece", "Marta Sanz"),
        ("A juicio del ministro, el comercio crece.", "indirect", "el comercio crece", "ministro"),
        ("A su juicio, el comercio crece.", "indirect", "el comercio crece", "su"),
        ("El ministro lo niega: el comercio, asegura, crece.", "indirect", "el comercio // crece", "El ministro"),
        ("Los vecinos acusan a la empresa de mentir.", "indirect", "de mentir", "Los vecinos"),
        ("La oposición la acusa de mentir.", "indirect", "mentir", "La oposición"),
        ("El jefe instó a las partes a ceder.", "indirect", "ceder", "El jefe"),
        ("El gremio pidió al Gobierno una ayuda.", "indirect", "una ayuda", "El gremio"),
        ("El jefe pidió a los suyos mantener la calma.", "indirect", "mantener la calma", "El jefe"),
        ("El rey afirmó ayer, durante una visita, que se va.", "indirect", "que se va", "El rey"),
        ("«No», respondió tajante el juez.", "direct", "No", "el juez"),
        ("El comercio crece, informa ‘El Correo Vasco’.", "indirect", "El comercio crece", "El Correo Vasco"),
        ("Los vecinos exigen una solución.", "reported", "una solución", "Los vecinos"),
        ("El ministro no descartó que haya elecciones.", "indirect", "que haya elecciones", "El ministro"),
        ("«Es tarde», contó a RNE Pilar Sanz, dueña del bar.", "direct", "Es tarde", "Pilar Sanz, dueña del bar"),
        ("«Es tarde», explicó desde Lima el juez Ruiz.", "direct", "Es tarde", "el juez Ruiz"),
        (
            "«Es tarde», dijo a este diario una fuente que pidió callar.",
            "direct",
            "Es tarde",
            "una fuente que pidió callar",
        ),
        ("«Es tarde», dijo Ruiz en una cena en la que cantó el coro.", "direct", "Es tarde", "Ruiz"),
        ("«Es tarde», nos dice esta panadera de Soria.", "direct", "Es tarde", "esta panadera de Soria"),
        ("«Es tarde —lamentó Ruiz—, pero iremos».", "direct", "Es tarde // pero iremos", "Ruiz"),
        (
            "El plan sigue, han admitido a la agencia fuentes del taller.",
            "indirect",
            "El plan sigue",
            "fuentes del taller",
        ),
        ("Desde el taller aseguran que no hay piezas.", "indirect", "que no hay piezas", "el taller"),
        ("Aclaró el juez que no hay prisa.", "indirect", "que no hay prisa", "el juez"),
        ("Tal y como contó Ruiz, la feria será en mayo.", "indirect", "la feria será en mayo", "Ruiz"),
        ("La feria será en mayo, según se desprende del cartel.", "indirect", "La feria será en mayo", "cartel"),
        ("El gremio volvió a pedir que se abra el puente.", "indirect", "que se abra el puente", "El gremio"),
        ("Ruiz negó ante la jueza haber cobrado.", "indirect", "haber cobrado", "Ruiz"),
        ("Ruiz denunció ante el Senado la falta de agua.", "reported", "la falta de agua", "Ruiz"),
        ("Los pastores advierten, no obstante, de que lloverá.", "indirect", "que lloverá", "Los pastores"),
        ("El coro se opuso al traslado del órgano.", "reported", "traslado del órgano", "El coro"),
        ("El gremio pidió ayer a la Unión de Pastores (UP) que pare.", "indirect", "que pare", "El gremio"),
        ("El gremio condenó este lunes la redada.", "reported", "la redada", "El gremio"),
        (
            "El cónsul, Juan Gil, y la jueza, Ana Ruiz, dijeron que irán.",
            "indirect",
            "que irán",
            "El cónsul, Juan Gil, y la jueza, Ana Ruiz",
        ),
        ("El gremio pidió calma.", "reported", "calma", "El gremio"),
        ("Ruiz criticó a los árbitros.", "reported", "a los árbitros", "Ruiz"),
        ("El obispo llamó a los fieles a la calma.", "indirect", "a la calma", "El obispo"),
        ("Ruiz viajó a Soria, pero pidió más trenes.", "reported", "más trenes", "Ruiz"),
        ("El club tachó el reparto de «broma pesada».", "reported", "el reparto de «broma pesada", "El club"),
        ("El club describió la cita como «útil».", "reported", "la cita como «útil", "El club"),
        ("El poeta la tildó hace tiempo de «copia».", "reported", "copia", "El poeta"),
        ("Ruiz llamó «tramposo» al árbitro.", "reported", "tramposo» al árbitro", "Ruiz"),
        ("El alcalde fue tajante: «Aquí no habrá más fiestas».", "direct", "Aquí no habrá más fiestas", "El alcalde"),
        ("Para el cronista Luis Gil, el partido fue malo.", "indirect", "el partido fue malo", "el cronista Luis Gil"),
        ("LOS VECINOS EXIGEN «MÁS LUZ»", "direct", "MÁS LUZ", "LOS VECINOS"),
        (
            "La jefa de la Unión de Pastores (UP), Ana Gil, criticó la norma.",
            "reported",
            "la norma",
            "La jefa de la Unión de Pastores (UP), Ana Gil",
        ),
        (
            "El cónsul de EE.UU., John Moll, dijo que no hay visados.",
            "indirect",
            "que no hay visados",
            "El cónsul de EE.UU., John Moll",
        ),
    ],
)
def test_says_who_said_what(text: str, type_: str, quote: str, speaker: str) -> None:
    assert said("es", text) == [(type_, quote, speaker)]


@pytest.mark.parametrize(
    "text",
    [
        "Nadie dijo que fuera tarde.",
        "El ministro no promete que vaya a venir.",
        "Si el acusado admite que mintió, la pena bajará.",
        "Se espera que llueva mañana.",
        "La feria «Miga y corteza» se celebrará en mayo.",
        "Celebraron una reunión que precede al foro.",
        "El tribunal condenó a siete años de cárcel al gerente.",
        "Los fallos que, a su juicio, retrasaron el rescate son tres.",
        "El ministro cuenta con el apoyo de la oposición.",
        "El poeta publica ‘La casa del faro’ en mayo.",
        "Los analistas que pronosticaban una caída callan.",
        "¿Cree que habrá feria?",
        "Ruiz se negó a detallar las cuentas.",
        "Sus nietos la llaman «la capitana».",
        "El jurado confirmó la pena de prisión.",
    ],
)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert said("es", text) == []


def test_what_stands_behind_a_colon_is_told_beside_the_clause_that_sums_it_up() -> None:
    text = "El alcalde restó importancia al apagón: «Fueron cinco minutos de nada»."
    assert said("es", text) == [
        ("reported", "apagón", "El alcalde"),
        ("direct", "Fueron cinco minutos de nada", "El alcalde"),
    ]


def test_the_network_x_ends_a_sentence() -> None:
    text = "La coral lo anunció en X. El alcalde dijo que irá."
    assert said("es", text) == [("indirect", "que irá", "El alcalde")]


def test_a_source_of_one_word_is_not_explained_by_the_subject_behind_it() -> None:
    text = "Según TASS, el ministro de Exteriores ruso, Serguéi Lavrov, llegó a Pekín."
    assert said("es", text) == [("indirect", "el ministro de Exteriores ruso, Serguéi Lavrov, llegó a Pekín", "TASS")]


def test_a_verb_alone_is_the_last_speaker_s() -> None:
    found = said("es", "Ana Ruiz dijo que es tarde. El tren salió. Añadió que no volverá.")
    assert found[-1] == ("indirect", "que no volverá", "Ana Ruiz")


def test_a_verb_alone_is_whose_the_sentence_before_is_about() -> None:
    assert said("es", "Manuel Rocha rompió el acta. «Es falsa», dijo ante el juez.") == [
        ("direct", "Es falsa", "Manuel Rocha")
    ]


def test_who_is_asked_something_is_not_whom_the_participle_names() -> None:
    found = said("es", "El perito habló de tres muestras. Preguntado por la defensa, reconoció que falta una.")
    assert found == [("indirect", "que falta una", "El perito")]


def test_what_somebody_added_in_a_relative_clause_is_said_too() -> None:
    found = said("es", "«Es grave», alertó Rosa Gil, quien añadió que enviará una misión.")
    assert found == [("direct", "Es grave", "Rosa Gil"), ("indirect", "que enviará una misión", "quien")]


def test_no_subject_is_shared_where_there_was_none() -> None:
    found = said("es", "Ana Ruiz dijo que es tarde. Apuntó que la calma volvió y advirtió que durará poco.")
    assert [who for _, _, who in found] == ["Ana Ruiz"] * 3


def test_what_an_aside_parts_from_its_verb_is_said() -> None:
    found = said("es", "Habló la ministra Rosa Gil, quien ha afirmado -en una entrevista- que se va.")
    assert found == [("indirect", "que se va", "quien")]


def test_a_verb_alone_may_name_what_was_said() -> None:
    found = said("es", "Ana Ruiz dijo que es tarde. Recalcó el firme apoyo del pueblo.")
    assert found[-1] == ("reported", "el firme apoyo del pueblo", "Ana Ruiz")


def test_what_follows_another_s_deed_is_still_the_speaker_s() -> None:
    found = said("es", "Ana Ruiz denunció que Rusia lanzó drones y pidió a los aliados más defensas.")
    assert [(quote, who) for _, quote, who in found] == [
        ("que Rusia lanzó drones", "Ana Ruiz"),
        ("más defensas", "Ana Ruiz"),
    ]


def test_questions_and_answers_with_dashes_are_an_interview() -> None:
    text = "La glacióloga Mireia Font mide hielo.\n\n—¿Cuánto queda?\n\n—Diez años.\n\n—¿Y después?\n\n—Piedras.\n"
    assert [(quote, who) for _, quote, who in said("es", text)] == [
        ("¿Cuánto queda?", None),
        ("Diez años", "La glacióloga Mireia Font"),
        ("¿Y después?", None),
        ("Piedras", "La glacióloga Mireia Font"),
    ]
