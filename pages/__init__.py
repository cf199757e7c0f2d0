"""The Streamlit front end: one page a feature."""
