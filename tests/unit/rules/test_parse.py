import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from service.contracts import Rule
from service.errors import ConfigError, NotFound
from service.rules import parse_rule, parse_tree

ACTORS = {"Kazakhstan": "Q232", "Казахстан": "Q232", "Russia": "Q159", "SCO": "Q485207"}


def resolve(name: str) -> str:
    if name in ACTORS.values():
        return name
    if name not in ACTORS:
        raise NotFound(f'no actor "{name}"; near: Kazakhstan')
    return ACTORS[name]


def test_yaml_with_names_becomes_a_rule_with_ids() -> None:
    rule = parse_rule(
        """
        any:                # the SCO, or both countries
          - actor: SCO
            role: speaker
          - pair: [Казахстан, Russia]
            within: sentence
        none:
          - source: example.org
        """,
        resolve,
    )
    assert rule == Rule(
        any=(Rule(actor="Q485207", role="speaker"), Rule(pair=("Q232", "Q159"), within="sentence")),
        none=(Rule(source="example.org"),),
    )


def test_json_is_taken_too() -> None:
    assert parse_rule('{"phrase": "Шанхай \\ud83d\\ude00"}', resolve) == Rule(phrase="Шанхай 😀")


def test_values_are_text_whatever_yaml_thinks_of_them() -> None:
    rule = parse_rule("all: [{language: no}, {phrase: 2024}, {actor: SCO}]", resolve)
    assert rule.all is not None
    assert [node.language or node.phrase or node.actor for node in rule.all] == ["no", "2024", "Q485207"]


def test_text_is_composed() -> None:
    assert parse_rule("phrase: 'Cafe\u0301'", resolve).phrase == "Café"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("SCO", '"SCO" is no node'),
        ("actr: SCO", 'unknown key "actr"; did you mean "actor"'),
        ("xyzzy: SCO", "expected one of all, any, none"),
        ("any:\n  - actor: Atlantis", r'any\[0\].actor: no actor "Atlantis"; near: Kazakhstan'),
        ("any:\n  - all:\n    - pair: [SCO]", r'any\[0\].all\[0\].pair: "\[\'SCO\'\]" is no pair'),
        ("pair: [Kazakhstan, Q232]", "two different actors"),
        ("actor: {id: SCO}", "actor: .* where one piece of text is expected"),
        ("any: {actor: SCO}", "any: .* is no list"),
        ("any: []", "any is empty"),
        ("actor: SCO\nphrase: x", "exactly one of"),
        ("actor: SCO\nrole: author", "expected one of mention, speaker"),
        ("pair: [SCO, Russia]\nwithin: page", "expected one of sentence, paragraph"),
        ("phrase: x\nwithin: sentence", "within goes with pair"),
        ("language: german", "no language code"),
        ("phrase: '…'", "no letter or digit"),
        ("none:\n  - actor: SCO", "needs one positive atom"),
        ("actor: SCO\nactor: Russia", "stands twice"),
        ("any: [actor: SCO", r"line \d, column"),
        ("any:\n  - &a {actor: SCO}\n  - *a", "line 2: anchors and aliases"),
        ("{" * 200, "nested deeper"),
        ('{"any":[' * 900 + "]}" * 900, "nested deeper"),
        ("[" * 100_000, "nest"),
        ("phrase: " + "x" * 2000, "2000 characters"),
        ("#" * 300_000, "300000 bytes"),
        ('{"phrase": "\\ud800"}', "surrogate"),
        ("? [a]\n: b", "a key must be a word"),
        ("actor: \x00", "rule: "),
        ("!!python/object:os.system {}", "needs any, all, none"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_its_place(text: str, says: str) -> None:
    with pytest.raises(ConfigError, match=says) as caught:
        parse_rule(text, resolve)
    assert "\n" not in str(caught.value)


def test_a_rule_has_a_bounded_number_of_nodes() -> None:
    with pytest.raises(ConfigError, match="more than 10000 nodes"):
        parse_tree({"any": [{"phrase": "x"}] * 10_001}, resolve)


@given(
    st.recursive(
        st.none() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["any", "all", "none", "actor", "pair", "phrase", "role", "x"]), inner)
        ),
    )
)
def test_any_tree_is_a_rule_or_a_clear_error(tree: object) -> None:
    try:
        rule = parse_tree(tree, resolve)
    except ConfigError:
        return
    again = json.loads(rule.model_dump_json(exclude_none=True))
    assert parse_tree(again, resolve) == rule
    assert parse_rule(yaml.safe_dump(again), resolve) == rule
