"""A command that may neither gain rights nor make memory executable, as the units have it; then the command itself."""

import ctypes
import os
import sys

NO_NEW_PRIVILEGES, MDWE, REFUSE_EXEC_GAIN = 38, 65, 1

if __name__ == "__main__":
    system = ctypes.CDLL(None, use_errno=True)
    for option, value in ((NO_NEW_PRIVILEGES, 1), (MDWE, REFUSE_EXEC_GAIN)):
        if system.prctl(option, value, 0, 0, 0):
            print(f"prctl {option}: {os.strerror(ctypes.get_errno())}", file=sys.stderr)
    os.umask(0o077)
    os.execvp(sys.argv[1], sys.argv[1:])
