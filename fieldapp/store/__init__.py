"""Where everything rests: the only room that knows SQLAlchemy. Every function takes a connection first and names a commune
second."""
