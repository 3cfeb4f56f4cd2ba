"""Why a name, a short form or a title that was found is whom it is taken for, in words.

Made when asked for: of most mentions nobody asks.
"""

from bisect import bisect_left

from consumers.extracting.names.find import Reading
from consumers.extracting.names.grammar import Named, Titled
from consumers.extracting.names.hits import Hit
from consumers.extracting.prose import Prose
from service.actors import Actor, Office
from service.contracts import Evidence, Mention, Resolution


class Grounds:
    """The reasons of one text's mentions."""

    def __init__(self, prose: Prose, reading: Reading) -> None:
        self.prose, self.text, self.reading = prose, prose.text, reading
        self._named = {(name.start, name.end): name for name in reading.named}
        self._titled = {(found.start, found.end): found for found in reading.titled}
        self._full: dict[str, list[Named]] = {}
        for name in reading.named:
            if name.form.strength == "full":
                self._full.setdefault(name.actor.id, []).append(name)

    def of(self, mention: Mention) -> Resolution:
        """The reason of one of the reading's mentions."""
        place = (mention.evidence.start, mention.evidence.end)
        if mention.how == "title" and place in self._titled:
            return self.of_title(self._titled[place])
        return self.of_name(self._named[place])

    def of_name(self, name: Named) -> Resolution:
        """Why a name is whose it is."""
        strength, form = name.form.strength, name.form
        if strength == "surname":
            return self._surname(name)
        if strength == "short":
            return self._short(name)
        if strength == "demonym":
            return Resolution(code="demonym", words=f"demonym of {name.actor.label()} ({form.why})")
        told = form.why.removeprefix("label").removeprefix("full name").strip()
        made = ", ".join(part for part in (told, "" if form.rule == "as written" else form.rule) if part)
        return Resolution(code="name", words=f"name of {name.actor.label()}" + (f" ({made})" if made else ""))

    def _surname(self, name: Named) -> Resolution:
        person, support = name.actor, self.reading.support
        hit = Hit(name.start, name.end, ())
        full = self.full_name(person.id, name.start)
        if full is not None:
            near = "surname after" if full.start < name.start else "surname; in full:"
            return Resolution(code="surname", words=f"{near} {self.quoted(full)}", evidence=full)
        title = support.title_before(hit)
        if title is not None and support.holds(person, title):
            before = Evidence.of(self.text, title.start, title.end)
            words = f"surname of {person.label()} after a title of theirs, {self.quoted(before)}"
            return Resolution(code="surname_title", words=words, evidence=before)
        if person.id in self.reading.words.rules.known:
            return Resolution(code="surname_known", words=f"surname that alone means {person.label()}")
        of = next((o.of for o in person.offices if o.of in support.evidence.touched), None)
        place = f", who held office in {support.catalogue.get(of).label()}, which the text names" if of else ""
        return Resolution(code="surname_office", words=f"surname alone of {person.label()}{place}")

    def _short(self, name: Named) -> Resolution:
        actor = name.actor
        what = f"short form of {actor.label()}"
        full = self.full_name(actor.id, name.start)
        if full is not None:
            return Resolution(code="short_form", words=f"{what}; in full: {self.quoted(full)}", evidence=full)
        exact = self.text[name.start : name.end]
        if exact in self.reading.words.rules.standing:
            return Resolution(code="short_form_known", words=f"{what}, known without its full name")
        if actor.type == "agency":
            return Resolution(code="short_form_source", words=f"{what}, where the text names its sources")
        return Resolution(
            code="short_form_context", words=f"{what}; {self.backing(actor) or 'nothing speaks against it'}"
        )

    def backing(self, actor: Actor) -> str:
        """What in the text belongs to ``actor``, "" for nothing."""
        support = self.reading.support
        if actor.id in support.evidence.touched:
            return "the text names what belongs to it"
        if actor.parent is not None and actor.parent in support.evidence.named:
            return f"the text names {support.catalogue.get(actor.parent).label()}, which it belongs to"
        members = [member for member in actor.members if member in support.evidence.touched]
        if members:
            return f"the text names its members {', '.join(support.catalogue.get(one).label() for one in members[:3])}"
        return "the text names who governs it" if actor.kind == "country" and support.is_governed(actor) else ""

    def of_title(self, found: Titled) -> Resolution:
        """Which office a title with its place stands for."""
        title = self.text[found.title.start : found.title.end]
        office = office_of(found, self.reading)
        held = self.held(office) if office else f"an office of {found.person.label()}"
        beside = next(
            (n for n in self.reading.named if n.how == "demonym" and found.start <= n.start and n.end <= found.end),
            None,
        )
        if beside is not None:
            words = f"demonym and title: {held}"
        elif found.place:
            words = f"office: {held}"
        else:
            words = f"“{title}”, a title of one office only: {held}"
        return Resolution(code="office", words=words)

    def held(self, office: Office) -> str:
        """ "foreign minister of Russia, in office 2004–"."""
        role = office.role.replace("_", " ")
        place = self.reading.support.catalogue.get(office.of).label()
        role = f"head of {place}" if office.role == "head_of_organisation" else f"{role} of {place}"
        return f"{role}, in office {office.since.year}–{office.until.year if office.until else ''}"

    def full_name(self, actor_id: str, start: int) -> Evidence | None:
        """The actor's full name nearest before ``start``, else the first one behind it."""
        full = self._full.get(actor_id)
        if not full:
            return None
        name = full[max(0, bisect_left(full, start, key=lambda name: name.start) - 1)]
        return Evidence.of(self.text, name.start, name.end)

    def quoted(self, evidence: Evidence) -> str:
        """ "“Wladimir Putin” in sentence 1"."""
        sentence = self.prose.sentence_at(evidence.start)
        return f"“{evidence.exact}”" + (f" in sentence {sentence.index + 1}" if sentence else "")


def office_of(found: Titled, reading: Reading) -> Office | None:
    """The office of a titled person that its title names on the text's day."""
    day = reading.support.at
    own = {title.office[1] for title in found.title.titles if title.office and title.office[0] == found.person.id}
    roles = {title.role for title in found.title.titles if title.office is None}
    held = [(index, office) for index, office in enumerate(found.person.offices) if office.held_on(day)]
    held = [(index, office) for index, office in held if not found.place or office.of == found.place]
    return next((office for index, office in held if index in own or office.role in roles), None)
