"""The teams, their members and villages, their phones, and the campaigns that they are out on."""
