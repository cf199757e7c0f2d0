"""A crisp blend of all 20 Omniglot characters on a canvas of 112 pixels: is every class missed when it is taken out?"""
