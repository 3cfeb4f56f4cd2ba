"""Settings come from four places, and every mistake is one line that says what to do."""

from pathlib import Path

import pytest

from service.errors import ConfigError
from service.settings_sources import load, placed


def write(folder: Path, text: str) -> Path:
    file = folder / "wirewatch.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_flags_beat_environment_beats_file_beats_default(tmp_path: Path) -> None:
    file = write(tmp_path, '[poll]\nmin_interval = "1m"\nhost_spacing = 1\n[http]\ntimeout = 3\n')
    environ = {"WIREWATCH_POLL__MIN_INTERVAL": "30s", "WIREWATCH_POLL__HOST_SPACING": "0.5", "HOME": "/nowhere"}
    loaded = load(file, {"poll": {"host_spacing": 0.25}}, environ)
    assert loaded.settings.poll.host_spacing == 0.25
    assert loaded.settings.poll.min_interval == 30
    assert loaded.settings.http.timeout == 3
    assert loaded.settings.poll.max_interval == 86400
    assert loaded.origins["poll.host_spacing"] == "flag --host-spacing"
    assert loaded.origins["poll.min_interval"] == "WIREWATCH_POLL__MIN_INTERVAL"
    assert loaded.origins["http.timeout"] == str(file)
    assert loaded.origins["poll.max_interval"] == "default"


def test_lists_in_the_environment_are_json(tmp_path: Path) -> None:
    file = write(tmp_path, "")
    loaded = load(file, {}, {"WIREWATCH_HTTP__ALLOW": '["127.0.0.0/8"]', "WIREWATCH_DELIVERY__SCHEDULE": '[0, "5s"]'})
    assert loaded.settings.http.allow == ("127.0.0.0/8",)
    assert loaded.settings.delivery.schedule == (0, 5)


@pytest.mark.parametrize(
    ("toml", "environ", "parts"),
    [
        ('[poll]\nmin_interval = "5 min"', {}, ["wirewatch.toml", 'poll.min_interval = "5 min"', 'write "5m"']),
        ("[poll]\nmin_intervall = 5", {}, ['"min_intervall"', "[poll]", 'did you mean "min_interval"?']),
        ("lisen = 5", {}, ['"lisen"', 'did you mean "listen"?']),
        ("[http]\nallow = ['nonsense']", {}, ["http.allow", '"nonsense" is not an address range']),
        ("[[sources]]\nurl = 'http://x/'\nevery = 5", {}, ["sources.0.every", "unknown key"]),
        ("[[sources]]\ntitle = 'x'", {}, ["sources.0.url", "missing"]),
        ("poll = ", {}, ["wirewatch.toml", "not TOML"]),
        ("", {"WIREWATCH_POLL__MIN_INTERVAL": "soon"}, ["WIREWATCH_POLL__MIN_INTERVAL", '"soon"', "not a duration"]),
        ("", {"WIREWATCH_LISEN": "x"}, ["WIREWATCH_LISEN", 'did you mean "WIREWATCH_LISTEN"?']),
        ("", {"WIREWATCH_HTTP__ALLOW": "127.0.0.0/8"}, ["WIREWATCH_HTTP__ALLOW", '"127.0.0.0/8"', "JSON"]),
        ("[poll]\nmin_interval = '2d'", {}, ["poll", "min_interval is above max_interval"]),
    ],
)
def test_a_mistake_is_one_line_with_place_key_value_and_cure(
    tmp_path: Path, toml: str, environ: dict[str, str], parts: list[str]
) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, toml), {}, environ)
    text = str(caught.value)
    assert "\n" not in text
    assert all(part in text for part in parts), text


def test_a_named_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(tmp_path / "missing.toml", {}, {})


@pytest.mark.parametrize(
    ("toml", "environ", "text"),
    [
        ('listen = "nowhere"', {}, 'wirewatch.toml: listen = "nowhere": no address'),
        ("", {"WIREWATCH_LISTEN": "nowhere"}, 'WIREWATCH_LISTEN: listen = "nowhere": no address'),
        ("", {}, 'listen = "nowhere": no address'),
    ],
)
def test_what_is_found_wrong_later_is_told_with_its_place(
    tmp_path: Path, toml: str, environ: dict[str, str], text: str
) -> None:
    loaded = load(write(tmp_path, toml), {}, environ)
    assert str(placed(ConfigError('listen = "nowhere": no address'), loaded)).endswith(text)


def test_what_is_missing_is_told_with_the_file_that_lacks_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"wirewatch\.toml: sources\.0\.url is missing"):
        load(write(tmp_path, '[[sources]]\ntitle = "x"'), {}, {})
