"""The public page that a sheet's code leads to, what residents asked for there, and the official links on it."""
