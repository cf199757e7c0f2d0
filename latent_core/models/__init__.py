"""Opened models and datasets, and all that can be done with them through their graphs."""
