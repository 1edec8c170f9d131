from congvu.worktime.batch_csv import elapsed_csv

from .due import BatchCommand


class Command(BatchCommand):
    help = "Tính thời gian làm việc đã qua: đọc id,from,to; ghi id,minutes."
    count = staticmethod(elapsed_csv)
