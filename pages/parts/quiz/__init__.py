"""Parts of the Quiz page."""
