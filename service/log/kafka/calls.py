"""Every call to the brokers has a deadline, and every failure of theirs becomes one of ours, in words for people."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from aiokafka import errors

from service.log.failures import LogUnavailable
from service.log.kafka.connection import Connection
from service.log.kafka.said import said

T = TypeVar("T")
RETRY = 0.2
"""Seconds between tries of a call within its deadline."""

_REFUSED = (
    errors.TopicAuthorizationFailedError,
    errors.GroupAuthorizationFailedError,
    errors.ClusterAuthorizationFailedError,
)
_UNKNOWN_US = (errors.AuthenticationFailedError, errors.AuthenticationMethodNotSupported)


def explained(error: BaseException, connection: Connection, what: str) -> LogUnavailable:
    """What failed, at which brokers, and why."""
    if isinstance(error, _REFUSED):
        why = f"the brokers refuse it to this user ({_said(error)}); have it allowed"
    elif isinstance(error, _UNKNOWN_US):
        why = f"the brokers do not accept us ({_said(error)}); see log.security, log.username, log.password_file"
    elif isinstance(
        error, errors.KafkaConnectionError | errors.NodeNotReadyError | errors.NoBrokersAvailable | OSError
    ):
        cause = said.cause or ("" if isinstance(error, errors.KafkaConnectionError) else _said(error))
        why = "no broker can be reached" + (f" ({cause})" if cause else "")
        if "Sasl" in cause or "Authentication" in cause:
            why += f'; see log.username, log.password_file and log.mechanism = "{connection.mechanism}"'
    elif isinstance(error, errors.NotEnoughReplicasError | errors.NotEnoughReplicasAfterAppendError):
        why = "fewer replicas are in sync than log.min_insync asks for; a broker is away"
    else:
        why = _said(error)
    return LogUnavailable(f"{connection}: {what}: {why}")


def too_late(connection: Connection, what: str, seconds: float) -> LogUnavailable:
    return LogUnavailable(f"{connection}: {what}: no answer within {seconds:g} s; are the brokers up?")


def _said(error: BaseException) -> str:
    text = str(error).strip()
    name = type(error).__name__
    return text if name in text or not text else f"{name}: {text}"


@asynccontextmanager
async def within(connection: Connection, what: str, seconds: float | None = None) -> AsyncIterator[None]:
    """The block in ``seconds`` (else the request timeout); LogUnavailable when it fails or takes longer."""
    limit = connection.request_timeout if seconds is None else seconds
    try:
        async with asyncio.timeout(limit):
            yield
    except TimeoutError as error:
        raise too_late(connection, what, limit) from error
    except (errors.KafkaError, OSError) as error:
        raise explained(error, connection, what) from error
    except AssertionError as error:
        # The client asserts where it has met what it does not know of: no broker in its metadata, for one.
        raise LogUnavailable(
            f"{connection}: {what}: the client cannot go on ({error or 'no broker is known'})"
        ) from error


async def until_done(call: Callable[[], Awaitable[T]]) -> T:
    """Try again what may pass, until it does; the deadline is the caller's."""
    while True:
        try:
            return await call()
        except (errors.KafkaError, OSError) as error:
            if isinstance(error, errors.KafkaError) and not error.retriable:
                raise
        await asyncio.sleep(RETRY)
