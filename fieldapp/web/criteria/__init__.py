"""Criteria boards and the register of public places that some of their lines count."""
