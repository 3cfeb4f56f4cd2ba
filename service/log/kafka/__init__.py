"""The log on Kafka, through aiokafka: the same protocol, for as many processes as wanted.

In: ``log.*`` settings. Out: appends that are acknowledged by every replica in sync, readers whose group the brokers
share out. No Kafka transactions: this client cannot fence with them; ids come from content, and the compare-and-swap on
the position in the database is the last fence. ``engine`` is the log; ``producer`` appends; ``reader`` reads, over
``membership`` (the client in its group) and ``holdings`` (what is held, pure); ``cluster`` looks; ``topics`` says how
topics should be and ``topic_admin`` makes them so; ``watchdog`` tells a stuck group from a quiet one; ``calls`` gives
every call its deadline and its error; ``abandon`` gets rid of a client that hangs.
"""
