"""Where settings come from: defaults < ``wirewatch.toml`` < ``WIREWATCH_*`` < flags.

In: a file, the environment, flags. Out: ``Loaded``, the tree with the origin of every value, or one ``ConfigError``
line that a person can act on.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_config_path
from pydantic import BaseModel, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from service.errors import ConfigError
from service.settings import Settings

PREFIX = "WIREWATCH_"
CONFIG_VARIABLE = PREFIX + "CONFIG"
FILE_NAME = "wirewatch.toml"
ENVIRONMENT, FLAG, DEFAULT = "environment", "flag", "default"
PLAIN = {
    "model_type": "a table is expected",
    "model_attributes_type": "a table is expected",
    "tuple_type": 'a list is expected, e.g. ["…"]',
    "path_type": "a path is expected",
    "bool_type": "true or false is expected",
    "bool_parsing": "true or false is expected",
    "int_type": "a whole number is expected",
    "int_parsing": "a whole number is expected",
    "string_type": 'text is expected, in quotation marks: "…"',
    "dict_type": "a table is expected",
}
"""What was expected, in our words, by the library's name for the mistake."""


@dataclass(frozen=True)
class Loaded:
    """``origins``: dotted key → "default", "wirewatch.toml", "WIREWATCH_POLL__MIN_INTERVAL" or "flag --data"."""

    settings: Settings
    origins: Mapping[str, str]
    file: Path | None


class _Environment(BaseSettings, Settings):
    """The same tree, read from variables."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, env_parse_none_str="null"
    )


def find_file(given: Path | None, environ: Mapping[str, str]) -> Path | None:
    """The configuration file: given, else ``WIREWATCH_CONFIG``, else here, else in the user's configuration folder."""
    named = given or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    if named is not None:
        if not named.is_file():
            what = "not a file" if named.exists() else "no such file"
            raise ConfigError(f"{named}: {what}; write one (see `wirewatch config schema`) or leave --config out")
        return named
    places = (Path(FILE_NAME), user_config_path("wirewatch", appauthor=False) / FILE_NAME)
    return next((place for place in places if place.is_file()), None)


def load(given: Path | None, flags: Mapping[str, Any], environ: Mapping[str, str]) -> Loaded:
    """Settings from all four places. ``flags`` is a nested mapping of what was set on the command line."""
    file = find_file(given, environ)
    written = _read_toml(file) if file else {}
    variables = _read_environment(environ)
    layers = [(str(file), written), (ENVIRONMENT, variables), (FLAG, flags)]
    _refuse_unknown(layers)
    try:
        merged = _merge(layers)
        settings = Settings.model_validate(merged)
    except ValidationError as error:
        raise ConfigError(_one_line(error, layers)) from None
    return Loaded(settings, dict(_origins(settings, layers)), file)


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {error}") from None
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file}: not TOML: not UTF-8 at byte {error.start}") from None
    except RecursionError:
        raise ConfigError(f"{file}: not TOML: nested too deeply") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read: {error.strerror}") from None


def _read_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    mine = {name.lower(): value for name, value in environ.items() if name.startswith(PREFIX)}
    mine.pop(CONFIG_VARIABLE.lower(), None)
    known = set(Settings.model_fields)
    for name in mine:
        key = name.removeprefix(PREFIX.lower()).split("__")[0]
        if key not in known:
            raise ConfigError(f"{name.upper()}: unknown setting{_nearest(key, known, upper=True)}")
    source = EnvSettingsSource(_Environment)
    source.env_vars = mine
    try:
        return source()
    except (SettingsError, RecursionError):
        raise ConfigError(_not_json(mine)) from None


def _not_json(variables: Mapping[str, str]) -> str:
    """Which variable holds a list or a table that cannot be read."""
    for name, value in variables.items():
        source = EnvSettingsSource(_Environment)
        source.env_vars = {name: value}
        try:
            source()
        except (SettingsError, RecursionError):
            return f"{name.upper()} = {_quoted(value[:200])}: write lists as JSON, e.g. '[\"127.0.0.0/8\"]'"
    return "environment: write lists as JSON"


def _merge(layers: list[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    class Merged(BaseSettings):
        model_config = SettingsConfigDict(extra="allow")

        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            # The library merges from the strongest to the weakest.
            return tuple(InitSettingsSource(settings_cls, dict(values)) for _, values in reversed(layers))

    return dict(Merged().model_extra or {})


def _refuse_unknown(layers: list[tuple[str, Mapping[str, Any]]]) -> None:
    for place, values in layers:
        for path, model in _unknown(values, Settings, ""):
            key = path.rpartition(".")[2]
            section = path.rpartition(".")[0]
            where = f" in [{section}]" if section else ""
            named = _shown(place, path.split("."))
            hint = _nearest(key, set(model.model_fields))
            raise ConfigError(f'{named}: unknown key "{key}"{where}{hint} (see `wirewatch config schema`)')


def _unknown(values: Mapping[str, Any], model: type[BaseModel], path: str) -> Iterator[tuple[str, type[BaseModel]]]:
    for key, value in values.items():
        here = f"{path}.{key}" if path else key
        if key not in model.model_fields:
            yield here, model
            continue
        inner = model.model_fields[key].annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel) and isinstance(value, Mapping):
            yield from _unknown(value, inner, here)


def _nearest(key: str, known: set[str], *, upper: bool = False) -> str:
    near = difflib.get_close_matches(key, known, 1, 0.6)
    if not near:
        return f"; known: {', '.join(sorted(known))}"
    return f'; did you mean "{PREFIX + near[0].upper() if upper else near[0]}"?'


def _one_line(error: ValidationError, layers: list[tuple[str, Mapping[str, Any]]]) -> str:
    first = error.errors()[0]
    path = ".".join(str(part) for part in first["loc"])
    # What is missing is nowhere: the place is where that lacks it.
    whole = first["loc"][:-1] if first["type"] == "missing" else first["loc"]
    place = next((name for name, values in reversed(layers) if _has(values, whole)), "settings")
    if place in (ENVIRONMENT, FLAG):
        place = _shown(place, [part for part in first["loc"] if isinstance(part, str)])
    expected = first["msg"].removeprefix("Value error, ")
    expected = PLAIN.get(first["type"], expected)
    if first["type"] == "extra_forbidden":
        return f'{place}: unknown key "{path}" (see `wirewatch config schema`)'
    if first["type"] == "missing":
        return f"{place}: {path} is missing"
    shown = "" if isinstance(first["input"], (dict, list, tuple, BaseModel)) else f" = {_quoted(first['input'])}"
    return f"{place}: {path}{shown}: {expected} (see `wirewatch config schema`)"


def placed(error: ConfigError, loaded: Loaded) -> ConfigError:
    """An error about a setting that was found wrong later, with the place that the setting came from."""
    key = re.match(r"[a-z_]+(?:\.[a-z_]+)*", str(error))
    place = loaded.origins.get(key[0], DEFAULT) if key else DEFAULT
    return error if place == DEFAULT else ConfigError(f"{place}: {error}")


def _quoted(value: Any) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _has(values: Any, path: tuple[int | str, ...]) -> bool:
    for part in path:
        try:
            values = values[part]
        except (KeyError, IndexError, TypeError):
            return False
    return True


def _origins(settings: Settings, layers: list[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, str]]:
    for path, _ in leaves(settings):
        parts = tuple(path.split("."))
        place = next((name for name, values in reversed(layers) if _has(values, parts)), DEFAULT)
        yield path, _shown(place, parts)


def _shown(place: str, parts: Sequence[str]) -> str:
    """A layer as people know it: the variable, or the flag that says it."""
    if place == ENVIRONMENT:
        return _variable(parts)
    return f"flag --{parts[-1].replace('_', '-')}" if place == FLAG else place


def _variable(parts: Sequence[str]) -> str:
    return PREFIX + "__".join(parts).upper()


def leaves(model: BaseModel, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every setting as (dotted key, value), in the order of the tree."""
    for key in type(model).model_fields:
        value = getattr(model, key)
        here = f"{path}.{key}" if path else key
        if isinstance(value, BaseModel):
            yield from leaves(value, here)
        else:
            yield here, value
