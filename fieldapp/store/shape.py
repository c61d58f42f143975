"""Of which shape the projections are: raised by whoever changes what projection.py makes, so that reshape.py makes them again."""

SHAPE = 8
