"""A quiet group, one that waits for brokers, and one that is stuck."""

from service.log.kafka.watchdog import PATIENCE, QUIET, RETRIES, Watchdog

LIMIT = 60.0


def made() -> Watchdog:
    return Watchdog(LIMIT, 0.0)


def test_while_records_come_nobody_looks() -> None:
    dog = made()
    for now in range(0, 1000, int(QUIET)):
        dog.moved(float(now))
        assert dog.verdict(float(now) + QUIET, True, 0.0) == "fine"


def test_quiet_is_looked_into_and_found_fine() -> None:
    dog = made()
    assert dog.verdict(QUIET + 1, True, 0.0) == "look"
    dog.looked(QUIET + 2, False)
    assert dog.verdict(QUIET + 3, True, 0.0) == "fine"


def test_records_that_do_not_come_are_waited_for_and_then_it_is_stuck() -> None:
    dog = made()
    dog.looked(20.0, True)
    dog.looked(40.0, True)
    assert dog.verdict(20.0 + PATIENCE, True, 0.0) == "look"
    assert dog.verdict(20.1 + PATIENCE, True, 0.0) == "stuck"
    dog.moved(21.0 + PATIENCE)
    assert dog.verdict(21.1 + PATIENCE, True, 0.0) == "fine"


def test_what_cannot_bring_records_is_not_stuck() -> None:
    dog = made()
    dog.looked(20.0, True)
    dog.idle(30.0)
    assert dog.verdict(30.0 + QUIET, True, 0.0) == "fine"


def test_a_rebalance_that_takes_too_long_is_stuck() -> None:
    dog = made()
    assert dog.verdict(LIMIT, False, 0.0) == "fine"
    assert dog.verdict(LIMIT + 1, False, 0.0) == "stuck"


def test_after_some_new_clients_only_a_restart_is_left_until_it_moves() -> None:
    dog = made()
    for _ in range(RETRIES):
        dog.renewed(0.0)
    assert not dog.helpless
    dog.renewed(0.0)
    assert dog.helpless
    dog.moved(1.0)
    assert not dog.helpless
