"""When Python looks for garbage that reference counts do not free."""

import gc

LOOK_AFTER = (10_000, 5, 5)
"""New objects between two looks at the youngest, and how many of those before a look at older ones. Python's own 700
cost an eighth of the CPU where tens of thousands of records a second are made, none of them garbage of that kind."""


def keep_what_is_loaded() -> None:
    """What is there now stays: a full look through the catalogue and all modules would stop the event loop for a tenth
    of a second, again and again. From here on garbage is looked for."""
    gc.freeze()
    gc.set_threshold(*LOOK_AFTER)
    gc.enable()
