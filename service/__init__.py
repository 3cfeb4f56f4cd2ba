"""What flows through wirewatch, how it travels, where it rests and how people see it.

Read in this order: ``contracts`` (the things), ``topology`` (the map), ``stage`` (the loop round a handler), ``app``
(how it is put together). The stages themselves live in ``producers`` and ``consumers``.
"""
