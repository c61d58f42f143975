"""The commune's own indicators: written, tried over its households, published."""
