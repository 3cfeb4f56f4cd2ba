"""Articles written with their mentions in the text: ``[Kasachstan|Q232]``, ``[russischen|Q159|demonym]``."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, cast

from service.contracts import Article, Evidence, Extraction, How, Mention, SourceRef, Statement, content_id

AT = datetime(2026, 5, 20, 12, tzinfo=UTC)
_MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)(?:\|([a-z]+))?\]")


def written(
    marked: str,
    *,
    title: str | None = None,
    statements: Sequence[tuple[str, str | None, str | None]] = (),
    language: str = "de",
    url: str | None = None,
    source: SourceRef | None = None,
    **fields: Any,
) -> Extraction:
    """``statements`` are (quote, speaker as in the text, speaker's actor)."""
    text, spans, at = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        spans.append((len(text), len(text) + len(found[1]), found[2], cast("How", found[3] or "name")))
        text += found[1]
        at = found.end()
    text += marked[at:]
    article = Article(
        id=content_id("article", text, title, url, source.id if source else None),
        first_seen_at=AT,
        title=title,
        text=text,
        language=language,
        url=url,
        source=source,
        **fields,
    )
    mentions = tuple(
        Mention(evidence=Evidence.of(text, start, end), kind="place", actor=actor, how=how)
        for start, end, actor, how in spans
    )
    return Extraction(
        id=content_id("extraction", article.id),
        first_seen_at=AT,
        language=language,
        article=article,
        mentions=mentions,
        statements=tuple(_statement(text, *one, mentions) for one in statements),
    )


def _statement(text: str, quote: str, speaker: str | None, actor: str | None, mentions: Sequence[Mention]) -> Statement:
    start = text.index(quote)
    piece = Evidence.of(text, start, start + len(quote))
    inside = (one for one in mentions if piece.start <= one.evidence.start and one.evidence.end <= piece.end)
    who = None
    if speaker is not None:
        begin = text.index(speaker)
        evidence = Evidence.of(text, begin, begin + len(speaker))
        who = Mention(evidence=evidence, kind="person", actor=actor, how="title")
    about = tuple(dict.fromkeys(one.actor for one in inside if one.actor))
    return Statement(quote=(piece,), type="direct", speaker=who, about=about)
