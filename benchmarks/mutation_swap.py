"""Putting a mutant into functions that are loaded already.

A function keeps its identity and its class, and is given the code of the mutant, so that whoever
imported it by name runs the mutant. What is worked out when a module is loaded cannot be changed
so: those mutants need a process that loads the module afresh.
"""

from __future__ import annotations

import ast
import functools
import gc
import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import CodeType, FunctionType

Key = tuple[str, int]
"""Qualified name and first line of a function."""
Swaps = Mapping[Key, CodeType]
"""The new code of every function that a mutant changes."""


def swaps(sound: ast.Module, changed: ast.Module, path: str) -> Swaps | None:
    """Return the functions that differ between two trees of a module, with their changed code.

    None where more differs than the inside of functions, or where a closure would not fit.
    """
    found: dict[Key, CodeType] = {}
    pairs = [(compile(sound, path, "exec"), compile(changed, path, "exec"))]
    while pairs:
        before, after = pairs.pop()
        if before == after:
            continue
        if before.co_flags & inspect.CO_OPTIMIZED:
            if before.co_freevars != after.co_freevars or _key(before) != _key(after):
                return None
            found[_key(before)] = after
        elif _apart_from_functions(before) != _apart_from_functions(after):
            return None
        else:
            pairs += zip(_inner(before), _inner(after), strict=True)
    return found or None


def _key(code: CodeType) -> Key:
    return code.co_qualname, code.co_firstlineno


def _inner(code: CodeType) -> list[CodeType]:
    return [const for const in code.co_consts if isinstance(const, CodeType)]


def _apart_from_functions(code: CodeType) -> tuple[object, ...]:
    plain = [const for const in code.co_consts if not isinstance(const, CodeType)]
    shapes = [(type(const), const) for const in plain]
    return code.co_code, code.co_names, len(_inner(code)), repr(shapes)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What of a module lies in memory."""

    functions: Mapping[Key, Sequence[FunctionType]]
    """By key the functions that have its code."""
    caches: Sequence[functools._lru_cache_wrapper[object]]
    """What the project's functions remember, those of other modules among them."""

    def can_take(self, changed: Swaps) -> bool:
        """Whether every changed function is there."""
        return set(changed) <= set(self.functions)

    def put(self, changed: Swaps) -> None:
        """Give functions their changed code, and forget what sound ones worked out."""
        for key, code in changed.items():
            for function in self.functions[key]:
                function.__code__ = code
        for cache in self.caches:
            cache.cache_clear()


def loaded(path: str) -> Loaded:
    """Return the functions of a file, and all caches of the project."""
    found: dict[Key, list[FunctionType]] = {}
    caches = []
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == path:
            found.setdefault(_key(one.__code__), []).append(one)
        elif isinstance(one, functools._lru_cache_wrapper) and _is_ours(one):
            caches.append(one)
    return Loaded(found, caches)


def _is_ours(one: object) -> bool:
    return str(getattr(one, "__module__", "")).startswith(("sampling", "tests"))
