"""What the tests' many servers would each compile anew, a process of tests compiles once: templates, routes, SQL statements.

It is half of what a short test costs. Nothing else goes from one test to the next: a template is known by the hash of its
source, a route and a statement by all they are made of."""

from typing import Any, ClassVar

from jinja2 import BytecodeCache
from sqlalchemy import Dialect, Engine
from werkzeug.routing import Rule


class Templates(BytecodeCache):
    """Compiled templates, for `app.jinja_env.bytecode_cache`; jinja asks for them by name and hash."""

    compiled: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Any) -> None:
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Any) -> None:
        self.compiled[bucket.key] = bucket.bytecode_to_string()


class Route(Rule):
    """A route, for `Flask.url_rule_class`, whose way to write its address is compiled once for all servers that have it."""

    compiled: ClassVar[dict[tuple[Any, ...], Any]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        made_of = (tuple(self._trace), repr(self.defaults), append_unknown)
        if made_of not in self.compiled:
            self.compiled[made_of] = super()._compile_builder(append_unknown)
        return self.compiled[made_of]


_statements: dict[str, tuple[Dialect, dict[Any, Any]]] = {}


def sharing_statements(engine: Engine) -> Engine:
    """The same engine, which looks for a compiled statement among those of all engines before it.

    They belong to a dialect: so it is the first engine's, which must have been connected once."""
    if engine.dialect.name not in _statements:
        engine.connect().close()
    engine.dialect, compiled = _statements.setdefault(engine.dialect.name, (engine.dialect, {}))
    engine.update_execution_options(compiled_cache=compiled)
    return engine
