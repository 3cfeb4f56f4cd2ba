"""What the tests have done in a process of its own: the payload says what."""

import os
import time

from service.errors import Invalid


def work(payload: bytes) -> bytes:
    match payload.split(b" ", 1):
        case [b"sleep", _]:
            time.sleep(60)
        case [b"die", _]:
            os.abort()
        case [b"leave", _]:
            os._exit(3)
        case [b"grow", size]:
            return b"x" * int(size)
        case [b"refuse", why]:
            raise Invalid(why.decode())
        case [b"break", why]:
            raise KeyError(why.decode())
        case [b"print", _]:
            print("noise on standard output", flush=True)
    return payload[::-1]
