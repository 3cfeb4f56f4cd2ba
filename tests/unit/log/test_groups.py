"""Who of a group gets which partition."""

from hypothesis import given
from hypothesis import strategies as st

from service.log.groups import assign
from service.log.records import TopicPartition

MEMBERS = st.dictionaries(st.sampled_from("mnopqrs"), st.frozensets(st.sampled_from("abc"), min_size=1), max_size=6)
PARTITIONS = st.fixed_dictionaries(dict.fromkeys("abc", st.integers(1, 8)))


@given(MEMBERS, PARTITIONS, st.data())
def test_every_partition_that_somebody_reads_has_one_owner_and_shares_are_even(
    members: dict[str, frozenset[str]], partitions: dict[str, int], data: st.DataObject
) -> None:
    sources = [TopicPartition(topic, n) for topic, count in partitions.items() for n in range(count)]
    owner = st.sampled_from([*members, "gone"])
    owners = data.draw(st.dictionaries(st.sampled_from(sources), owner))
    wanted = assign(members, partitions, owners)
    assert wanted.keys() == {s for s in sources if any(s.topic in topics for topics in members.values())}
    for topic in partitions:
        readers = [member for member, topics in members.items() if topic in topics]
        shares = [sum(owner == reader for s, owner in wanted.items() if s.topic == topic) for reader in readers]
        assert max(shares, default=0) - min(shares, default=0) <= 1
    assert all(source.topic in members[owner] for source, owner in wanted.items())
    assert assign(members, partitions, wanted) == wanted, "what is even stays as it is"


@given(st.integers(1, 32), st.integers(1, 8))
def test_a_newcomer_takes_only_its_share(partitions: int, members: int) -> None:
    topics = {f"m{n}": frozenset("a") for n in range(members)}
    before = assign(topics, {"a": partitions}, {})
    after = assign({**topics, "new": frozenset("a")}, {"a": partitions}, before)
    moved = [source for source in before if before[source] != after[source]]
    assert all(after[source] == "new" for source in moved)


def test_single_partitions_of_many_topics_spread_over_the_members() -> None:
    topics = frozenset("abcd")
    wanted = assign({"m": topics, "n": topics}, dict.fromkeys("abcd", 1), {})
    assert sorted(wanted.values()) == ["m", "m", "n", "n"]
