"""The files of a package; the large ones are read and looked over while the database takes in others."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from .canonical import WORTH_IT, Canonical, recognise
from .derived import report_twins
from .package import Files, Resource
from .problems import DESCRIPTION, Report
from .reading import Cooked, cook, read_sheet
from .tables import tables

_AHEAD = 2
"""So many large files are in memory at a time."""


@dataclass(frozen=True)
class Arrived:
    """A resource with its file; ``content`` is a Vietnamese sentence where there is none.

    ``canonical`` is the file once more where it can be passed on as it is.
    """

    resource: Resource
    content: bytes | str
    sha256: str
    canonical: Canonical | None


def read_ahead(files: Files, resources: Sequence[Resource]) -> Iterator[Arrived]:
    """Yield the resources, each with its file: the small ones first, while the large ones are looked over."""
    large = sorted((r for r in resources if files.size(r.path) >= WORTH_IT), key=lambda r: -files.size(r.path))
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="package") as reader:
        waiting = deque(reader.submit(_arrive, files, resource) for resource in large[:_AHEAD])
        for resource in resources:
            if resource not in large:
                yield _arrive(files, resource)
        for resource in large[_AHEAD:]:
            yield waiting.popleft().result()
            waiting.append(reader.submit(_arrive, files, resource))
        while waiting:
            yield waiting.popleft().result()


def _arrive(files: Files, resource: Resource) -> Arrived:
    content = files.read(resource.path)
    if isinstance(content, str):
        return Arrived(resource, content, "", None)
    table = tables().get(resource.table)
    canonical = recognise(table, content) if table else None
    return Arrived(resource, content, hashlib.sha256(content).hexdigest(), canonical)


def judge(arrived: Arrived, report: Report) -> Canonical | Cooked | None:
    """Return the rows of a file, checked cell by cell; None where they cannot be read, or the table is unknown."""
    resource, content = arrived.resource, arrived.content
    table = tables().get(resource.table)
    if table is None and not resource.table.startswith("x_"):
        report.error(DESCRIPTION, None, "name", resource.table, "không có bảng này")
    elif isinstance(content, str):
        report.error(DESCRIPTION, None, "path", resource.path, content)
    elif table is None:
        report.warn(DESCRIPTION, None, "name", resource.table, "bảng riêng không rõ, được bỏ qua")
    elif arrived.canonical:
        return arrived.canonical
    elif sheet := read_sheet(resource.path, content, report):
        cooked = cook(resource.path, table, sheet, report)
        if cooked is not None:
            report_twins(resource.path, table, cooked, report)
        return cooked
    return None
