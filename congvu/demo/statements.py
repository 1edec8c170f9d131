"""What agencies stated of their dossiers beside the records, so that stated and counted can be compared.

The counts are of the report's period. Two agencies state a number that the records do not bear out.
"""

from datetime import date

import numpy as np

from congvu.demo.documents import Register
from congvu.demo.dossiers import Dossiers
from congvu.demo.tables import Tables
from congvu.demo.units import Agencies
from congvu.demo.workdays import DAY, position

_FROM, _TO, _SIGNED = date(2021, 12, 5), date(2022, 12, 13), date(2022, 12, 15)
_WRONG = {("STNMT", "dossiers.finished"): 3, ("052", "dossiers.late"): -2}


def add_statements(tables: Tables, register: Register, dossiers: Dossiers, agencies: Agencies) -> None:
    flow = dossiers.flow
    in_period = (flow.finished < (position(_TO) + 1) * DAY) & ~flow.withdrawn
    for place, agency in enumerate(agencies.everyone):
        if agency.level == "commune" or not agency.dossiers:
            continue
        own = in_period & (flow.agency == place)
        document = register.add(
            f"mp-bc-tthc-{agency.code.lower()}",
            "report",
            _SIGNED,
            agency.code,
            f"Số liệu giải quyết thủ tục hành chính của {agency.short_name} đến ngày 13/12/2022 (mô phỏng)",
        )
        for figure, counted in (("dossiers.finished", own), ("dossiers.late", own & dossiers.late)):
            tables.add(
                "statements",
                agency=agency.code,
                figure=figure,
                period_from=_FROM,
                period_to=_TO,
                value=int(np.count_nonzero(counted)) + _WRONG.get((agency.code, figure), 0),
                mode="beside",
                document=document,
            )
