"""The index finds exactly what trying every rule on every document finds, and what a plain reading of the rule says."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.matching import Facts, compile_rules, explain, match
from service.contracts import Channels, Extraction, Rule, SourceRef
from service.rules import new_subscription
from tests.unit.matching.article_maker import written

AT = datetime(2026, 5, 20, tzinfo=UTC)
ACTORS = ("Q1", "Q2", "Q3", "Q4")
WORDS = ("alpha", "Straße", "дом", "上", "合", "U.S.", "x")

actors = st.sampled_from(ACTORS)
atoms = st.one_of(
    st.builds(Rule, actor=actors, role=st.sampled_from([None, "mention", "speaker", "addressee", "about"])),
    st.builds(
        Rule,
        pair=st.lists(actors, min_size=2, max_size=2, unique=True).map(tuple),
        within=st.sampled_from([None, "sentence", "paragraph", "statement", "article"]),
    ),
    st.builds(Rule, phrase=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)),
    st.builds(Rule, language=st.sampled_from(["de", "ru"])),
    st.builds(Rule, source=st.sampled_from(["a.example", "example", "b.example", "Name"])),
)


def groups(children: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    some = st.lists(children, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Rule, all=some),
        st.builds(Rule, any=some),
        st.builds(Rule, any=some, none=some),
        st.builds(Rule, all=some, any=some),
    )


rules = st.recursive(atoms, groups, max_leaves=8).filter(Rule.has_positive)


@st.composite
def articles(draw: st.DrawFn) -> Extraction:
    hows = st.sampled_from(["name", "demonym", "title", "pronoun"])
    mention = st.tuples(actors, hows).map(lambda pair: f"[N{pair[0]}|{pair[0]}|{pair[1]}]")
    piece = st.one_of(mention, st.sampled_from([*WORDS, "reden. Dann", "\n"]))
    before, said, after = (draw(st.lists(piece, max_size=5)) for _ in range(3))
    inside = " ".join([*said, "gesagt"])
    plain = inside
    for actor in ACTORS:
        for how in ("name", "demonym", "title", "pronoun"):
            plain = plain.replace(f"[N{actor}|{actor}|{how}]", f"N{actor}")
    host = draw(st.sampled_from(["a.example", "www.b.example"]))
    return written(
        " ".join(["Sprecher:", *before, inside, *after]),
        title=draw(st.sampled_from([None, *WORDS])),
        language=draw(st.sampled_from(["de", "ru"])),
        source=SourceRef(id="s", url=f"https://{host}/feed", name="Name"),
        statements=[(plain, "Sprecher", draw(st.sampled_from([*ACTORS, None])))],
    )


@settings(max_examples=200, deadline=None)
@given(st.lists(rules, max_size=12), st.lists(articles(), min_size=1, max_size=3))
def test_the_index_equals_trying_every_rule(given_rules: list[Rule], documents: list[Extraction]) -> None:
    subscriptions = [new_subscription(f"s{number}", rule, Channels(), AT) for number, rule in enumerate(given_rules)]
    compiled = compile_rules(subscriptions)
    for document in documents:
        tried = {one.id: explain(one.rule, Facts(document)) for one in subscriptions}
        found = {one.subscription_id: one.reasons for one in match(document, compiled)}
        assert found == {key: reasons for key, reasons in tried.items() if reasons is not None}


@settings(max_examples=200, deadline=None)
@given(rules, articles())
def test_an_explanation_proves_itself(rule: Rule, document: Extraction) -> None:
    facts = Facts(document)
    reasons = explain(rule, facts)
    assert (reasons is not None) == plainly(rule, facts)
    nodes = {path: node for path, node, _ in rule.nodes()}
    for reason in reasons or ():
        path, _, atom = reason.rule.rpartition(".")
        assert nodes[path].atom == atom
        if reason.evidence:
            assert reason.evidence.holds(document.article.text)
        if reason.actor:
            assert reason.actor in (nodes[path].pair or (nodes[path].actor,))


def plainly(rule: Rule, facts: Facts) -> bool:
    if rule.atom:
        return bool(facts.holds(rule))
    return (
        all(plainly(child, facts) for child in rule.all or ())
        and (rule.any is None or any(plainly(child, facts) for child in rule.any))
        and not any(plainly(child, facts) for child in rule.none or ())
    )


def test_equal_rules_are_kept_once() -> None:
    rule = Rule(any=(Rule(actor="Q1"), Rule(actor="Q2")))
    compiled = compile_rules([new_subscription(f"s{number}", rule, Channels(), AT) for number in range(1000)])
    assert len(compiled.rules) == 1
    assert len(match(written("[N|Q2]"), compiled)) == 1000


def test_the_rarest_atom_leads_to_a_rule() -> None:
    rule = Rule(all=(Rule(actor="Q1"), Rule(actor="Q2"), Rule(language="de")))
    subscription = new_subscription("s", rule, Channels(), AT)
    assert set(compile_rules([subscription], {("mention", "Q2"): 0.4}).index) == {("mention", "Q1")}
    assert set(compile_rules([subscription], {("mention", "Q1"): 0.4}).index) == {("mention", "Q2")}
