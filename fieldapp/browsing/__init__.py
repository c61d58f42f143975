"""A real browser and a real server of this machine, as commands and tests drive them: processes of their own, which can be killed."""
