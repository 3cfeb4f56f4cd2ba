"""Whether the form of a verb of saying is a verb where it stands, or a noun, a passive, an infinitive."""

from consumers.extracting.cues import Cue
from consumers.extracting.prose import Prose
from consumers.extracting.sources import phrase_at
from consumers.extracting.svo.phrases import names_only
from consumers.extracting.svo.words import Words

MAX_BACK = 8
"""Tokens between a plural noun and its verb."""


def is_verb_here(prose: Prose, words: Words, cue: Cue, first: int, helping: set[str]) -> bool:
    """Not a noun ("the claim", "her reports"), not passive ("was told"), not an infinitive that nobody governs."""
    kind = cue.form.kind
    token = prose.tokens[cue.first]
    if phrase_at(prose, cue.first, len(prose.tokens), "not_cues") > cue.head_end - cue.first:
        return False
    if (helping & words.infinitive and not cue.takes("bare")) or (
        token.is_capital and not _may_be_capital(prose, cue.first)
    ):
        return False
    before = prose.tokens[first - 1] if first else None
    verbal = token.lower in words.language.words("only_verbs")
    if kind == "base" and not helping:
        plural = before is not None and _plural(prose, words, first - 1)
        if not plural and not (verbal and _plural_before(prose, words, first - 1)):
            return False
    if (
        kind == "finite"
        and not verbal
        and token.lower.endswith("s")
        and not helping
        and before is not None
        and (
            before.is_small
            and before.lower.endswith("s")
            and not before.lower.endswith("ss")
            and not words.is_adverb(before)
        )
    ):
        return False
    if kind == "participle" and helping & words.language.words("passive") and not cue.takes("passive"):
        return False
    if kind != "gerund" and first == cue.first and before is not None:
        # "a bank, which warned that": a relative pronoun, and no article as in "which claim".
        relates = before.lower in words.relatives and kind != "base" and not token.lower.endswith("s")
        if (
            before.lower in words.determiners - words.joining
            and before.lower not in words.language.pronouns
            and not relates
        ):
            return False
        pair = f"{prose.tokens[first - 2].lower} {before.lower}"
        time = pair in words.language.words("subject_ends")
        # "Fed tuần trước dự báo": the second word of a time may be a preposition elsewhere.
        if (before.lower in words.prepositions and not time) or before.lower.endswith(("’s", "'s")):
            return False
        lists = words.language.words
        plain = before.is_small or _may_be_capital(prose, first - 1)
        if plain and before.lower in lists("noun_makers") and pair not in lists("relays") | lists("not_noun_makers"):
            # "nhà phân tích", an analyst; but "được TTXVN dẫn lời đề nghị", "Thế giới cho biết"
            return False
    following = prose.tokens[cue.last] if cue.last < len(prose.tokens) else None
    agent = following is not None and following.lower in words.language.words("by")
    return not (kind == "participle" and agent and not cue.takes("direct"))


def _may_be_capital(prose: Prose, index: int) -> bool:
    """Whether a capital says nothing here: at the head of a sentence or a paragraph, after a quotation."""
    if not index:
        return True
    token, before = prose.tokens[index], prose.tokens[index - 1]
    sentence = prose.sentence_at(token.start)
    # "LOS VECINOS PIDEN AGUA"
    shouted = min(len(token.text), len(before.text)) > 2 and token.text.isupper() and before.text.isupper()
    return shouted or not before.is_word or (sentence is not None and sentence.first == index)


def _plural(prose: Prose, words: Words, index: int) -> bool:
    """Whether a base form may follow: "they say", "officials say", "Smith and Jones say", "47 % say"."""
    token = prose.tokens[index]
    word = token.lower
    if word in words.language.pronouns:
        return "p" in words.language.pronouns[word] or word in words.relatives
    if word in words.language.words("plurals") or not token.is_word:
        return True
    if word.endswith("s") and not word.endswith(("ss", "’s", "'s")):
        return True
    sentence = prose.sentence_at(token.start)
    return token.is_capital and (
        any(t.lower in words.joining for t in prose.tokens[max(0, index - 4) : index])
        or (sentence is not None and names_only(prose, sentence.first, index + 1))
    )


def _plural_before(prose: Prose, words: Words, index: int) -> bool:
    """ "Officials in Kyiv say": the noun before the preposition is the one that speaks."""
    for at in range(index - 1, max(0, index - MAX_BACK), -1):
        token, before = prose.tokens[at], prose.tokens[at - 1]
        if not token.is_word or prose.is_quoted(at) or words.is_verb(token):
            return False
        if token.lower in words.of:
            noun = before.lower.endswith("s") and not before.lower.endswith(("ss", "’s", "'s", "us", "is"))
            return noun or before.lower in words.language.words("plurals")
    return False
