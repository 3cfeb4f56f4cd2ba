"""A subscription's rule: a closed, typed tree. Written as YAML or JSON; names are resolved to actor ids when stored.

::

    any:                          # any | all | none, nested freely; several keys in one node must all hold
      - actor: Q485207            # role: mention (default) | speaker | addressee | about
      - pair: [Q232, Q159]        # within: sentence | paragraph | statement | article (default)
    none:
      - source: example.org
"""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from service.contracts.message import Model

Role = Literal["mention", "speaker", "addressee", "about"]
Within = Literal["sentence", "paragraph", "statement", "article"]
Pair = tuple[str, str]

GROUPS = ("all", "any", "none")
ATOMS = ("actor", "pair", "phrase", "language", "source")
MAX_DEPTH, MAX_NODES = 16, 10_000


def _absent(value: object) -> bool:
    return value is None


class Rule(Model):
    """One node: groups (``all``/``any``/``none``) or exactly one atom with its options."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # What a node does not have is not written: a rule is read back as it was given.
    all: tuple["Rule", ...] | None = Field(default=None, exclude_if=_absent)
    any: tuple["Rule", ...] | None = Field(default=None, exclude_if=_absent)
    none: tuple["Rule", ...] | None = Field(default=None, exclude_if=_absent)
    actor: str | None = Field(default=None, min_length=1, exclude_if=_absent)
    role: Role | None = Field(default=None, exclude_if=_absent)
    pair: Pair | None = Field(default=None, exclude_if=_absent)
    within: Within | None = Field(default=None, exclude_if=_absent)
    phrase: str | None = Field(default=None, min_length=1, exclude_if=_absent)
    language: str | None = Field(default=None, min_length=2, exclude_if=_absent)
    source: str | None = Field(default=None, min_length=1, exclude_if=_absent)

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(name for name in GROUPS if getattr(self, name) is not None)

    @property
    def atom(self) -> str | None:
        """Name of the atom this node is, None for a group."""
        return next((name for name in ATOMS if getattr(self, name) is not None), None)

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        atoms = [name for name in ATOMS if getattr(self, name) is not None]
        if self.groups and atoms:
            raise ValueError(f"a node is a group or an atom, not both ({', '.join([*self.groups, *atoms])})")
        if not self.groups and len(atoms) != 1:
            raise ValueError(f"a node needs any, all, none or exactly one of {', '.join(ATOMS)}")
        for name in self.groups:
            if not getattr(self, name):
                raise ValueError(f"{name} is empty")
        if self.role is not None and self.actor is None:
            raise ValueError("role goes with actor")
        if self.within is not None and self.pair is None:
            raise ValueError("within goes with pair")
        if self.pair is not None and self.pair[0] == self.pair[1]:
            raise ValueError("a pair needs two different actors")
        return self

    def nodes(self, path: str = "", depth: int = 0) -> "Iterator[tuple[str, Rule, int]]":
        """This node and all below it as (path, node, depth); paths read ``any[0].none[1]``, the root is ""."""
        yield path, self, depth
        for name in self.groups:
            for index, child in enumerate(getattr(self, name)):
                step = f"{name}[{index}]"
                yield from child.nodes(f"{path}.{step}" if path else step, depth + 1)

    def has_positive(self) -> bool:
        """Whether a match needs something to be there: a rule of absences alone would match nearly everything."""
        if self.atom:
            return True
        positive_any = self.any is not None and all_positive(self.any)
        positive_all = self.all is not None and any_positive(self.all)
        return positive_any or positive_all


def all_positive(rules: "tuple[Rule, ...]") -> bool:
    return all(rule.has_positive() for rule in rules)


def any_positive(rules: "tuple[Rule, ...]") -> bool:
    return any(rule.has_positive() for rule in rules)
