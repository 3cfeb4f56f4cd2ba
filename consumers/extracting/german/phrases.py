"""German noun phrases by their outer signs: articles, endings, capitals, brackets, genitives, appositions."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from consumers.extracting.grammar import Phrase
from consumers.extracting.language import Language
from consumers.extracting.prose import Prose

MAX_TITLE = 6
"""Quoted words that may belong to a name: die Zeitung „Der Tag“."""
MAX_BRACKET = 8
PAPERS = ("zeitung", "agentur", "zeitschrift")
OF_A_PAPER = (
    *("sprecher", "sprecherin", "redakteur", "redakteurin", "chef", "chefin", "leiter", "leiterin", "direktor"),
    *("journalist", "journalistin", "reporter", "reporterin", "korrespondent", "herausgeber", "mitarbeiter"),
    *("angaben", "bericht", "berichten", "informationen", "ausgabe", "meldung", "website", "webseite", "seite"),
)
"""Words whose genitive a paper or an agency may be."""
_DEGREES = frozenset(["auch", "rund", "etwa", "mehr", "selbst", "sogar", "nur", "knapp"])
ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em", "te", "ten")
FEMININE = ("ung", "heit", "keit", "schaft", "tät", "ion", "agentur", "presse", "behörde", "zeitschrift")


@lru_cache(maxsize=4)
def function_words(language: Language) -> frozenset[str]:
    """Words that are no nouns, verbs or adjectives."""
    lists = ("determiners", "prepositions", "subordinators", "adverbs", "joining", "auxiliaries", "objects")
    return frozenset(language.pronouns).union(*(language.words(name) for name in lists))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Reads noun phrases of one text up to ``last`` (a token index, end of the sentence)."""

    prose: Prose
    last: int

    def lower(self, index: int) -> str:
        return self.prose.tokens[index].lower if index < self.last else ""

    def is_noun(self, index: int) -> bool:
        """A capitalised word that is no small word at the head of a sentence, or a number."""
        if index >= self.last or self.prose.is_quoted(index):
            return False
        token = self.prose.tokens[index]
        if token.text[0].isdigit():
            return True
        if token.is_small:
            # "ai-Bericht", "faz.net"
            return ("-" in token.text and token.text.rpartition("-")[2][:1].isupper()) or "." in token.text[1:-1]
        weekday = token.lower in self.prose.language.words("weekdays")
        return token.is_capital and not weekday and not self.is_function_word(index)

    def is_function_word(self, index: int) -> bool:
        return self.lower(index) in function_words(self.prose.language)

    def is_adjective(self, index: int) -> bool:
        """A small word with an ending that leads to a noun."""
        if index + 1 >= self.last or self.prose.is_quoted(index):
            return False
        token = self.prose.tokens[index]
        if not token.is_small or not token.lower.endswith(ADJECTIVE_ENDINGS) or self.is_function_word(index):
            return False
        following = index + 1
        while following < self.last and self.lower(following) in {",", "und"} and following - index < 2:
            following += 1
        return (
            self.is_noun(following)
            or self._is_weekday(following)
            or self.is_adjective(following)
            or self._title_end(following) is not None
        )

    def is_led_to(self, index: int) -> bool:
        """Whether an article or a preposition leads up to the word: "die beklagte Lücke", not "sagte Franz Jung"."""
        words = self.prose.language.words
        before = index - 1
        while before > 0 and self.lower(before) in words("adverbs"):
            before -= 1
        if before < 0 or self.lower(before) in {"das", "dies"}:
            return False
        return self.lower(before) in words("determiners") | words("prepositions")

    def _title_end(self, index: int) -> int | None:
        """End of a short quotation that begins here, as part of a name."""
        if index >= self.last:
            return None
        quotation = self.prose.quotation_of(index)
        if quotation is None or quotation.start != self.prose.tokens[index].start:
            return None
        end = self.prose.token_from(quotation.end)
        short = end - index - 2 <= MAX_TITLE
        return end if short and self.prose.tokens[end - 2].text not in ".!?," else None

    def read(self, start: int, *, attach: bool = False, join: bool = True) -> int | None:
        """End of the noun phrase that begins at ``start``, None when none does.

        ``attach``: prepositional phrases belong to it too (in front of the verb they do).
        """
        if start >= self.last or (self.prose.is_quoted(start) and self._title_end(start) is None):
            return None
        if self.lower(start) in self.prose.language.pronouns and not self._heads_noun(start):
            return start + 1
        index = self._core(start)
        if index is None:
            return None
        while index < self.last:
            step = self._extension(index, attach=attach, join=join)
            if step is None:
                break
            index = step
        return index

    def _heads_noun(self, index: int) -> bool:
        """ "dieser Mann": a pronoun that is an article here."""
        return self.lower(index) in self.prose.language.words("determiners") and (
            self.is_noun(index + 1) or self.is_adjective(index + 1)
        )

    def _core(self, start: int) -> int | None:
        """Articles, adjectives, nouns, names."""
        index, nouns = start, 0
        while index < self.last:
            title = self._title_end(index)
            if title is not None:
                index, nouns = title, nouns + 1
            elif self.is_noun(index) or (not nouns and index > start and self._is_weekday(index)):
                index, nouns = index + 1, nouns + 1
            elif self._joins_name(index) if nouns else self._leads_to_noun(index, start):
                index += 1
            else:
                break
        return index if nouns else None

    def _is_weekday(self, index: int) -> bool:
        """A day or month: part of a phrase only behind an article or adjective ("vom gestrigen Montag")."""
        return self.lower(index) in self.prose.language.words("weekdays")

    def _leads_to_noun(self, index: int, start: int) -> bool:
        """What may stand in front of the noun."""
        lower = self.lower(index)
        if lower in self.prose.language.words("determiners") or lower in _DEGREES or self.is_adjective(index):
            return True
        return index > start and lower in {",", "und"} and self.is_adjective(index + 1)

    def _joins_name(self, index: int) -> bool:
        """Signs and small words inside a name: van, the dot of an initial, a hyphen."""
        lower = self.lower(index)
        if lower == ".":
            return len(self.prose.tokens[index - 1].text) == 1
        return self._is_particle(index) or (lower in {"-", "&", "/"} and self._touches(index))

    def _touches(self, index: int) -> bool:
        tokens = self.prose.tokens
        joined = tokens[index - 1].end == tokens[index].start or tokens[index].text == "&"
        return joined and index + 1 < self.last and (self.is_noun(index + 1) or tokens[index + 1].is_small)

    def _is_particle(self, index: int) -> bool:
        """A small word of a foreign name between two capitals ("van der Berg")."""
        lower = self.lower(index)
        return lower in {"van", "de", "del", "di", "da", "al", "el", "bin", "ibn", "ben", "la", "le", "dos", "du"} and (
            self.is_noun(index + 1) or self.lower(index + 1) in {"der", "la", "den"}
        )

    def _extension(self, index: int, *, attach: bool, join: bool) -> int | None:
        """What may follow the nouns: a bracket, a genitive, a prepositional phrase, "und" with another phrase."""
        words = self.prose.language.words
        lower = self.lower(index)
        if lower == "(":
            close = next((i for i in range(index, min(self.last, index + MAX_BRACKET)) if self.lower(i) == ")"), None)
            return close + 1 if close is not None else None
        if lower in words("genitive"):
            return None if self._is_told(index) else self._core(index)
        if lower == "von" or lower == "vom" or (attach and lower in words("attach")):
            return self._core(index + 1)
        if join and lower in {"und", "sowie", "oder"}:
            return self._core(index + 1)
        if lower == "," and join and self._is_list(index):
            return self._core(index + 1)
        return None

    def _is_told(self, article: int) -> bool:
        """ "sagte Meier der Zeitung": a dative behind a bare name, not "Redakteur der Zeitung"."""
        words = self.prose.language.words
        if self.lower(article) != "der" or self.lower(article - 1).endswith(OF_A_PAPER):
            return False
        noun = next((i for i in range(article + 1, min(self.last, article + 4)) if self.is_noun(i)), None)
        told = noun is not None and (self.lower(noun) in words("dative_feminine") or self.lower(noun).endswith(PAPERS))
        return told and self.prose.tokens[article - 1].is_capital

    def _is_list(self, comma: int) -> bool:
        """ "A, B und C"."""
        second = self._core(comma + 1)
        return (
            second is not None and self.lower(second) in {"und", "sowie", "oder"} and self._core(second + 1) is not None
        )

    def apposition(self, start: int, end: int) -> int:
        """End of the phrase ``start:end`` with ", der Leiter der Halle," or ", Karl Meier," behind it."""
        if self.lower(end) != ",":
            return end
        second = self.read(end + 1, attach=True, join=False)
        if second is None or self.lower(end + 1) in self.prose.language.pronouns:
            return end
        closes = (
            second >= self.last
            or self.lower(second) in {",", ".", ":", "!", "?", ";", "–"}
            or self.prose.is_quoted(second)
        )
        if not closes or self.is_name(start, end) == self.is_name(end + 1, second):
            return end
        return second

    def is_name(self, start: int, end: int) -> bool:
        """Capitals only, no article: a proper name more likely than a description."""
        tokens = self.prose.tokens[start:end]
        if any(t.lower == "der" and before.lower not in {"von", "van"} for before, t in pairwise(tokens)):
            # "Chef der Bahn", not "Anna von der Heide"
            return False
        bare = [t for t in tokens if t.text not in "().-" and t.lower not in {"van", "de", "von", "der", "al"}]
        return 1 <= len(bare) <= 4 and all(t.is_capital for t in bare) and not self.is_function_word(start)

    def is_nominative(self, phrase: Phrase) -> bool:
        """Whether the phrase can be a subject, by its article and the gender of its noun's ending."""
        start, end = phrase
        lower = self.lower(start)
        if lower == "ihr" and end - start > 1 and self.prose.tokens[start].is_capital:
            # "Ihr Mann nickte": at a sentence's head the owner, not the one spoken to.
            return not self._is_feminine(start, end)
        if lower in self.prose.language.words("not_nominative") or lower in self.prose.language.words("objects"):
            return False
        if lower in {"der", "einer", "dieser", "seiner", "ihrer"} and end - start > 1:
            return not self._is_feminine(start, end)
        return True

    def _is_feminine(self, start: int, end: int) -> bool:
        """ "der Zeitung": the first noun of the phrase has a feminine ending or is known to be one."""
        known = self.prose.language.words("dative_feminine")
        noun = next((t for t in self.prose.tokens[start + 1 : end] if t.is_capital), None)
        if noun is None:
            return False
        return noun.lower.endswith(FEMININE) or noun.lower in known or noun.lower.endswith("zeitung")
