"""The real thing: a real browser and a real server, killed again and again in the middle of their work; then all is counted."""
