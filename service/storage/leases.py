"""How long what a process has in hand is its own: feeds it polls, deliveries it sends.

Who lives renews its leases, so that the work of a dead one waits this long and no longer. Who was held up longer (a
frozen process, clocks further apart than this) finds its work taken over: a feed is then saved by one of the two alone,
a delivery made twice with the same id.
"""

LEASE = 10.0
"""Seconds."""
RENEW_EVERY = LEASE / 4
