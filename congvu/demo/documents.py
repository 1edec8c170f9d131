"""The register: documents that the report cites, as it prints them, and simulated ones numbered ``MP-…``."""

from dataclasses import dataclass
from datetime import date

from congvu.demo import sources
from congvu.demo.chance import Chance
from congvu.demo.people import Staff
from congvu.demo.tables import PROVINCE, Tables
from congvu.demo.units import Agencies
from congvu.demo.workdays import TODAY, working_day

_SHORT = {
    "decision": "QĐ",
    "plan": "KH",
    "programme": "CTr",
    "report": "BC",
    "notice": "TB",
    "guideline": "HD",
}
_DIRECTED = (
    "vb-3652-kh-ubnd-2021",
    "vb-3653-kh-ubnd-2021",
    "vb-3778-kh-ubnd-2021",
    "vb-47-kh-ubnd-2022",
    "vb-101-qd-ubnd-2022",
    "vb-476-kh-ubnd-2022",
    "vb-501-ubnd-nc-2022",
    "vb-710-kh-tct-2022",
    "vb-07-ct-ubnd-2022",
    "vb-1822-kh-ubnd-2022",
    "vb-1929-kh-ubnd-2022",
    "vb-15-ct-ubnd-2022",
)
"""Documents of the province that went to all departments and districts."""


@dataclass(frozen=True)
class Draft:
    """A simulated document that still has no number: numbers follow the dates, per issuer, kind and year."""

    id: str
    kind: str
    issued_on: date
    issuer: str
    title: str
    direction: str
    signer: str


class Register:
    """Collects simulated documents while the province is built, and numbers them at the end."""

    def __init__(self, tables: Tables, agencies: Agencies, staff: Staff) -> None:
        self._tables, self._agencies, self._staff = tables, agencies, staff
        self._drafts: list[Draft] = []

    def add(self, id: str, kind: str, issued_on: date, issuer: str, title: str, *, direction: str = "outgoing") -> str:
        """Registers a document that an agency of the province issued; gives back its id."""
        signer = self._staff.of(issuer, "deputy")[0].full_name
        self._drafts.append(Draft(id, kind, issued_on, issuer, title, direction, signer))
        return id

    def relate(self, source: str, target: str, relation: str) -> None:
        self._tables.add("document_relations", source=source, target=target, relation=relation)

    def send(self, chance: Chance, document: str, issued_on: date, agencies: list[str], read: float) -> None:
        """Distributes a document; a share ``read`` of the agencies acknowledged it within some days."""
        for agency in agencies:
            seen = working_day(issued_on, min(chance.between(0, 4), chance.between(0, 4)))
            known = chance.happens(read) and seen < TODAY
            self._tables.add(
                "document_recipients",
                document=document,
                agency=agency,
                acknowledged_on=seen if known else None,
            )

    def close(self) -> None:
        """Writes the simulated documents, numbered in the order of their dates."""
        counters: dict[tuple[str, int, str], int] = {}
        for draft in sorted(self._drafts, key=lambda draft: (draft.issued_on, draft.id)):
            series = (draft.issuer, draft.issued_on.year, draft.kind)
            counters[series] = counters.get(series, 0) + 1
            number = f"MP-{counters[series]:02d}"
            self._tables.add(
                "documents",
                id=draft.id,
                kind=draft.kind,
                number=number,
                symbol=f"{number}/{self._symbol(draft)}",
                issued_on=draft.issued_on,
                issuer=draft.issuer,
                title=draft.title,
                direction=draft.direction,
                signer=draft.signer,
            )

    def _symbol(self, draft: Draft) -> str:
        body = draft.issuer if self._agencies[draft.issuer].staff and draft.issuer.isalpha() else "UBND"
        short = _SHORT.get(draft.kind)
        return f"{short}-{body}" if short else f"{body}-NC"


REPORT_PERIODS = {
    "year": (date(2022, 1, 1), date(2022, 12, 31)),
    "dossiers": (date(2021, 12, 5), date(2022, 12, 13)),
    "discipline": (date(2022, 1, 1), date(2022, 12, 20)),
}
"""What the report's numbers are of: the dossiers' days stand in it, the discipline's last day does."""


def add_report_documents(tables: Tables, register: Register, agencies: Agencies, seed: int) -> None:
    """The documents of the report with their relations, citation slots and recipients."""
    chance = Chance(seed, "documents")
    issued = {}
    for row in sources.rows("report_documents"):
        tables.add("documents", **row)
        issued[row["id"]] = row["issued_on"]
    for row in sources.rows("report_relations"):
        register.relate(**row)
    for row in sources.rows("report_slots"):
        tables.add("x_report_slots", report="annual", year=2022, **row)
    for period, (first, last) in REPORT_PERIODS.items():
        tables.add("x_report_periods", report="annual", year=2022, period=period, period_from=first, period_to=last)
    # the report of December says that the year's gradings are still being gathered
    tables.add("x_report_pending", report="annual", year=2022, figure="evaluations.graded")
    thirty = [agency.code for agency in agencies.thirty]
    for document in _DIRECTED:
        read = 0.7 if document == "vb-15-ct-ubnd-2022" else 0.96
        register.send(chance, document, date.fromisoformat(issued[document]), thirty, read)


_LETTERS = (
    "Đôn đốc báo cáo kết quả cải cách hành chính {period}",
    "Chấn chỉnh việc tiếp nhận, trả kết quả hồ sơ thủ tục hành chính {period}",
    "Rà soát hồ sơ quá hạn giải quyết trong lĩnh vực đất đai {period}",
    "Tăng cường sử dụng dịch vụ công trực tuyến {period}",
    "Xử lý phản ánh, kiến nghị của người dân, doanh nghiệp {period}",
)


def add_daily_documents(register: Register, agencies: Agencies, seed: int) -> None:
    """Letters, notices and reports of a working year: the province to all, each district to its communes."""
    chance = Chance(seed, "letters")
    thirty = [agency.code for agency in agencies.thirty]
    for month in range(1, 13):
        period = f"tháng {month}/2022"
        day = working_day(date(2022, month, chance.between(8, 18)))
        letter = register.add(
            f"mp-cv-ubnd-{month:02d}",
            "official_letter",
            day,
            PROVINCE,
            chance.pick(_LETTERS).format(period=period),
        )
        register.relate(letter, "vb-3652-kh-ubnd-2021", "implements")
        register.send(chance, letter, day, thirty, 0.93 if month < 12 else 0.6)
    for quarter in range(1, 5):
        month = min(quarter * 3, 12)
        for agency in agencies.thirty:
            day = working_day(date(2022, month, chance.between(1, 16)))
            register.add(
                f"mp-bc-{agency.code.lower()}-{quarter}",
                "report",
                day,
                agency.code,
                f"Kết quả công tác cải cách hành chính quý {quarter} năm 2022 của {agency.short_name}",
            )
    for district in agencies.districts:
        communes = [commune.code for commune in agencies.communes_of(district.code)]
        for month in (2, 5, 9, 11):
            day = working_day(date(2022, month, chance.between(8, 25)))
            letter = register.add(
                f"mp-cv-{district.code}-{month:02d}",
                "official_letter",
                day,
                district.code,
                chance.pick(_LETTERS).format(period=f"tháng {month}/2022"),
            )
            register.send(chance, letter, day, communes, 0.85)
