"""The application as it is started by hand: it serves, seals what was done, and ends when asked."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from congvu.access.rules import SYSTEM
from congvu.journal.services import act
from congvu.journal.verify import verify
from congvu.kernel.postgres import APP, OWNER
from tests.database import url_for


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(own_database, settings):
    port = free_port()
    environment = os.environ | {
        "CONGVU_HOME": str(settings.HOME),
        "DATABASE_URL": url_for(APP, own_database),
        "DATABASE_OWNER_URL": url_for(OWNER, own_database),
    }
    command = [sys.executable, "-m", "congvu", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            assert process.poll() is None, process.stderr.read()
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield process, address
    finally:
        process.kill()
        process.wait(timeout=20)
        process.stderr.close()


def test_it_serves_pages_with_their_assets_seals_and_ends_when_asked(served):
    process, address = served
    with urllib.request.urlopen(f"{address}/dang-nhap/", timeout=10) as reply:
        page = reply.read().decode()
    assert "Đăng nhập" in page
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    with urllib.request.urlopen(address + style, timeout=10) as reply:
        assert reply.headers["Content-Type"].startswith("text/css")

    with act("installation:set-up", actor=SYSTEM):
        pass
    for _ in range(120):
        if list(verify()) == []:
            break
        time.sleep(0.1)
    assert list(verify()) == []

    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) in (0, 128 + signal.SIGTERM)
