"""What is said beside a model: its sources with their licences, the day, the scores."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from consumers.extracting.ner.training.corpora import Recipe


def note(language: str, recipe: Recipe, rows: Iterable[Mapping[str, Any]], day: str) -> str:
    """The text of ``XX.md``."""
    sources = "\n".join(f"| {s.name} | {s.licence} | {s.where} |" for s in recipe.sources)
    scores = "\n".join(f"| {r['class']} | {r['precision']} | {r['recall']} | {r['f1']} | {r['gold']} |" for r in rows)
    told = ", ".join(f"{field.name} {getattr(recipe.settings, field.name)}" for field in fields(recipe.settings))
    return f"""# {language}: names of people, places and organisations

`{language}.model.npz` (weights) and `{language}.lexicon.npy` (what is known of single words), made on {day} by

```
python -m consumers.extracting.ner.training {language} --data DIR
```

from these sources, which the licences ask to name:

| source | licence | where |
|---|---|---|
{sources}

Conditional random field, L-BFGS; {told}. The same input gives the same bytes.

Exact spans on `{recipe.dev}`, which nothing was trained on, given tokens:

| class | precision | recall | F1 | in the text |
|---|---|---|---|---|
{scores}
"""
