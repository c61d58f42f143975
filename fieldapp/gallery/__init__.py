"""Pictures of every page and screen, over a made commune: for whoever wants to see what there is before they read any of it."""
