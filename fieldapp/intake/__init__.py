"""The way in: what a phone or an officer sends is written down first and judged after."""
