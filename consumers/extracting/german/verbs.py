"""The forms of a verb from a shorthand: weak verbs by rule, others from their third person, past and participle."""

UNSTRESSED = ("be", "ge", "er", "ver", "zer", "ent", "emp", "miss", "unter", "wider", "hinter", "über")
"""Prefixes that take no ge- in the participle. (Those that may be stressed are written out in the data.)"""


def expand(lemma: str, forms: str) -> list[tuple[str, str]]:
    """Forms of ``lemma`` ("an|geben") with their kind; see ``languages/de.yaml`` for the shorthand.

    A separable verb has finite forms with a gap ("gab~an"), joined ones for subordinate clauses ("angab"), the
    participle "angegeben" and the infinitive "anzugeben". The reporting mood ("gebe") is among the finite ones.
    """
    if "~" in forms or "_" in lemma:
        return [(form.replace("_", " "), "finite") for form in forms.split()]
    prefix, _, verb = lemma.rpartition("|")
    third, past, participle = _principal(verb, forms, separable=bool(prefix))
    stem = _stem(verb)
    finite = {third, past, stem + "e", verb, *_past_plural(past)}
    if not prefix:
        found = [(form, "finite") for form in finite]
        return [*found, (participle, "participle"), (verb, "infinitive")]
    found = [(f"{form}~{prefix}", "finite") for form in finite]
    found += [(prefix + form, "joined") for form in finite]
    return [*found, (prefix + participle, "participle"), (f"{prefix}zu{verb}", "infinitive")]


def _stem(verb: str) -> str:
    if verb.endswith(("ern", "eln")):
        return verb[:-1]
    return verb.removesuffix("en") if verb.endswith("en") else verb.removesuffix("n")


def _principal(verb: str, forms: str, *, separable: bool) -> tuple[str, str, str]:
    if forms:
        parts = forms.split()
        return parts[0], parts[1] if len(parts) > 1 else parts[0], parts[2] if len(parts) > 2 else parts[-1]
    stem = _stem(verb)
    e = "e" if stem.endswith(("t", "d", "chn", "ffn", "gn", "tm", "dn")) else ""
    without_ge = verb.endswith("ieren") or any(verb.startswith(p) and len(verb) > len(p) + 3 for p in UNSTRESSED)
    participle = f"{stem}{e}t" if without_ge else f"ge{stem}{e}t"
    return f"{stem}{e}t", f"{stem}{e}te", participle


def _past_plural(past: str) -> list[str]:
    return [past + "n" if past.endswith("e") else past + "en"]
