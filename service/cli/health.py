"""``wirewatch health``: asks a running service, for people, for a container's health check and for scripts."""

import asyncio
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.invocation import invocation
from service.cli.listing import AsJson, show_one
from service.errors import ConfigError
from service.settings import duration

if TYPE_CHECKING:
    import httpx

WILDCARDS = {4: "127.0.0.1", 6: "[::1]"}


def register(app: typer.Typer) -> None:
    app.command("health")(health)


def health(
    context: typer.Context,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="The service's address, if it is not `listen`.")
    ] = None,
    ready: Annotated[
        bool, typer.Option("--ready/--live", help="Does it do its work? Or: does it live, so that no restart is due?")
    ] = True,
    timeout: Annotated[str, typer.Option(metavar="DURATION", help="Deadline for the answer.")] = "5s",
    json_lines: AsJson = False,
) -> None:
    """Ask a running service whether it is ready.

    Exit 1 when it is not, or is not there. It needs no token.
    """
    address = (url if url is not None else address_of(invocation(context).settings.listen)).rstrip("/")
    if not address.startswith(("http://", "https://")):
        raise ConfigError(f'--url "{address}": not a web address; write http://127.0.0.1:8080')
    try:
        seconds = duration(timeout)
    except ValueError as error:
        raise ConfigError(f'--timeout "{timeout}": {error}') from None
    body = _readiness(address, seconds) if ready else _liveness(address, seconds)
    good = bool(body["ready" if ready else "live"])
    if json_lines:
        show_one(body, True)
    else:
        print(("" if good else "not ") + ("ready" if ready else "live"))
        for reason in body["reasons"]:
            print(f"  {reason}")
    if not good:
        raise typer.Exit(1)


def address_of(listen: str) -> str:
    """Where a service with this ``listen`` is reached from its own machine: all addresses include loopback."""
    host, _, port = listen.rpartition(":")
    try:
        number = ip_address(host.strip("[]"))
    except ValueError:
        return f"http://{listen}"
    return f"http://{WILDCARDS[number.version]}:{port}" if number.is_unspecified else f"http://{listen}"


def _readiness(address: str, seconds: float) -> dict[str, Any]:
    """What the service says of itself; where none answers, the same shape with the cause."""
    import httpx

    try:
        body: dict[str, Any] = _get(f"{address}/readyz", seconds).json()
        return {"ready": bool(body["ready"]), "reasons": list(body["reasons"])} | body
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return {"ready": False, "reasons": [_no_answer(address, error)]}
    except (ValueError, KeyError, TypeError):
        return {"ready": False, "reasons": [f"{address}: what answers there is not wirewatch"]}


def _liveness(address: str, seconds: float) -> dict[str, Any]:
    import httpx

    try:
        answer = _get(f"{address}/healthz", seconds)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return {"live": False, "reasons": [_no_answer(address, error)]}
    if answer.status_code == 200 and answer.text.strip() == "ok":
        return {"live": True, "reasons": []}
    if answer.status_code == 503:
        return {"live": False, "reasons": answer.text.splitlines()}
    return {"live": False, "reasons": [f"{address}: what answers there is not wirewatch"]}


def _get(url: str, seconds: float) -> "httpx.Response":
    """One answer; the deadline is for all of it."""
    import httpx

    async def work() -> httpx.Response:
        async with asyncio.timeout(seconds), httpx.AsyncClient(timeout=seconds, trust_env=False) as client:
            return await client.get(url)

    try:
        return asyncio.run(work())
    except TimeoutError:
        raise httpx.ReadTimeout(f"within {seconds:g} s") from None


def _no_answer(address: str, error: Exception) -> str:
    return f"{address}: no answer ({str(error) or type(error).__name__}); is `wirewatch run` running there?"
