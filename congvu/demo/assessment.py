"""Part II and III of the demo's annual report: what 2021 set out to mend, what 2022 found, what 2023 is to do.

The weaknesses and directions of 2022 say in other words what the original report says; their evidence is the demo's
own records. Agencies, dates, and all that is told of 2021, are invented, and the acts say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from congvu.access.rules import SYSTEM
from congvu.assessment.evidence import Evidence, look_up, open_findings, parse_evidence
from congvu.assessment.models import DirectionCooperation, ReportDirection, ReportWeakness
from congvu.assessment.rules import Outcome
from congvu.assessment.suggestions import written_by_agencies
from congvu.journal.services import act
from congvu.reports.queries import ANNUAL, periods_of

_SIMULATED = " (mô phỏng)"


@dataclass(frozen=True, slots=True)
class _Weak:
    """``evidence`` is a code; ``then`` what last year's report stated of it, as that year's records are not here."""

    text: str
    evidence: str
    remedy: str
    responsible: str
    due_on: date
    then: str = ""
    outcome: Outcome | None = None
    outcome_text: str = ""


_LAST = (
    _Weak(
        "Hồ sơ TTHC do UBND cấp xã tiếp nhận còn trễ hạn",
        "figure:dossiers:dossiers.late_rate[level=commune]",
        "Rà soát hằng tuần hồ sơ sắp đến hạn ở cấp xã",
        "VPUBND",
        date(2022, 6, 30),
        "0.0094",
        Outcome.UNDER_WAY,
        "Các huyện đã rà soát hằng tuần, tỷ lệ trễ hạn giảm nhưng chưa hết",
    ),
    _Weak(
        "Phản ánh, kiến nghị của người dân, doanh nghiệp xử lý còn chậm",
        "figure:year:feedback.resolution_rate",
        "Công khai hằng tháng danh sách phản ánh, kiến nghị quá hạn xử lý",
        "VPUBND",
        date(2022, 9, 30),
        "0.812",
        Outcome.DONE,
        "Danh sách được đăng trên cổng thông tin điện tử từ tháng 4",
    ),
    _Weak(
        "Nơi nhận xác nhận văn bản chỉ đạo chưa đầy đủ",
        "figure:year:documents.acknowledged_share",
        "Nhắc nơi nhận chưa xác nhận trên phần mềm quản lý văn bản",
        "STTTT",
        date(2022, 3, 31),
        "0.846",
        Outcome.DONE,
        "Phần mềm nhắc tự động từ tháng 3",
    ),
    _Weak(
        "Tuyên truyền về KLKCHC, VHCV trên báo chưa thường xuyên",
        "figure:year:communications.count[channel=newspaper]",
        "Mở chuyên mục về VHCV trên báo của tỉnh",
        "STTTT",
        date(2022, 12, 31),
        "11",
        Outcome.NOT_DONE,
        "Chuyển sang năm sau",
    ),
)
_FINDING, _ANSWER = "an open finding", "an agency's answer"
_NOW = (
    _Weak(
        "Một bộ phận CBCCVC chưa phát huy trách nhiệm trong tham mưu, thực hiện nhiệm vụ; từ ngày [[from discipline]] "
        "đến ngày [[to discipline]], toàn tỉnh có [[officers.disciplined period=discipline]] CBCCVC bị xử lý kỷ luật"
        "[[note list officers.disciplined_by_agency period=discipline]]",
        "figure:discipline:officers.disciplined",
        "Quán triệt để mỗi CBCCVC nhận thức đúng trách nhiệm của mình; xử lý nghiêm trường hợp sai phạm",
        "SNV",
        date(2023, 6, 30),
    ),
    _Weak(
        "Việc giải quyết TTHC có nơi còn trễ hạn, nhiều nhất trong lĩnh vực "
        "[[top dossiers.late by=field period=dossiers]]",
        "figure:dossiers:dossiers.late[level=commune]",
        "Kiểm điểm hằng tháng từng hồ sơ trễ hạn; tập trung vào hồ sơ đất đai",
        "STNMT",
        date(2023, 9, 30),
    ),
    _Weak(
        "Còn tình trạng vắng mặt, dùng giờ làm việc vào việc riêng",
        _FINDING,
        "Kiểm tra đột xuất việc sử dụng thời giờ làm việc tại từng cơ quan",
        "SNV",
        date(2023, 12, 15),
    ),
    _Weak(
        "Thái độ giao tiếp, phục vụ người dân có nơi chưa tận tình; phản ánh, kiến nghị chưa được xử lý hết",
        "figure:year:feedback.resolution_rate",
        "Giao từng phản ánh, kiến nghị quá hạn cho một người chịu trách nhiệm",
        "VPUBND",
        date(2023, 6, 30),
    ),
    _Weak(
        "Phối hợp giữa các bộ phận trong một số cơ quan còn chậm",
        _ANSWER,
        "Ấn định thời hạn cho từng bước trong quy trình nội bộ",
        "VPUBND",
        date(2023, 8, 31),
    ),
    _Weak(
        "Công tác tuyên truyền về kỷ luật, kỷ cương chưa đều",
        "figure:year:communications.count[channel=newspaper]",
        "Mở chuyên mục hằng tháng về KLKCHC, VHCV trên báo của tỉnh",
        "STTTT",
        date(2023, 3, 31),
    ),
)
_DIRECTIONS = (
    ("Tiếp tục siết chặt KLKCHC tại các phòng, ban, đơn vị trực thuộc", "SNV", ("VPUBND", "TTT"), date(2023, 12, 15)),
    (
        "Đổi mới tuyên truyền về KLKCHC, VHCV trên báo, đài, cổng và trang thông tin điện tử, gắn với nhiệm vụ chuyên "
        "môn của từng cơ quan, địa phương",
        "STTTT",
        ("SNV",),
        date(2023, 11, 30),
    ),
    (
        "Nâng cao chất lượng giải quyết TTHC theo cơ chế một cửa, một cửa liên thông và dịch vụ công trực tuyến; tập "
        "trung khắc phục hồ sơ trễ hạn",
        "VPUBND",
        ("STNMT", "STP"),
        date(2023, 12, 15),
    ),
    (
        "Bồi dưỡng kỹ năng giao tiếp, ứng xử và kỹ năng hành chính theo kế hoạch của tỉnh; ứng dụng công nghệ thông "
        "tin để giảm hội họp, giấy tờ và báo cáo",
        "SNV",
        ("STTTT",),
        date(2023, 10, 31),
    ),
    (
        "Đề cao trách nhiệm của người đứng đầu trong quản lý CBCCVC, người lao động và trong sử dụng thời giờ làm việc",
        "SNV",
        (),
        date(2023, 6, 30),
    ),
    (
        "Giúp Tổ công tác của Chủ tịch UBND tỉnh kiểm tra đột xuất việc chấp hành KLKCHC, VHCV; đôn đốc, chấn chỉnh và "
        "kiến nghị xử lý vi phạm",
        "SNV",
        ("TTT", "VPUBND"),
        date(2023, 12, 15),
    ),
)


def add_assessment(year: int) -> None:
    """Write what the report of ``year`` finds and sets out, and what the one before it had, in one simulated act."""
    weaknesses = [_weakness(year - 1, place, one) for place, one in enumerate(_LAST, 1)]
    weaknesses += [_weakness(year, place, one) for place, one in enumerate(_NOW, 1)]
    directions, beside = [], []
    for place, (text, lead, others, due_on) in enumerate(_DIRECTIONS, 1):
        where = {"report": ANNUAL, "year": year}
        directions.append(
            ReportDirection(**where, number=place, position=place, text=text, lead_agency=lead, due_on=due_on)
        )
        beside += [
            DirectionCooperation(**where, direction=place, agency=code, position=at)
            for at, code in enumerate(others, 1)
        ]
    with act("assessment:weakness", actor=SYSTEM, data={"report": ANNUAL, "year": year, "simulated": True}) as deed:
        ReportWeakness.objects.bulk_create(weaknesses)
        ReportDirection.objects.bulk_create(directions)
        DirectionCooperation.objects.bulk_create(beside)
        for model in (ReportWeakness, ReportDirection, DirectionCooperation):
            deed.checkpoint(model)


def _weakness(year: int, place: int, one: _Weak) -> ReportWeakness:
    periods = periods_of(ANNUAL, year)
    evidence = _evidence(year, one.evidence)
    stated = Decimal(one.then) if one.then else look_up(SYSTEM, evidence, periods).value
    return ReportWeakness(
        report=ANNUAL,
        year=year,
        number=place,
        position=place,
        text=one.text,
        stated=stated,
        remedy=one.remedy,
        responsible=one.responsible,
        due_on=one.due_on,
        outcome=one.outcome,
        outcome_text=f"{one.outcome_text}{_SIMULATED}" if one.outcome_text else None,
        **evidence.columns,
    )


def _evidence(year: int, code: str) -> Evidence:
    """Return evidence by its code, or the first that fits of what the records hold."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if code == _FINDING:
        found = open_findings(SYSTEM, first, last, 50)
        return next((one.evidence for one in found if "Vắng mặt" in one.name), found[0].evidence)
    if code == _ANSWER:
        return written_by_agencies(SYSTEM, first, last, "phoi hop giua cac bo phan")[0].lines[0][0]
    return parse_evidence(code)
