"""An independent second count of every figure, in plain Python, to test the real engine by."""

from .compare import disagreements
from .figures import count, rows
from .package import Package, read_package
from .tally import Answer, Key, key_of

__all__ = ["Answer", "Key", "Package", "count", "disagreements", "key_of", "read_package", "rows"]
