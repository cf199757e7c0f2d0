"""Optimisers room: one file per way to search for thetas.

A file has TITLE and MEANING for people, ORDER (place in the list), BUDGET (settings tried per row where an order does
not say) and NEEDS (a package that serving may lack, or ""). It has `improve(value, start, step, seed, budget)` for one
row of theta, or `crew(world)` for all rows of a round.
"""

ROOM = "search.optimisers"
