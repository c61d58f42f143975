"""What is printed, and files that take longer to make than a page may wait."""
