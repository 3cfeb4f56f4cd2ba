"""German sentences of our own: what is said, how, and by whom."""

import pytest

from consumers.extracting.language import load_language
from consumers.extracting.prose import read_prose
from consumers.extracting.statements import find_statements

Row = tuple[str, str, str | None]


def read(text: str) -> list[Row]:
    """(type, quote with pieces joined by //, speaker)."""
    prose = read_prose(text, load_language("de"))
    return [
        (
            found.type,
            " // ".join(text[a:b] for a, b in found.quote),
            text[slice(*found.speaker)] if found.speaker else None,
        )
        for found in find_statements(prose)
    ]


# text = type | quote, pieces joined by // | speaker
SENTENCES = """
„Wir bauen im Mai“, sagte die Bürgermeisterin am Montag. = direct | „Wir bauen im Mai“ | die Bürgermeisterin
Der Sprecher erklärte: „Das ist nicht wahr.“ = direct | „Das ist nicht wahr.“ | Der Sprecher
„Es reicht“, fügte der estnische Staatschef hinzu. = direct | „Es reicht“ | der estnische Staatschef
„Der Fluss steigt weiter“, so Deichgraf Ole Hansen. = direct | „Der Fluss steigt weiter“ | Deichgraf Ole Hansen
»Das wird teuer«, warnte Ministerin Ada Kern. = direct | »Das wird teuer« | Ministerin Ada Kern
Die Trainerin sagte der Zeitung „Echo“: „Wir spielen gut.“ = direct | „Wir spielen gut.“ | Die Trainerin
„Wir sind Partner und Freunde“, heißt es in der Erklärung. = direct | „Wir sind Partner und Freunde“ | der Erklärung
Merz sagte der „Bild am Sonntag“, er rechne mit Regen. = indirect | er rechne mit Regen | Merz
Aus dem Kreml hieß es, man wisse nichts davon. = indirect | man wisse nichts davon | dem Kreml
Die Ministerin warnte: Ohne Reformen drohe Streit. = indirect | Ohne Reformen drohe Streit | Die Ministerin
Die Lage sei ruhig, sagte der Gouverneur von Osch. = indirect | Die Lage sei ruhig | der Gouverneur von Osch
Der Plan, sagte die Ministerin in Berlin, sei gut. = indirect | Der Plan // sei gut | die Ministerin
Laut Polizei kam niemand zu Schaden. = indirect | kam niemand zu Schaden | Polizei
Das Boot war laut Küstenwache leer. = indirect | Das Boot war // leer | Küstenwache
Nach Angaben des Instituts (IHF) schmilzt der Gletscher. = indirect | schmilzt der Gletscher | des Instituts (IHF)
Einem Bericht der Zeitung zufolge war der Zaun offen. = indirect | war der Zaun offen | Einem Bericht der Zeitung
Die Brücke ist zu, wie das Amt am Freitag mitteilte. = indirect | Die Brücke ist zu | das Amt
Wie der Verband mitteilte, fällt das Spiel aus. = indirect | fällt das Spiel aus | der Verband
Der Trainer behauptete, dass er nichts wisse. = indirect | dass er nichts wisse | Der Trainer
Die Kommission fragte, ob das Geld reicht. = indirect | ob das Geld reicht | Die Kommission
Der Minister hat gestern erklärt, er werde gehen. = indirect | er werde gehen | Der Minister
Der Rat forderte, die Kämpfe sofort einzustellen. = indirect | die Kämpfe sofort einzustellen | Der Rat
Karl Meier, der den Verband führt, sagte, dass es weitergehe. = indirect | dass es weitergehe | Karl Meier
Die Leiterin, Eva Holm, betonte, man sei bereit. = indirect | man sei bereit | Die Leiterin, Eva Holm
Der Rat vertritt die Auffassung, dass die Frist gilt. = indirect | dass die Frist gilt | Der Rat
Die Ministerin kritisierte das Urteil. = reported | Die Ministerin kritisierte das Urteil. | Die Ministerin
Die Trainerin nannte die Absage einen „Vertrauensbruch“. = direct | „Vertrauensbruch“ | Die Trainerin
Der Rat stufte die Gefahr als „sehr hoch“ ein. = direct | „sehr hoch“ | Der Rat
„Wo ist meine Stimme nur?“, wollten die Frauen wissen. = direct | „Wo ist meine Stimme nur?“ | die Frauen
Auf dem Banner stand die Parole „Wir gehen hier nicht weg“. = direct | „Wir gehen hier nicht weg“ | -
Seiner Ansicht nach „sind wir Zeugen eines Wunders“. = direct | „sind wir Zeugen eines Wunders“ | Seiner
Der Rat will „in den nächsten Wochen prüfen“. = direct | „in den nächsten Wochen prüfen“ | Der Rat
Die Planung der Brücke nannte Meier einen „Fehler ohne Beispiel“. = direct | „Fehler ohne Beispiel“ | Meier
Den Kindern schlug er vor, das Lied zu lernen. = indirect | das Lied zu lernen | er
Die Arbeit des Rats lobte der SPD-Vorsitzende: „Das ist gut.“ = direct | „Das ist gut.“ | der SPD-Vorsitzende
In dem Antrag heißt es wörtlich: „Die Halle bleibt offen.“ = direct | „Die Halle bleibt offen.“ | dem Antrag
Ida Voss, Leiterin des Amts: „Wir gehen heim.“ = direct | „Wir gehen heim.“ | Ida Voss, Leiterin des Amts
Wie Tim Rau, Chef der Bahn, mitteilte, fährt kein Zug. = indirect | fährt kein Zug | Tim Rau, Chef der Bahn
In einem Bericht wird gefordert, dass die Halle schließt. = indirect | dass die Halle schließt | einem Bericht
Es kam ein Mann, der behauptete, dass es brenne. = indirect | dass es brenne | der
Die Firma verpflichtete sich, zehn Boote zu liefern. = indirect | zehn Boote zu liefern | Die Firma
Nach Meiers Meinung reicht das Geld nicht. = indirect | reicht das Geld nicht | Meiers Meinung
Die Zahl der Opfer wird sich demnach verdoppeln. = indirect | Die Zahl der Opfer wird sich // verdoppeln | -
Der Preis steigt weiter, so Ida Voss auf der Messe. = indirect | Der Preis steigt weiter | Ida Voss
Er erklärte, damit solle alles gut werden. = indirect | damit solle alles gut werden | Er
Der Wert betrage 100 Meter, erklärte das Amt. = indirect | Der Wert betrage 100 Meter | das Amt
Er betonte, der Plan sei gut und dankte allen. = indirect | der Plan sei gut | Er
Der Deich hält noch zwei Tage, heißt es beim Wasserverband. = indirect | Der Deich hält noch zwei Tage | Wasserverband
„Da war ein Knall“, erzählt der 64-Jährige und nickt. = direct | „Da war ein Knall“ | der 64-Jährige
Man sei vorbereitet, ließ die Reederei wissen. = indirect | Man sei vorbereitet | die Reederei
Ida Voss ließ durchblicken, dass sie im Mai geht. = indirect | dass sie im Mai geht | Ida Voss
Aus Sicht des Verbands ist die Brücke zu teuer. = indirect | ist die Brücke zu teuer | des Verbands
Tim Rau verabschiedete sich auf X: „Danke, Ulm!“ = direct | „Danke, Ulm!“ | Tim Rau
Gemäss dem Führungsstab ist die Brücke zu. = indirect | ist die Brücke zu | dem Führungsstab
Die Brücke sei zu, heisst es beim Kanton. = indirect | Die Brücke sei zu | Kanton
„Wir sind bereit“, wird Rau von der Zeitung zitiert. = direct | „Wir sind bereit“ | Rau
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_one_sentence(line: str) -> None:
    text, _, row = line.partition(" = ")
    kind, quote, speaker = row.split(" | ")
    assert read(text) == [(kind, quote, None if speaker == "-" else speaker)]


def test_a_report_goes_on_in_its_mood() -> None:
    rows = read("Der Zug stand, sagte Bahnsprecher Tim Rau. Niemand sei verletzt worden. Es gab Kaffee.")
    assert rows[1] == ("indirect_free", "Niemand sei verletzt worden.", "Bahnsprecher Tim Rau")
    assert len(rows) == 2


def test_a_report_is_by_whom_the_sentence_before_is_about() -> None:
    rows = read("Es sei spät, sagte Ida Voss. Trainer Tim Rau nahm die Schuld auf sich. Er habe zu spät gewechselt.")
    assert rows[1] == ("indirect_free", "Er habe zu spät gewechselt.", "Trainer Tim Rau")


def test_what_is_wanted_goes_on_behind_a_demand_and_nowhere_else() -> None:
    rows = read("Der Rat forderte mehr Geld. So sollen die Schulen neue Dächer erhalten.")
    assert rows[1] == ("free_indirect", "So sollen die Schulen neue Dächer erhalten.", "Der Rat")
    assert read("Der Zug kommt um acht. Er soll bis neun warten.") == []


def test_a_report_is_not_by_a_thing() -> None:
    rows = read("Es sei spät, sagte Ida Voss. Der Keller stand unter Wasser. Er sei nicht zu retten.")
    assert rows[1] == ("indirect_free", "Er sei nicht zu retten.", "Ida Voss")


def test_a_title_stays_one_before_quoted_words_of_the_next_paragraph() -> None:
    rows = read("Ihr Buch „Die Stille der Kräne“, das spielt am Hafen.\nDie Jury sieht eine Sprache, „die schwitzt“.")
    assert "„Die Stille der Kräne“" not in [quote for _, quote, _ in rows]


def test_a_noun_in_marks_that_judges_is_a_part_of_what_is_reported() -> None:
    rows = read("Die Ministerin wies den Vorwurf als „Unverschämtheit“ zurück.")
    assert [kind for kind, _, _ in rows] == ["reported", "direct"]
    assert rows[1][1:] == ("„Unverschämtheit“", "Die Ministerin")


def test_a_sentence_of_the_first_person_in_marks_is_somebodys() -> None:
    rows = read("„Ja“, sagte Ida Voss. „Wir haben genug Geld“ ist seither ein Spruch im Dorf.")
    assert rows[1] == ("direct", "„Wir haben genug Geld“", "Ida Voss")


def test_an_aim_and_a_clause_about_somebody_are_not_what_is_demanded() -> None:
    for text in (
        "Die Leiterin forderte mehr Geld, um die Halle zu heizen.",
        "In der Halle, die seit Mai leer steht, forderte der Rat mehr Geld.",
    ):
        assert [(kind, quote) for kind, quote, _ in read(text)] == [("reported", text)]


def test_the_plural_reports_in_the_past_mood_where_it_supposes_nothing() -> None:
    rows = read("Es sei spät, sagte Ida Voss. Der Platz war leer. Die Kinder hätten nichts gehört.")
    assert rows[1] == ("indirect_free", "Die Kinder hätten nichts gehört.", "Ida Voss")
    assert len(read("Es sei spät, sagte Ida Voss. Der Platz war leer. Die Kinder hätten gern gespielt.")) == 1


def test_a_name_in_marks_that_speaks_is_no_quotation() -> None:
    rows = read("Die „Kampagne für den Fluss“ berichtete von einem Marsch.")
    assert [kind for kind, _, _ in rows] == ["reported"]


def test_quoted_words_inside_a_report_are_parts_of_it() -> None:
    rows = read("Die Ärztin sagte, die Lage sei „sehr ernst“ und nicht besser.")
    assert [row[0] for row in rows] == ["indirect", "direct"]
    assert rows[1][1:] == ("„sehr ernst“", "Die Ärztin")


def test_quotations_go_on_without_a_cue() -> None:
    rows = read("„Wir sind müde“, sagte Ida Voss. „Aber wir machen weiter bis zum Schluss.“")
    assert rows[1] == ("direct", "„Aber wir machen weiter bis zum Schluss.“", "Ida Voss")


def test_a_second_verb_shares_the_subject() -> None:
    rows = read("Präsident Orlo lobte das Abkommen und fügte hinzu, es gelte ab Mai.")
    assert ("indirect", "es gelte ab Mai", "Präsident Orlo") in rows


def test_rumours_are_nobodys() -> None:
    text = "Karl Meier warnte vor Eis. Gerüchte, die Firma verkaufe das Werk, halten sich."
    assert read(text)[-1] == ("indirect", "die Firma verkaufe das Werk", None)


def test_a_second_verb_shares_the_subject_past_words_in_marks() -> None:
    text = "Karl Meier warnte. Ida Voss will den Etat „nicht antasten“, räumte aber ein, dass er nicht reicht."
    assert read(text)[-1] == ("indirect", "dass er nicht reicht", "Ida Voss")


def test_what_is_thought_in_marks_is_what_is_said() -> None:
    rows = read("Der König nickte und sagte, er hoffe, „dass der Frieden hält“.")
    assert ("direct", "„dass der Frieden hält“", "Der König") in rows


@pytest.mark.parametrize(
    "text",
    [
        "Das Schiff „Morgenstern“ lief am Montag aus.",
        "Der sogenannte „Kaiser“ von Ulm lebt in Rente.",
        "Die Halle wurde 1990 gebaut und steht seitdem leer.",
        "Sie liest gern „Krieg und Frieden“ im Garten.",
        "Er sagte nichts.",
        "Kommt er, wäre alles gut.",
        "Die oft beklagte Lücke im Zaun ist zu.",
        "Niemand behauptet, dass der Hang zur Ruhe kommt.",
        "Nicht gesagt hat der Rat, wer die Brücke bezahlt.",
        "Der Minister hat bislang nicht erklärt, dass er das Mittel verbieten will.",
        "Das Ministerium lehnte eine Stellungnahme ab.",
        "Der Sprecher lehnte es ab, sich zu äußern.",
        "Der Minister weigerte sich, den Namen zu nennen.",
        "Das Gesetz verpflichtet ihn, die Halle zu heizen.",
        "Es ist geplant, dass die Halle im Mai schließt.",
        "Noch ist nicht bekannt, warum das Boot sank.",
        "Die Namen lauten: Karl Meier und Tim Rau.",
        "Sie wurde bestätigt durch einen Sieg, nur Ida Voss fehlte.",
        "Zwei Monate nach dem Urteil liegt die Begründung vor.",
        "Die Gruppe, die sich „Rat der Zwölf“ nennt, tagt im Mai.",
        "Das nennt man einen „Aktiensplit“.",
        "Der Saal zeigt „die Kinder von Riga“ noch bis Mai.",
        "Die Elf verteidigte den Titel.",
        "Der Sturm forderte zwölf Todesopfer.",
        "Der Landrat rief am Abend den Notstand aus, am Morgen hob er ihn auf.",
        "Die Gerüchte, das Werk schließe, kommentierte Voss nicht.",
        "Auf die Frage, warum er den Stick vergraben habe, schwieg er.",
        "Berichte über den Brand sind selten geworden.",
        "Aus deutscher Sicht ist die Brücke zu teuer.",
        "Wenn der Anwalt behauptet, das Urteil sei falsch, beginnt alles von vorn.",
    ],
)
def test_what_nobody_says_is_no_statement(text: str) -> None:
    assert read(text) == []


def test_a_passive_names_no_speaker_but_its_agent() -> None:
    assert read("Es wurde mitgeteilt, dass die Bahn steht.")[0][2] is None
    assert read("Sie wird von Fachleuten als „kühne Tat“ bezeichnet.")[0][2] == "Fachleuten"
