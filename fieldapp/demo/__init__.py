"""A commune to try everything in: made-up people, and phones that speak to the real doors of the server."""
