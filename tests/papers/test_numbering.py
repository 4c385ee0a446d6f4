import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from papers import numbering
from papers.models import Counter

TAKERS, EACH = 8, 500


def take(series: str = "罚决") -> int:
    with transaction.atomic():
        return numbering.take(series=series, body_id=3, year=2026)


@pytest.mark.django_db
def test_each_series_counts_from_one_by_body_and_year():
    assert [take(), take(), take("立")] == [1, 2, 1]
    with transaction.atomic():
        assert numbering.take(series="罚决", body_id=4, year=2026) == 1
        assert numbering.take(series="罚决", body_id=3, year=2027) == 1


@pytest.mark.django_db
def test_numbers_of_several_series_are_taken_together_as_one_by_one():
    take("立")
    with transaction.atomic():
        assert numbering.take_each(["罚决", "立"], body_id=3, year=2026) == {"罚决": 1, "立": 2}
    assert [take(), take("立")] == [2, 3]


@pytest.mark.django_db(transaction=True)
def test_a_number_cannot_be_taken_outside_a_transaction():
    with pytest.raises(RuntimeError):
        numbering.take(series="罚决", body_id=3, year=2026)
    assert not Counter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_act_gives_its_number_back():
    assert take() == 1
    with transaction.atomic():
        assert numbering.take(series="罚决", body_id=3, year=2026) == 2
        transaction.set_rollback(True)
    assert take() == 2


@pytest.mark.django_db(transaction=True)
def test_eight_threads_at_once_leave_no_gap_and_no_double():
    taken: list[int] = []
    start = threading.Barrier(TAKERS)

    def work() -> None:
        start.wait()
        try:
            for turn in range(EACH):
                try:
                    with transaction.atomic():
                        number = numbering.take(series="罚决", body_id=3, year=2026)
                        if turn % 10 == 9:
                            raise ZeroDivisionError
                    taken.append(number)
                except ZeroDivisionError:
                    pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(TAKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, TAKERS * EACH * 9 // 10 + 1))


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"last": 9}, {"last": 1}, {"year": 2020, "last": 3}])
def test_the_database_moves_a_counter_by_one_only(change):
    take(), take()
    with pytest.raises((ProgrammingError, IntegrityError)), transaction.atomic():
        Counter.objects.update(**change)
    assert take() == 3


@pytest.mark.django_db
def test_a_counter_cannot_be_deleted():
    take()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Counter.objects.all().delete()
    assert take() == 2


def test_a_number_prints_with_hexagonal_brackets_and_no_leading_zero():
    assert numbering.printed(word="青综执", kind="罚决", year=2026, number=1) == "青综执罚决〔2026〕1号"
