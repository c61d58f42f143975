"""Reports of periods: looked at, frozen, carried away in files, in the province's own form, in a signed package."""
