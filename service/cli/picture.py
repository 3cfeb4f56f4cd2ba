"""A text with what was found marked in it, then the findings: an extraction for people."""

from rich.text import Text

from service.cli.listing import Screen, say
from service.contracts import Extraction, Statement

STYLES = {"quote": "on grey23", "speaker": "bold green", "cue": "magenta", "name": "underline"}


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
        screen.print(_told(statement))
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


def _told(statement: Statement) -> Text:
    speaker = statement.speaker
    line = Text(f"{statement.type:<13}")
    line.append(speaker.evidence.exact if speaker else "(nobody named)", STYLES["speaker"])
    if speaker and speaker.actor:
        line.append(f" = {speaker.actor} ({speaker.how})")
    if statement.cue_parts:
        line.append(f" {' … '.join(cue.exact for cue in statement.cue_parts)}", STYLES["cue"])
    line.append(f": {' … '.join(quote.exact for quote in statement.quote)}")
    return line
