"""Uploaded files stay in memory, are never written anywhere, and have a limit over all files of a request."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from io import BytesIO
from typing import Any, Final, TypeVar

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

UPLOAD_MAX_BYTES: Final = 20_000_000
View = TypeVar("View", bound=Callable[..., object])
_LIMITS: dict[object, int] = {}


def takes_files_up_to(most: int) -> Callable[[View], View]:
    """Let people who have signed in send ``most`` bytes to a view; stand above its guard."""

    def mark(view: View) -> View:
        _LIMITS[view] = most
        return view

    return mark


class InMemoryOnly(FileUploadHandler):
    """Keeps the files of one request; what goes beyond the limit is read past and left out."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0
        self._bytes = BytesIO()

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self._bytes = BytesIO()

    @cached_property
    def _most(self) -> int:
        # the token of a form is looked for before the guard of its page: strangers send no more here than elsewhere
        match, user = getattr(self.request, "resolver_match", None), getattr(self.request, "user", None)
        most = _LIMITS.get(match.func, UPLOAD_MAX_BYTES) if match else UPLOAD_MAX_BYTES
        return most if most <= UPLOAD_MAX_BYTES or (user is not None and user.is_authenticated) else UPLOAD_MAX_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._received += len(raw_data)
        if self._received > self._most:
            self._bytes = BytesIO()
            self.request.upload_too_large = True  # type: ignore[union-attr]  # for is_too_large
            raise SkipFile
        self._bytes.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._bytes.seek(0)
        return InMemoryUploadedFile(
            self._bytes,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )


def is_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was left out because of its size."""
    return bool(request.FILES is not None and getattr(request, "upload_too_large", False))
