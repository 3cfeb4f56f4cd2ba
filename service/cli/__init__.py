"""The command line: one module a noun. In: words and files. Out: data on stdout, messages on stderr, an exit code.

Exit 0 done · 1 what was asked about is bad or was not found · 2 wrong usage or configuration (one line).
"""
