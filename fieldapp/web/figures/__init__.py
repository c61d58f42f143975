"""The commune's figures as pages: at a glance, by village, on a map, on their way, and the doors behind each."""
