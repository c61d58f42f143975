"""A roster's way in: uploaded, its columns set, tried dry, imported."""
