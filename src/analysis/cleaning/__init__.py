"""Cleaning: one rule a module; a plan that explains and replays."""
