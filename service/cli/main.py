"""``wirewatch`` begins here. Nothing heavy: every process that the service starts imports this once more."""

import sys


def main() -> None:
    """Run one command; the process ends with its exit code."""
    from service.cli.commands import run_command

    sys.exit(run_command())


if __name__ == "__main__":
    main()
