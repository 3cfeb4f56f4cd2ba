"""Articles of our own for the end-to-end tests: what a reader must find in them is known."""

TITLE = "Außenminister sprechen über Grenzbahnhof"
ARTICLE = "\n".join(
    [
        "Kasachstan wolle den Ausbau der Grenzbahnhöfe beschleunigen, sagte der kasachische Präsident Kassym-Jomart "
        "Tokajew am Montag in Astana.",
        "„Die Bahn verbindet unsere Länder seit Jahrzehnten, und sie wird es weiter tun“, sagte Tokajew. Gesprochen "
        "wurde auch über die Zusammenarbeit mit Russland und über den nächsten Gipfel der Shanghaier Organisation "
        "für Zusammenarbeit (SCO).",
        "Nach Angaben der Bahnverwaltung sollen die Arbeiten im Frühjahr beginnen und drei Jahre dauern. Die Kosten "
        "wurden nicht genannt, doch rechnet die Verwaltung mit Krediten mehrerer Banken.",
        "Die Mitgliedstaaten der SCO erklärten, dass der Ausbau der Strecken den Handel in der ganzen Region "
        "erleichtern werde. Ein Zeitplan dafür liegt noch nicht vor.",
        "Lena Vogt (Laut TASS, Kazinform)",
        "Quelle: https://example.org/grenzbahnhof",
        "Kommentar (0)",
    ]
)
HALF_TITLE = "Kasachstan: Mehr Tempo beim Bahnausbau"
HALF = "\n".join(ARTICLE.split("\n")[:2])
SCO_RULE = "actor: Q485207\n"
PAIR_RULE = "pair: [Kazakhstan, Russia]\n"
