"""Whatever stands in an address: an answer in words, never a fault of the program."""

import pytest

HUGE = "9" * 400


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/bang-dieu-hanh/?tu=hôm-qua&den=2022-12-31", 400, "«hôm-qua» không phải là một ngày"),
        ("/bang-dieu-hanh/?tu=2022-02-30&den=2022-12-31", 400, "không phải là một ngày"),
        (f"/bang-dieu-hanh/?tu={HUGE}&den=2022-12-31", 400, "không phải là một ngày"),
        ("/bang-dieu-hanh/?tu=99999-01-01&den=99999-12-31", 400, "không phải là một ngày"),
        ("/bang-dieu-hanh/?tu=01/01/2022&den=31/12/2022", 200, "Bảng điều hành"),
        ("/bang-dieu-hanh/?tu=32/01/2022&den=31/12/2022", 400, "không phải là một ngày"),
        ("/bang-dieu-hanh/?tu=2022-12-31&den=2022-01-01", 400, "bị ngược"),
        ("/bang-dieu-hanh/?tu=2022-12-31", 400, "cả ngày đầu và ngày cuối"),
        ("/bang-dieu-hanh/?tu=0001-01-01&den=2022-01-01", 400, "1900 đến 2199"),
        ("/bang-dieu-hanh/?tu=&den=", 200, "Bảng điều hành"),
        ("/chi-tieu/khong.co/", 404, "Không có chỉ tiêu «khong.co»"),
        (f"/chi-tieu/{HUGE}/", 404, "Không có chỉ tiêu"),
        ("/chi-tieu/dossiers.late/?level=galaxy", 404, "không có «galaxy»"),
        ("/chi-tieu/dossiers.late/?level=commune&sau=khong-ky", 400, "mở lại danh sách từ đầu"),
        (f"/chi-tieu/officers.disciplined_by_agency/?agency={HUGE}", 200, "Người bị xử lý kỷ luật theo cơ quan"),
        ("/chi-tieu/officers.disciplined_by_agency/?agency=X1@x", 200, "Người bị xử lý kỷ luật theo cơ quan"),
        ("/chi-tieu/feedback.received_by_category/?category=%27%3B--", 200, "Phản ánh"),
        ("/chi-tieu/feedback.received_by_category/?category=%25s%28first%29s", 200, "Phản ánh"),
        ("/chi-tieu/dossiers.late/?level=%00", 400, "ký tự không đọc được"),
        ("/chi-tieu/dossiers.late/?level=commune&co-quan=KHONG", 404, "Không có cơ quan mã «KHONG»"),
        ("/chi-tieu/dossiers.late/?level=commune&co-quan=%00", 400, "ký tự không đọc được"),
        ("/chi-tieu/procedures.in_force/?co-quan=KHONG", 200, "Thủ tục hành chính đang có hiệu lực"),
        ("/yeu-cau-bao-cao/khong-co/", 404, "Không tìm thấy yêu cầu báo cáo"),
        ("/yeu-cau-bao-cao/khong-co/co-quan/X1/", 404, "Không tìm thấy báo cáo của cơ quan"),
        (f"/yeu-cau-bao-cao/{HUGE}/tong-hop/?tim={HUGE}", 404, "Không tìm thấy yêu cầu báo cáo"),
        ("/yeu-cau-bao-cao/ganh-nang/?nam=1", 400, "1900 đến 2199"),
        ("/yeu-cau-bao-cao/?sau=khong-ky", 400, "mở lại danh sách từ đầu"),
        ("/chi-tieu/%00/", 400, "ký tự không đọc được"),
        ("/ho-so/khong-co/", 404, "Không tìm thấy hồ sơ «khong-co»"),
        ("/ho-so/X1-LATE%0A/", 400, "ký tự không đọc được"),
        ("/ho-so/%C3%28/", 404, "Không tìm thấy hồ sơ"),
        ("/co-quan/KHONG/", 404, "Không có cơ quan mã «KHONG»"),
        ("/co-quan/?ngay=2022-13-01", 400, "không phải là một ngày"),
        ("/co-quan/X1/?ngay=0001-01-01", 400, "1900 đến 2199"),
        (f"/nhat-ky/{HUGE}/", 404, "Không có thao tác số"),
        ("/nhat-ky/0/", 404, "Không có thao tác số 0"),
        ("/nhat-ky/?ngay=x", 400, "không phải là một ngày"),
        ("/nhat-ky/?ngay=9999-12-31", 400, "1900 đến 2199"),
        ("/nhat-ky/?sau=x", 400, "mở lại danh sách từ đầu"),
        ("/khong-co-trang-nay/", 404, "Không tìm thấy trang"),
    ],
)
def test_an_odd_address_is_answered_in_words(officer, address, status, words):
    reply = officer.get(address)

    assert words in officer.checked(reply, status).words()


def test_a_place_in_one_list_is_no_place_in_another(officer, administrator):
    from congvu.web.address import place_token

    token = place_token([1], "journal")

    officer.page("/nhat-ky/", sau=token)
    officer.page("/chi-tieu/dossiers.late/", status=400, level="commune", sau=token)
    administrator.page("/nguoi-dung/", status=400, sau=token)


@pytest.mark.parametrize("address", ["/nguoi-dung/nobody/", f"/nguoi-dung/{HUGE}/"])
def test_an_unknown_user_is_a_page_that_says_so(administrator, address):
    assert "Không có người dùng" in administrator.page(address, status=404).words()


def test_a_seat_with_a_huge_number_is_refused(administrator):
    username = administrator.user.username

    administrator.send(f"/nguoi-dung/{username}/vi-tri/{HUGE}/ket-thuc/", status=409)
