"""How findings, lessons and recommendations come from one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def first_circle(builds_on: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The first circle among things that build on one another, beginning and ending with the same; () when none."""
    finished: set[str] = set()
    for start in builds_on:
        path: list[str] = []
        ahead = [iter((start,))]
        while ahead:
            item = next(ahead[-1], None)
            if item is None:
                ahead.pop()
                if path:
                    finished.add(path.pop())
            elif item in path:
                return (*path[path.index(item) :], item)
            elif item not in finished:
                path.append(item)
                ahead.append(iter(builds_on.get(item, ())))
    return ()
