"""Which news agencies an article cites: in credits, datelines and closing brackets, and after words of reporting.

Only these places are read: "Reuters" in the middle of a sentence may be what the sentence is about.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from consumers.fetching.words import either
from service.actors import Actor, load_catalogue
from service.contracts import AgencyCredit, Region

HEAD = 160
"""Characters at the beginning in which a dateline is looked for."""
PROSE = 30_000
"""Characters of prose in which words of reporting are looked for."""
LEAD = 120
"""Characters before a name in which words of reporting lead to it."""
MOST = 20
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）\n]{2,80})[)\]）]|(?<!\S)/([^/\n]{2,40})/")
_LIST = re.compile(r"\s*(?:,|;|/|\||\bund\b|\band\b|\bet\b|\bи\b|\bта\b|\bvà\b|\by\b|、)\s*")


class Agencies:
    """Agencies by every name and short form; ``actors``: those of the catalogue, others are passed over."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._forms: dict[str, dict[str, set[str]]] = {}
        for actor in actors:
            if actor.type == "agency":
                for names in (actor.names, actor.short):
                    for language, forms in names.items():
                        for form in forms:
                            self._forms.setdefault(form, {}).setdefault(actor.id, set()).add(language)
        one = _any_of(sorted(self._forms, key=len, reverse=True))
        # Russian and Ukrainian decline them: "Казинформа". Case counts, since "ap" and "trend" are words.
        self._names = re.compile(rf"(?<![\w])({one})(?:[аеуыоюі]м?)?(?![\w])")
        self._plain = re.compile(rf"(?<![\w]){one}")
        told, link = either("reporting"), either("agency")
        self._led = re.compile(rf"(?i:\b(?:{told})(?:\s+(?:{link})){{0,3}})[\s«\"„“]{{1,3}}\Z")
        # "Nachrichtenagentur ANSA" is a name, too.
        self._linked = re.compile(rf"(?i:(?:{link})\s+)+({one})")
        self._teller = re.compile(rf"({one})[»\"“”]?\s+(?i:(?:{told})\b)")
        # "新华社阿斯塔纳6月3日电", "【法新社巴黎5日電】"
        self._wired = re.compile(rf"\W{{0,3}}({one})[^\n。，]{{0,40}}?[电電讯訊]")
        self._credited = re.compile(rf"\((?:{either('credited')})\s+([^()]{{2,100}})\)", re.IGNORECASE)

    def who(self, name: str, language: str) -> str | None:
        """Id of the agency called ``name``; a short form that several have means the one of ``language``."""
        actors = self._forms.get(name, {})
        if len(actors) > 1:
            actors = {actor: languages for actor, languages in actors.items() if language in languages}
        return next(iter(actors)) if len(actors) == 1 else None

    def cited(
        self, text: str, language: str, regions: Iterable[Region], author: str | None
    ) -> tuple[AgencyCredit, ...]:
        """In order of their place in the text; each once, as first written."""
        found: dict[str, AgencyCredit] = {}
        for _, name in sorted(self._all(text, regions)):
            actor = self.who(name, language)
            found.setdefault(actor or name, AgencyCredit(name=name, actor=actor))
        for match in self._names.finditer(author or ""):
            actor = self.who(match[1], language)
            found.setdefault(actor or match[1], AgencyCredit(name=match[1], actor=actor))
        return tuple(found.values())[:MOST]

    def _all(self, text: str, regions: Iterable[Region]) -> Iterator[tuple[int, str]]:
        for region in regions:
            line = text[region.start : region.end]
            if region.kind == "credit":
                for match in self._names.finditer(line):
                    yield region.start + match.start(1), match[1]
                if "/" in line and " " not in line:
                    # "ats/afp": signs of agencies, written small.
                    for match in re.finditer(r"\w+", line):
                        if match[0].upper() in self._forms:
                            yield region.start + match.start(), match[0].upper()
                yield from self._unknown(line, region.start)
            elif region.kind in ("source", "caption"):
                # "Quelle: TASS" is a credit; the name inside of an address is not.
                for match in self._names.finditer(re.sub(r"\S*[./]\S*\.\S*", lambda m: " " * len(m[0]), line)):
                    if region.kind == "source":
                        yield region.start + match.start(1), match[1]
        for start, end in ((0, min(len(text), HEAD)), (max(0, len(text) - HEAD), len(text))):
            for bracket in _BRACKETS.finditer(text, start, end):
                inside = bracket[1] or bracket[2]
                if any(self._names.fullmatch(part) for part in _LIST.split(inside.strip())):
                    for match in self._names.finditer(inside):
                        yield bracket.start() + 1 + match.start(1), match[1]
        # "ТАШКЕНТ, 20 мая – РИА Новости." or "ASTANA, Kazinform – The president …"
        for dash in re.finditer(r"\s[–—-]\s", text[:HEAD]):
            after, before = self._names.match(text, dash.end()), text[: dash.start()]
            if after and text[after.end() : after.end() + 1] in (".", ":", "\n", ""):
                yield after.start(1), after[1]
            named = [match for match in self._names.finditer(before) if match.end() == len(before.rstrip(" ."))]
            if named and len(before) < HEAD // 2:
                yield named[-1].start(1), named[-1][1]
        if wired := self._wired.match(text):
            yield wired.start(1), wired[1]
        for name in self._plain.finditer(text, 0, PROSE):
            bare = self._linked.match(text, name.start())
            start = bare.start(1) if bare else name.start()
            teller = self._teller.match(text, start, PROSE)
            if teller is None and self._led.search(text, max(0, start - LEAD), start):
                teller = self._names.match(text, start, PROSE)
            if teller:
                yield start, teller[1]

    def _unknown(self, line: str, start: int) -> Iterator[tuple[int, str]]:
        """Names in "(Laut A, B)" that the catalogue does not have: cited all the same."""
        for credit in self._credited.finditer(line):
            for part in _LIST.split(credit[1]):
                name = part.strip(" .")
                if name and name[0].isupper() and len(name.split()) <= 4 and not self._names.search(name):
                    yield start + line.index(name), name


def _any_of(names: Sequence[str]) -> str:
    """Alternatives, the earlier before the later, by their first characters: of hundreds few are tried at a place."""
    by_first: dict[str, list[str]] = {}
    for name in names:
        by_first.setdefault(name[0], []).append(re.escape(name[1:]))
    if not by_first:
        return r"(?!)"
    groups = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return rf"(?=[{re.escape(''.join(by_first))}])(?:{'|'.join(groups)})"


@cache
def shipped_agencies() -> Agencies:
    """Those of the catalogue that ships with wirewatch."""
    return Agencies(load_catalogue())
