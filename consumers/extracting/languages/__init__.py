"""One data file a language (``language.py`` says what is in it), and a module where data cannot say it."""
