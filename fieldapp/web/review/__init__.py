"""What waits for an officer's eye: the queue, held texts, doubts, two sides of a value, back-checks."""
