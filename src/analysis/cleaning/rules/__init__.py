"""The cleaning rules that look at one page alone: one rule, one file, one docstring with its reason."""
