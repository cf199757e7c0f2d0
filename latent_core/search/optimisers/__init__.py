"""Optimisers room: one file a way to search for a row of thetas."""
