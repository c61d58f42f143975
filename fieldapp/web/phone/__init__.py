"""What a member's phone asks this server for: its two calls, its page, and the files that it keeps to start without a network."""
