"""Pieces that pages and the server share."""
