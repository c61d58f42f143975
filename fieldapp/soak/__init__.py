"""The soak: the phone's real modules and the real server, a seeded plan of faults between them, and three numbers that must be 0."""
