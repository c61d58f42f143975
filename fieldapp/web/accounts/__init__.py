"""Who may sign in at the desk: invited, with a password of their own, closed again."""
