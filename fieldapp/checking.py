"""Commands that look and tell: whether the data are sound, how fast it is, and what keeps the repository's made files in step."""

from importlib import import_module
from itertools import chain
from pathlib import Path

from fieldapp.commands import BENCHES, Impossible
from fieldapp.serving import database_file, opened, settings_of


def check(data: Path | None) -> int:
    """Prints each frozen report, and each difference between the database and what its journal makes of it; 0 when there is none."""
    from fieldapp.store import areas, boards, campaigns, indicators, rebuild, reported, reports
    from fieldapp.store.engine import reading

    settings = settings_of(data)
    file = database_file(settings)
    if file is not None and not file.exists():
        raise Impossible(
            f"Không có dữ liệu ở {file.parent}. Dữ liệu mẫu thì: check --data demo-data",
            f"There is no data in {file.parent}. For the demo: check --data demo-data",
        )
    found = 0
    # Data of an older version are first brought to the present shape, as by serving.
    engine = opened(settings)
    with reading(engine) as connection:
        communes = areas.commune_ids(connection)
        for commune_id in communes:
            # A journal that does not hold is not made anything of: it would prove nothing, and may not even be readable.
            broken = list(rebuild.broken_links(connection, commune_id))
            looks = rebuild.unlike_rebuilt, *(each.unlike_noted for each in (reports, indicators, reported, boards, campaigns))
            for difference in broken or chain.from_iterable(look(connection, commune_id) for look in looks):
                print(f"{commune_id}: {difference}")
                found += 1
            for each in reports.of_commune(connection, commune_id):
                print(f"{commune_id}: báo cáo đã chốt / frozen report {each.period} {each.as_of} {each.report_id} {each.sha256[:16]}")
    engine.dispose()
    print(f"{found} khác biệt / {found} differences")
    return 1 if found else 0


def bench(which: str | None, households: int | None, json: Path | None) -> int:
    """Runs one bench or all, prints the rows; 0 when everything promised holds. households: of the province that `figures` makes."""
    from fieldapp.bench.row import shown, written

    if households is not None and which != "figures":
        raise Impossible("--households chỉ dùng với: bench figures", "--households is for: bench figures")
    asked = {} if households is None else {"households": households}
    rows = [row for name in ([which] if which else BENCHES) for row in import_module(f"fieldapp.bench.{name}").run(**asked)]
    print(shown(rows))
    if json is not None:
        written(rows, json)
    return 1 if any(row.holds is False for row in rows) else 0


def test(arguments: list[str]) -> int:
    """Tests need their own tools, which the launcher brings: it never hands this command over."""
    raise Impossible("Kiểm thử chạy bằng: python3 run.py test", "Tests are run by: python3 run.py test")


def words() -> int:
    """Brings the catalogues up to what the code says; prints the messages that wait for words, 0 when none does."""
    from fieldapp.web.catalogue import update_catalogues

    waiting = update_catalogues()
    print("\n".join([*waiting, f"{len(waiting)} câu chờ dịch / {len(waiting)} messages wait for words"]))
    return 1 if waiting else 0


def questionnaire() -> int:
    """Compiles every shipped questionnaire; prints the files written."""
    from fieldapp.intake.xlsform import QuestionnaireRefused, compile_questionnaires

    try:
        written = compile_questionnaires()
    except QuestionnaireRefused as why:
        raise Impossible(f"Phiếu khảo sát chưa đúng: {why}", f"A questionnaire is wrong: {why}") from None
    print("\n".join(map(str, written)))
    return 0
