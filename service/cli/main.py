"""``wirewatch`` begins here. Nothing heavy: every process that the service starts imports this once more."""

import sys


def main() -> None:
    """Run one command; the process ends with its exit code."""
    try:
        from service.cli.commands import run_command

        code = run_command()
    except KeyboardInterrupt:
        # Ctrl-C before there was anything to stop.
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
