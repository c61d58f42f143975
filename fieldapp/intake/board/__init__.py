"""The way in of criteria boards, of what is reported for their lines, and of the register of public places that lines count."""
