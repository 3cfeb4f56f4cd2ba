"""Features of German words: what Brown clusters (Brown and others 1992) and lists say of them, beside their letters."""

from dataclasses import dataclass

from consumers.extracting.ner.lexicon import Lexicon, Properties
from consumers.extracting.ner.spelling import Feature, short_shape, spelling

STARTS, ENDS = {2: 0, 3: 0, 4: 0}, {1: 0, 2: 0, 3: 1, 4: 0, 5: 0}
LISTS = ("first", "last", "city", "alternate", "part", "territory", "toponym", "given", "family", "proper")
"""Bits of the fourth property: given names, surnames, towns, those in other languages, words of them, states; what a
dictionary calls names of places, given names, surnames, other names."""
IN_GENITIVE = LISTS[:4]
"""Lists whose names are looked for less an s too."""
PEOPLE_AND_PLACES = tuple(
    sum(1 << LISTS.index(name) for name in names)
    for names in (("first", "given"), ("last", "family"), ("city", "alternate", "toponym"))
)
"""Bits of the lists that tell apart the classes of words without a cluster."""
SHORTEST_TAIL = 3
"""Letters of a noun that ends a compound, and of what stands before it."""


@dataclass(frozen=True, slots=True)
class German:
    """Properties: Brown clusters of German, English and Spanish text, lists, whether a noun, how common it is, which
    kind of organisation."""

    lexicon: Lexicon

    def features(self, word: str) -> list[Feature]:
        find = self.lexicon.properties
        lower = word.lower()
        found = spelling(word, starts=STARTS, ends=ENDS)
        own = find(word)
        found += self._clusters(own) + self._organisation(word, own)
        capital = word[:1].isupper()
        if not own[0] and lower != word:
            found.append((f"cl{find(lower)[0]}", 1))
            other = find(word.capitalize())[0]
            if other:
                found.append((f"cC{other}", 1))
        if capital:
            found += self._capital(word, lower, own)
        if "-" in word and len(word) > 2:
            head, _, tail = word.rpartition("-")
            found += [("ht" + tail.lower(), 0), ("hh" + head.lower(), 0)]
            found += [(f"hc{find(head)[0]}", 0), (f"tc{find(tail)[0]}", 0)]
            if find(head)[6]:
                found.append(("ho", 1))
        if word.endswith("s") and len(word) > 3:
            stem = find(word[:-1])
            found.append((f"cs{stem[0]}", 0))
            if capital:
                found += [(f"gs_{name}", 1) for bit, name in enumerate(IN_GENITIVE) if stem[3] >> bit & 1]
        return found

    @staticmethod
    def _clusters(own: Properties) -> list[Feature]:
        cluster = own[0]
        found = [(f"c{cluster}", 2)]
        if cluster:
            found += [(f"c{n}_{cluster & ((1 << n) - 1)}", 2 if n == 4 else 1) for n in (4, 6, 8, 10)]
        return found

    def _organisation(self, word: str, own: Properties) -> list[Feature]:
        kind, case = own[6], ""
        if not kind and word.endswith("s"):
            kind, case = self.lexicon.properties(word[:-1])[6], "s"
        return [(f"o{case}", 1), (f"o{case}{kind}", 1)] if kind else []

    def _capital(self, word: str, lower: str, own: Properties) -> list[Feature]:
        _, english, spanish, lists, noun, common, _ = own
        found = [(f"e{english}", 1), (f"z{spanish}", 1)]
        if english:
            found.append((f"e8_{english & 255}", 1))
        found += [(f"g_{name}", 1) for bit, name in enumerate(LISTS) if lists >> bit & 1]
        small = self.lexicon.properties(lower)
        found.append((f"n{noun}", 1))
        found += [(f"pb{common}", 0), (f"pd{max(-9, min(9, small[5] - common))}", 1)]
        if not noun:
            for cut in range(SHORTEST_TAIL, len(word) - SHORTEST_TAIL):
                if self.lexicon.properties(word[cut:].capitalize())[4]:
                    return [*found, ("nt", 1), ("nt" + lower[cut:], 0)]
        return found

    def is_surname(self, word: str) -> bool:
        """Whether it is a known surname and no noun."""
        properties = self.lexicon.properties(word)
        return word[:1].isupper() and bool(properties[3] >> LISTS.index("last") & 1) and not properties[4]

    def group(self, word: str) -> str:
        cluster, _, _, lists, noun, _, _ = self.lexicon.properties(word)
        if cluster:
            return str(cluster)
        return short_shape(word) + "".join(str(int(lists & bits > 0)) for bits in PEOPLE_AND_PLACES) + str(noun)
