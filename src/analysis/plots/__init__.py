"""Plots: a table in, Axes out. Nothing is shown and nothing is saved here."""
