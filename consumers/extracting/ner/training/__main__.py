"""``python -m consumers.extracting.ner.training LANGUAGE --data DIR``: makes a language's model, lexicon and note.

DIR holds the marked sentences (``corpora`` names the files), and for German articles of Wikinews: ``de-wikinews.jsonl``
has lines with ``doc`` ("925 - Title") and ``text``. Needs the packages of the dependency group ``training``, and for
German german-nouns.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from consumers.extracting.ner.features import reading
from consumers.extracting.ner.gold import sentences
from consumers.extracting.ner.lexicon import compiled
from consumers.extracting.ner.recogniser import MODELS, Recogniser
from consumers.extracting.ner.scoring import Scores
from consumers.extracting.ner.training.corpora import RECIPES, corpora
from consumers.extracting.ner.training.fit import train
from consumers.extracting.ner.training.lexicons import MAKERS
from consumers.extracting.ner.training.note import note


def main(language: str, data: Path, out: Path, day: str) -> None:
    """Writes ``XX.lexicon.npy``, ``XX.model.npz`` and ``XX.md`` into ``out``."""
    recipe = RECIPES[language]
    lexicon = out / f"{language}.lexicon.npy"
    _tell(f"{lexicon}: compiling")
    np.save(lexicon, compiled(MAKERS[language]()))
    read = reading(language, lexicon)
    _tell("training; minutes of CPU")
    model = train(corpora(language, data), read, recipe.settings, recipe.domain)
    (out / f"{language}.model.npz").write_bytes(model.to_bytes())
    scores = Scores()
    recogniser = Recogniser(model, read)
    for sentence in sentences(data / recipe.dev):
        scores.add(sentence.entities(), recogniser.entities(sentence.words, [len(sentence.words)]))
    (out / f"{language}.md").write_text(note(language, recipe, scores.rows(), day), encoding="utf-8")
    _tell(f"{out / language}.md: what it is made of and how well it reads")


def _tell(what: str) -> None:
    sys.stderr.write(what + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m consumers.extracting.ner.training", description=__doc__)
    parser.add_argument("language", choices=sorted(RECIPES))
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of the marked sentences")
    parser.add_argument("--out", type=Path, default=MODELS, metavar="DIR", help="where the files go")
    parser.add_argument("--day", default=f"{datetime.now(UTC):%Y-%m-%d}", help="the day that the note names")
    given = parser.parse_args()
    try:
        main(given.language, given.data, given.out, given.day)
    except ModuleNotFoundError as error:
        sys.exit(f"no module {error.name}: pip install --group training; pip install --no-deps german-nouns==1.2.5")
    except (OSError, ValueError) as error:
        sys.exit(str(error))
