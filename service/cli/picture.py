"""A text with what was found marked in it, then the findings: an extraction for people."""

from collections.abc import Iterator

from rich.text import Text

from service.cli.listing import Screen, say
from service.contracts import Extraction, Mention, Statement

STYLES = {"quote": "on grey23", "speaker": "bold green", "cue": "magenta", "name": "underline"}
INDENT = 14
"""Characters before what belongs to the line above."""


def draw(place: str, extraction: Extraction) -> None:
    screen = Screen()
    article = extraction.article
    heading = Text(place, "bold")
    heading.append(f" · {extraction.language} ({extraction.language_confidence:.2f})", "not bold")
    screen.print(heading)
    provenance = article.provenance
    facts = {
        "title": article.title,
        "author": article.author,
        "agencies": ", ".join(f"{one.name} ({one.actor})" if one.actor else one.name for one in provenance.agencies),
        "source": provenance.original_url,
    }
    for name, value in facts.items():
        if value:
            screen.print(Text(f"{name}: {value}"))
    screen.print()
    screen.print(_marked(extraction))
    screen.print()
    for statement in extraction.statements:
        for told in _told(statement):
            screen.print(told)
    named = [mention for mention in extraction.mentions if mention.actor]
    for mention in named:
        evidence = mention.evidence
        line = (
            f"{evidence.start:>6}–{evidence.end:<6} {evidence.exact}  {mention.actor} ({mention.how}, {mention.kind})"
        )
        screen.print(Text(line))
    say(f"{place}: {len(named)} mentions of actors, {len(extraction.statements)} statements")


def _marked(extraction: Extraction) -> Text:
    text = Text(extraction.article.text)
    for mention in extraction.mentions:
        text.stylize(STYLES["name"], mention.evidence.start, mention.evidence.end)
    for statement in extraction.statements:
        for quote in statement.quote:
            text.stylize(STYLES["quote"], quote.start, quote.end)
        for cue in statement.cue_parts:
            text.stylize(STYLES["cue"], cue.start, cue.end)
        if statement.speaker:
            text.stylize(STYLES["speaker"], statement.speaker.evidence.start, statement.speaker.evidence.end)
    return text


def _told(statement: Statement) -> Iterator[Text]:
    """Who says what, who passed it on, and why the speaker is taken for whom it is."""
    speaker = statement.speaker
    line = Text(f"{statement.type:<13} ")
    line.append(speaker.evidence.exact if speaker else "(nobody named)", STYLES["speaker"])
    if speaker and speaker.actor:
        line.append(f" = {_who(speaker)}")
    if statement.cue_parts:
        line.append(f" {' … '.join(cue.exact for cue in statement.cue_parts)}", STYLES["cue"])
    if statement.strength != "said":
        line.append(f" [{statement.strength}]")
    line.append(f": {' … '.join(quote.exact for quote in statement.quote)}")
    yield line
    if statement.chain:
        links = (f"{link.evidence.exact}{f' = {link.actor}' if link.actor else ''}" for link in statement.chain)
        yield Text(f"{'':{INDENT}}through {', then '.join(links)}")
    if statement.addressee:
        to = statement.addressee
        yield Text(f"{'':{INDENT}}to {to.evidence.exact}{f' = {_who(to)}' if to.actor else ''}")
    if speaker and speaker.reason:
        yield Text(f"{'':{INDENT}}why: {speaker.reason.words}")


def _who(mention: Mention) -> str:
    return f"{mention.actor} ({mention.how}, {mention.confidence:g})"
