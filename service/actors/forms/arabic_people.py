"""Names of Arab people: in other letters papers choose bin, ben or ibn, and join the article or not.

In Arabic "servant of" is a word of its own or joined to what follows.
"""

import itertools
import re
from collections.abc import Iterator

SONS = (("bin", "ben", "ibn"), ("бен", "бин", "ибн"), ("бен", "бін", "ібн"))
"""Son of: Latin, Russian and Kazakh, Ukrainian."""
ARTICLES = frozenset("al el as ash аль эль ель ас аш әл".split())  # noqa: SIM905 - a list of words
SERVANT = re.compile(r"\bعبد ?(?=ال)")
"""The word that many given names begin with: عبد الله, عبدالله."""
JOINED = re.compile(r"^(?P<article>\w+)-(?P<rest>\w+)$")


def spellings(name: str) -> Iterator[str]:
    """Other spellings of a full name; none of a name without such words."""
    if SERVANT.search(name):
        yield from (spelt for word in ("عبد", "عبد ") if (spelt := SERVANT.sub(word, name)) != name)
        return
    words = name.split(" ")
    parts: list[tuple[str, ...]] = []
    article = ""
    for word in words:
        joined = JOINED.match(word)
        if article:
            parts.append((f"{article} {word}", f"{article.lower()}-{word}"))
            article = ""
        elif word.lower() in ARTICLES:
            article = word
        elif joined and joined["article"].lower() in ARTICLES:
            parts.append((word, f"{joined['article']} {joined['rest']}"))
        else:
            sons = next((row for row in SONS if word in row and (row is not SONS[1] or not is_ukrainian(name))), ())
            parts.append(tuple(dict.fromkeys((word, *sons))))
    if article:
        parts.append((article,))
    for row in itertools.product(*parts):
        spelt = " ".join(row)
        if spelt != name:
            yield spelt


def is_ukrainian(name: str) -> bool:
    """Whether a Cyrillic name holds a letter that Russian lacks."""
    return any(char in "іїєґ" for char in name.lower())
