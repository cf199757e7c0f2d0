"""The Map page: where every picture lies in the model's latent space, and what lies between."""

from latent_core.language import t
from pages.parts import loaders, state
from pages.parts.headline import headline
from pages.parts.live_part import live_part
from pages.parts.map.view import mapview

library = loaders.library()

headline(t("Every picture has a place. Look around, and in between."))
live_part(library, state.view(library), lambda now: mapview(now, library))
