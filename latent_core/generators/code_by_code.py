"""Codes one after the other, each by those before it: the second stage of a VQ-VAE, fitted to the codes of a class.

Van den Oord, Vinyals and Kavukcuoglu, Neural discrete representation learning, 2017, section 3.3. The network is
`latent_core.training.generators.code_prior`; its weights differ from model to model, so each model has its own graph.
"""

from latent_core.artifacts import layout

ORDER = 40
TITLE = "Code by code"
MEANING = "Draws the codes of a picture one after the other, each to fit those before it; theta lets in unlikely ones."
EQUATION = "p(e₁) · p(e₂ | e₁) · p(e₃ | e₁, e₂) …, with probabilities to the power √n / θ"
LATENT = "codes"
OWN = layout.PRIOR
INPUTS = ("noise", "theta", "n", "which")
