"""What the web server adds to Streamlit: files, compression, security headers, limits and the first HTML."""
