"""Parts of the Eigen-images page."""
