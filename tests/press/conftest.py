"""What the tests of Word files begin with."""

import pytest

from . import word_file


@pytest.fixture(scope="module")
def report():
    return word_file.word_file()
