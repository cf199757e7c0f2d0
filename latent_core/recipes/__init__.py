"""What a blend is made of: the recipe, its theta, and how both are read from links, JSON and flags."""
