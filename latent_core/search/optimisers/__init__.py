"""Optimisers room: one file per way to search for thetas; `OPTIMISER` describes it.

It has `improve(value, start, step, seed, budget)` for one row of theta, or `crew(world)` for all rows of a round.
"""

ROOM = "search.optimisers"
