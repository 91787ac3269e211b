"""Frozen dataclasses of our own do what `dataclass(frozen=True)` does."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from functools import cached_property
from typing import Any, ClassVar

import pytest

from deckgen.frozen import frozen


@frozen
class Ours:
    first: int
    second: str = "two"
    third: list[int] = field(default_factory=list)
    place: int = field(default=0, compare=False, repr=False)
    SHARED: ClassVar[int] = 7

    @cached_property
    def twice(self) -> int:
        return self.first * 2


@frozen(kw_only=True)
class OurPart(Ours):
    fourth: tuple[int, ...] = ()
    needed: int


@dataclass(frozen=True)
class Plain:
    first: int
    second: str = "two"
    third: list[int] = field(default_factory=list)
    place: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class PlainPart(Plain):
    fourth: tuple[int, ...] = ()
    needed: int


@frozen
class Empty:
    pass


GIVEN: list[tuple[Callable[..., Any], Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = [
    (Ours, Plain, (1,), {}),
    (Ours, Plain, (1, "b", [3], 4), {}),
    (Ours, Plain, (), {"second": "c", "first": 2}),
    (OurPart, PlainPart, (1,), {"needed": 5}),
    (OurPart, PlainPart, (1, "b"), {"fourth": (6,), "needed": 5, "place": 9}),
]


@pytest.mark.parametrize(("ours", "plain", "values", "named"), GIVEN)
def test_values_are_those_of_a_dataclass(
    ours: Callable[..., Any], plain: Callable[..., Any], values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    one, other = ours(*values, **named), plain(*values, **named)
    assert [(f.name, getattr(one, f.name)) for f in fields(one)] == [
        (f.name, getattr(other, f.name)) for f in fields(other)
    ]
    assert repr(one) == repr(other).replace("Plain", "Our" if "Part" in repr(other) else "Ours")
    assert one == ours(*values, **named) == replace(one, place=99) == pickle.loads(pickle.dumps(one))
    assert one != replace(one, first=99) and one != other


@pytest.mark.parametrize(
    ("cls", "values", "named"),
    [(Ours, (), {}), (Ours, (1, 2, 3, 4, 5), {}), (Ours, (1,), {"fifth": 5}), (OurPart, (1, "b", [], 0, ()), {})],
)
def test_values_that_do_not_fit_are_refused(
    cls: Callable[..., Any], values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    for _ in range(2):
        with pytest.raises(TypeError):
            cls(*values, **named)


def test_what_is_equal_has_the_same_hash() -> None:
    assert hash(Empty()) == hash(Empty()) and Empty() == Empty()
    ours, plain = Ours(1, "b", (), 5), Plain(1, "b", (), 5)  # type: ignore[arg-type]
    assert hash(ours) == hash(plain) == hash(replace(ours, place=6)) != hash(replace(ours, first=2))
    assert Ours(1).third is not Ours(1).third


def test_a_value_can_not_be_changed() -> None:
    value: Any = Ours(1)
    for name in ("first", "twice", "new"):
        with pytest.raises(FrozenInstanceError, match=f"field '{name}'"):
            setattr(value, name, 2)
        with pytest.raises(FrozenInstanceError):
            delattr(value, name)
    assert value.twice == 2 and value == Ours(1)


def test_a_value_is_matched_by_the_order_of_its_fields() -> None:
    match Ours(1, "b"):
        case Ours(first, second):
            assert (first, second) == (1, "b")
