"""The templates of pages, each compiled once in a process; what comes from data is escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


def find_template(name: str) -> Template:
    """A template of the folder `templates`; a name that it is not given is an error."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    loader = PackageLoader("crmlib.kit")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
