import pytest

from tests.web.province import NOW, make_province


@pytest.fixture(autouse=True)
def small_province(db, monkeypatch, settings):
    """Five agencies on the demo's day."""
    monkeypatch.setenv("CONGVU_NOW", NOW)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    make_province()
