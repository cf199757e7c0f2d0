"""Parts of the Directions page."""
