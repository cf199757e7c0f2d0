"""Parts of the Blend page."""
