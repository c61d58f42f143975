"""Communes on servers of their own, with some months told, so that the province's pages have something to lay beside each other. Made up, seeded."""

import random
from datetime import date, timedelta
from typing import Any

from fieldapp.demo.above import COMMUNE_ID, OFFICER
from fieldapp.figures.months import due
from fieldapp.store import months, packages
from fieldapp.store.months import Telling
from fieldapp.survey.balance import Balance
from fieldapp.survey.communes import COMMUNES
from fieldapp.survey.contribution import COVERAGE
from fieldapp.survey.day import instant, moment
from fieldapp.survey.disclosure import WHOLE, Count, told
from fieldapp.survey.indicator import INDICATORS

HOW_MANY, MONTHS = 9, 5
# One of them has sent nothing for days, and not its last month.
QUIET, QUIET_DAYS = 3, 12
KEY = "MCowBQYDK2VwAyEA"
PROVINCE = "Tỉnh Thanh Hóa"


def send(connection: Any, now: str, today: str) -> str:
    """Take in what such communes would have sent; the id of one of them comes back."""
    chance = random.Random(38)
    listed = [each for each in COMMUNES.values() if each.province == PROVINCE][:HOW_MANY]
    for number, each in enumerate(listed):
        source_id = f"own-server-{number}"
        packages.trust(connection, COMMUNE_ID, packages.Sender(source_id, each.code, each.name, KEY, now, OFFICER[0]))
        seen = moment(instant(now) - timedelta(days=QUIET_DAYS)) if number == QUIET else now
        running = {"phones": chance.randint(9, 60), "silent": chance.choice((0, 0, 1, 6)), "contact_at": seen, "backup_at": seen}
        last = due(today) if number != QUIET else (date.fromisoformat(f"{due(today)}-01") - timedelta(days=1)).isoformat()[:7]
        about = {"running": running}
        packages.add(connection, COMMUNE_ID, packages.Package(source_id, last, now, now, OFFICER[0], "0" * 64, about), "")
        months.forget(connection, COMMUNE_ID, source_id)
        months.add(connection, COMMUNE_ID, source_id, _told(chance, last))
    return "own-server-0"


def _told(chance: random.Random, last: str) -> list[Telling]:
    """Some months of a commune that grows, one indicator of it too small to be told."""
    households, reach, ease = chance.randint(1200, 4200), chance.uniform(0.3, 0.9), {each.key: chance.uniform(0.15, 0.95) for each in INDICATORS}
    known: dict[str, list[Count]] = {}
    tellings = []
    for number in range(MONTHS):
        month = (date.fromisoformat(f"{last}-15") - timedelta(days=30 * (MONTHS - 1 - number))).isoformat()[:7]
        visited = int(households * reach * (number + 1) / MONTHS)
        whole = {COVERAGE: Balance(visited, households - visited)}
        for each in INDICATORS:
            of_it = visited * (3 if each.unit == "person" else 1) if each.code != "benefit_cashless" else 7
            whole[each.key] = Balance(int(of_it * ease[each.key] * 0.95), int(of_it * (1 - ease[each.key]) * 0.95), of_it // 20)
        for key, balance in whole.items():
            half = Balance(*(count // 2 for count in balance))
            truth = {WHOLE: {WHOLE: balance}, "sex": {"female": half, "male": Balance(*(a - b for a, b in zip(balance, half, strict=True)))}}
            count = told(month, truth, known.get(key, []))
            known.setdefault(key, []).append(count)
            tellings.append(Telling(month, key, count, (households - visited) * 3 // 10 * 10))
    return tellings
