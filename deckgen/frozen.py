"""Frozen dataclasses that cost little to define: no method is compiled before it is called.

`dataclass(frozen=True)` compiles six methods of each class when it is defined. A command defines two hundred classes
and makes values of some sixty, so that was a third of its start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields, is_dataclass
from functools import cache
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

T = TypeVar("T")
Method = Callable[..., Any]


@overload
def frozen(cls: type[T], /) -> type[T]: ...


@overload
def frozen(*, kw_only: bool) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: Any = None, /, *, kw_only: bool = False) -> Any:
    """What `dataclass(frozen=True)` makes of a class; a field is always one of the arguments."""
    if cls is None:
        return lambda cls: frozen_class(cls, kw_only)
    return frozen_class(cls, kw_only)


def frozen_class(cls: type[T], kw_only: bool) -> type[T]:
    cls.__doc__ = cls.__doc__ or cls.__name__  # Or else a dataclass spells out its signature.
    dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)
    for name, write in METHODS.items():
        setattr(cls, name, late(cls, name, write))
    cls.__setattr__ = cls.__delattr__ = refuse  # type: ignore[method-assign]
    return cls


def late(cls: type, name: str, write: Callable[[type], Method]) -> Method:
    """A method that is written when it is first called, and then stands in the place of this one."""

    def first(*arguments: Any, **named: Any) -> Any:
        method = write(cls)
        setattr(cls, name, method)
        return method(*arguments, **named)

    return first


def refuse(self: object, name: str, *value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def write_init(cls: type) -> Method:
    known: dict[str, Any] = {"MISSING": MISSING, "put": object.__setattr__}
    parameters: dict[bool, list[str]] = {False: ["self"], True: ["*"]}
    steps = []
    for f in fields(cls):
        parameter = value = f.name
        if f.default is not MISSING:
            known[f"default_{f.name}"] = f.default
            parameter += f"=default_{f.name}"
        elif f.default_factory is not MISSING:
            known[f"make_{f.name}"] = f.default_factory
            parameter += "=MISSING"
            value = f"make_{f.name}() if {f.name} is MISSING else {f.name}"
        parameters[bool(f.kw_only)].append(parameter)
        steps.append(f"put(self, {f.name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        steps.append("self.__post_init__()")
    named = parameters[True] if len(parameters[True]) > 1 else []
    return compiled("__init__", [*parameters[False], *named], "; ".join(steps) or "pass", known)


def write_eq(cls: type) -> Method:
    ours, theirs = content(cls, "self"), content(cls, "other")
    body = f"return {ours} == {theirs} if other.__class__ is self.__class__ else NotImplemented"
    return compiled("__eq__", ["self", "other"], body)


def write_hash(cls: type) -> Method:
    return compiled("__hash__", ["self"], f"return hash({content(cls, 'self')})")


def write_repr(cls: type) -> Method:
    shown = ", ".join(f"{f.name}={{self.{f.name}!r}}" for f in fields(cls) if f.repr)
    return compiled("__repr__", ["self"], f'return f"{{self.__class__.__qualname__}}({shown})"')


def content(cls: type, name: str) -> str:
    """The expression for what counts in a comparison."""
    return f"({''.join(f'{name}.{f.name}, ' for f in fields(cls) if f.compare)})"


@cache
def compared(cls: type) -> tuple[Field[Any], ...]:
    """The fields of a class that count in a comparison; none for what is no dataclass."""
    return tuple(f for f in fields(cls) if f.compare) if is_dataclass(cls) else ()


def compiled(name: str, parameters: list[str], body: str, known: dict[str, Any] | None = None) -> Method:
    made: dict[str, Method] = {}
    exec(f"def {name}({', '.join(parameters)}):\n {body}", known or {}, made)
    return made[name]


METHODS: dict[str, Callable[[type], Method]] = {
    "__init__": write_init, "__eq__": write_eq, "__hash__": write_hash, "__repr__": write_repr
}  # fmt: skip
