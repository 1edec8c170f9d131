"""Uploaded files stay in memory, are never written anywhere, and have a limit over all files of a request."""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

UPLOAD_MAX_BYTES: Final = 20_000_000


class InMemoryOnly(FileUploadHandler):
    """Keeps the files of one request; what goes beyond the limit is read past and left out."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0
        self._bytes = BytesIO()

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self._bytes = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self._received += len(raw_data)
        if self._received > UPLOAD_MAX_BYTES:
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
