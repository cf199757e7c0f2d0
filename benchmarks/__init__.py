"""Measurements behind the README's figures: one file a claim, each writes benchmarks/results/NAME.json."""
