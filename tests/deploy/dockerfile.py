"""A Dockerfile read, and its stages made into folders by running their very commands, where no engine is at hand.

The base image is stood in for by this machine's own system and Python, mounted read-only where the image has them.
"""

import json
import os
import re
import shlex
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.deploy.jail import Jail

OPTION = re.compile(r"--(\w+)=(\S+)\s+")


@dataclass(frozen=True)
class Instruction:
    """``options``: ``--name=value`` in front of the arguments."""

    name: str
    options: Mapping[str, str]
    arguments: str


@dataclass
class Image:
    """A stage that was made: its folder and what a container of it would be started with."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: str = "0:0"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)
    exposed: list[str] = field(default_factory=list)


def instructions(text: str) -> list[Instruction]:
    """Every instruction, continued lines joined, comments left out."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    found = []
    for whole in "\n".join(lines).replace("\\\n", " ").splitlines():
        if not whole.strip():
            continue
        name, _, rest = whole.strip().partition(" ")
        options, rest = {}, rest.strip()
        while match := OPTION.match(rest):
            options[match[1]], rest = match[2], rest[match.end() :]
        found.append(Instruction(name.upper(), options, rest))
    return found


def stages(text: str) -> dict[str, tuple[str, list[Instruction]]]:
    """Stage's name → what it is from, and its instructions."""
    found: dict[str, tuple[str, list[Instruction]]] = {}
    name = ""
    for one in instructions(text):
        if one.name == "FROM":
            parent, _, name = one.arguments.split()
            found[name] = (parent, [])
        elif name:
            found[name][1].append(one)
    return found


class Builder:
    """``build("slim")`` makes that stage, and those that it needs, below ``folder``."""

    def __init__(self, context: Path, folder: Path, jail: Jail) -> None:
        self._context, self._folder, self._jail = context, folder, jail
        self._stages = stages((context / "Dockerfile").read_text())
        self._made: dict[str, Image] = {}

    def build(self, name: str) -> Image:
        if name in self._made:
            return self._made[name]
        parent, steps = self._stages[name]
        root = self._folder / name
        if parent in self._stages:
            before = self.build(parent)
            shutil.copytree(before.root, root, symlinks=True, copy_function=os.link)
            image = Image(**(vars(before) | {"root": root, "environment": dict(before.environment)}))
        else:
            self._jail.furnish(root)
            image = Image(root, {"PATH": "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"})
        arguments: dict[str, str] = {}
        for step in steps:
            self._take(step, image, arguments)
        self._made[name] = image
        return image

    def _take(self, step: Instruction, image: Image, arguments: dict[str, str]) -> None:
        known = image.environment | arguments
        match step.name:
            case "ARG":
                name, _, value = step.arguments.partition("=")
                arguments[name] = value
            case "ENV" | "LABEL":
                into = image.environment if step.name == "ENV" else image.labels
                for pair in shlex.split(step.arguments):
                    name, _, value = pair.partition("=")
                    into[name] = re.sub(r"\$\{?(\w+)\}?", lambda match: known.get(match[1], ""), value)
            case "WORKDIR":
                image.workdir = step.arguments
                (image.root / step.arguments.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "COPY":
                self._copy(step, image)
            case "RUN":
                cache = re.search(r"target=([^,]+)", step.options.get("mount", ""))
                self._jail.run(image.root, step.arguments, known, image.workdir, cache[1] if cache else None)
            case "USER":
                image.user = step.arguments
            case "ENTRYPOINT":
                image.entrypoint = json.loads(step.arguments)
            case "CMD":
                image.command = json.loads(step.arguments)
            case "HEALTHCHECK":
                image.healthcheck = json.loads(re.sub(r"^.*CMD ", "", step.arguments))
            case "EXPOSE":
                image.exposed.append(step.arguments)
            case "VOLUME" | "STOPSIGNAL":
                pass
            case other:
                raise AssertionError(f"the Dockerfile says {other}, which is not understood here")

    def _copy(self, step: Instruction, image: Image) -> None:
        *sources, target = step.arguments.split()
        start = self.build(step.options["from"]).root if "from" in step.options else self._context
        into = image.root / (target if target.startswith("/") else f"{image.workdir}/{target}").lstrip("/")
        for source in sources:
            origin = start / source.lstrip("/")
            if source == ".":
                for name in kept(self._context):
                    _put(self._context / name, into / name)
            else:
                _put(origin, into / origin.name if target.endswith("/") else into)


def kept(context: Path) -> list[str]:
    """What ``.dockerignore`` lets into the build: names at the top."""
    lines = (context / ".dockerignore").read_text().split("\n")
    return [line[1:] for line in lines if line.startswith("!")]


def _put(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(
            source,
            target,
            symlinks=True,
            ignore=shutil.ignore_patterns("__pycache__"),
            dirs_exist_ok=True,
            copy_function=os.link,
        )
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
