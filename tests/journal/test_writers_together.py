"""Bulk and single changes by several processes at once, with a sealer at work: no deadlock, nothing lost."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from congvu.access.rules import SYSTEM
from congvu.journal.models import Act
from congvu.journal.sealing import seal_acts
from congvu.journal.services import act
from congvu.journal.verify import verify
from congvu.province.models import Officer

SINGLES, BULKS = 40, 6


def test_several_writers_and_a_sealer_get_on(own_database):
    codes = [f"CB{n:03d}" for n in range(200)]
    with act("package:load", actor=SYSTEM) as load:
        Officer.objects.bulk_create(Officer(code=c, full_name="Đầu", category="cadre") for c in codes)
        load.checkpoint(Officer)
    stop = threading.Event()

    def single(seed: int) -> None:
        chance = random.Random(seed)
        for turn in range(SINGLES):
            code = chance.choice(codes)
            with act("package:load", actor=SYSTEM) as deed:
                Officer.objects.select_for_update().get(code=code)
                with deed.changing(Officer, [code]):
                    Officer.objects.filter(code=code).update(full_name=f"Người {seed} lần {turn}")
        connection.close()

    def bulk(seed: int) -> None:
        chance = random.Random(seed)
        for turn in range(BULKS):
            some = sorted(chance.sample(codes, 60))
            with act("package:load", actor=SYSTEM) as deed:
                list(Officer.objects.select_for_update().filter(code__in=some).order_by("code"))
                with deed.changing(Officer, some):
                    Officer.objects.filter(code__in=some).update(full_name=f"Loạt {seed} lần {turn}")
        connection.close()

    def sealer() -> int:
        sealed = 0
        while not stop.is_set():
            sealed += seal_acts()
        connection.close()
        return sealed

    with ThreadPoolExecutor(5) as pool:
        sealing = pool.submit(sealer)
        working = [pool.submit(work, seed) for seed, work in enumerate((single, single, bulk, bulk))]
        for future in working:
            future.result(timeout=60)
        stop.set()
        sealing.result(timeout=60)
    seal_acts()

    assert Act.objects.count() == 1 + 2 * SINGLES + 2 * BULKS
    assert list(verify(records=True)) == []
