"""Names listed beside texts, for training: which words of an article name whom, without the article.

A list says, after a line ``= ID``, which forms in the document of that id are names: ``PER: Angela Merkel; Merkels``.
A form counts at all its places as whole words, ``form@2,3`` only at its second and third; a longer form goes before a
shorter one inside it; ``O: form@1`` is no name there. A document's id is what stands before `` - `` in its ``doc``.
"""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from consumers.extracting.language import load_language
from consumers.extracting.ner.gold import LABELS, Sentence
from consumers.extracting.prose import Prose, read_prose
from consumers.extracting.tokens import Token

NO_NAME = "O"
Forms = Sequence[tuple[str, str]]
"""(label, form) as listed."""


def listed_sentences(names: Path, texts: Path, language: str) -> Iterator[Sentence]:
    """The sentences of the documents in ``texts`` (lines with ``doc`` and ``text``) that ``names`` lists.

    Raises OSError, or ValueError that names file and line, document or form.
    """
    forms = read_forms(names)
    read = load_language(language)
    for line in texts.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        identity = document["doc"].partition(" - ")[0].strip()
        if identity in forms:
            try:
                yield from marked(read_prose(document["text"], read), forms[identity])
            except ValueError as error:
                raise ValueError(f"{names}: {identity}: {error}") from None


def read_forms(names: Path) -> dict[str, list[tuple[str, str]]]:
    """Id of a document → its forms. Raises OSError, or ValueError that names file and line."""
    found: dict[str, list[tuple[str, str]]] = {}
    here: list[tuple[str, str]] | None = None
    for number, line in enumerate(names.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("="):
            here = found.setdefault(line.lstrip("= ").strip(), [])
        elif line.strip():
            label, _, forms = line.partition(":")
            if here is None or label not in {*LABELS, NO_NAME}:
                raise ValueError(f"{names}:{number}: expected '= ID', or {', '.join(LABELS)} or {NO_NAME} with forms")
            here += [(label, form.strip()) for form in forms.split(";") if form.strip()]
    return found


def marked(prose: Prose, forms: Forms) -> Iterator[Sentence]:
    """The sentences with BIO tags. Raises ValueError that names the form that is not in the text."""
    tags = [NO_NAME] * len(prose.tokens)
    taken: list[tuple[int, int]] = []
    for label, form in sorted(forms, key=_longest_first):
        for start, end in _places(prose.text, form):
            if any(start < behind and before < end for before, behind in taken):
                continue
            taken.append((start, end))
            first, last = prose.token_from(start), prose.token_from(end)
            if label != NO_NAME and _whole(prose.tokens[first:last], start, end):
                tags[first:last] = [f"B-{label}", *[f"I-{label}"] * (last - first - 1)]
    for sentence in prose.sentences:
        words = tuple(token.text for token in prose.tokens[sentence.first : sentence.last])
        if words:
            yield Sentence(words, tuple(tags[sentence.first : sentence.last]))


def _places(text: str, listed: str) -> list[tuple[int, int]]:
    form, _, numbers = listed.partition("@")
    left, right = (r"(?<!\w)" if form[0].isalnum() else ""), (r"(?!\w)" if form[-1].isalnum() else "")
    found = [match.span() for match in re.finditer(left + re.escape(form) + right, text)]
    if not found:
        raise ValueError(f"not in the text: {form!r}")
    return [found[int(number) - 1] for number in numbers.split(",")] if numbers else found


def _whole(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a name is whole tokens: of "UN" in "UN-Sitz" nothing is learned."""
    return bool(tokens) and tokens[0].start == start and tokens[-1].end == end


def _longest_first(listed: tuple[str, str]) -> tuple[int, bool, bool]:
    """Of forms equally long first what is taken out, then those of single places."""
    label, form = listed
    plain, at, _ = form.partition("@")
    return -len(plain), label != NO_NAME, not at
