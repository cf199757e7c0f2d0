"""Fits a trained model with what its generators need."""
