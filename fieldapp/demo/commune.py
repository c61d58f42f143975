"""The two communes of the demo: xã Thiệu Trung, whose villages and teams one looks at, and xã Thiệu Quang beside it, of which
nothing may be seen. Their lists of households come in as an officer records them."""

import random
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fieldapp.demo import people
from fieldapp.demo.answers import register
from fieldapp.demo.names import full_name
from fieldapp.demo.people import House, Resident
from fieldapp.demo.stage import Stage, at_local
from fieldapp.intake import desk
from fieldapp.store import accounts, areas
from fieldapp.store import teams as team_of_spot
from fieldapp.store.accounts import Account
from fieldapp.store.engine import writing

PROVINCE = "Tỉnh Thanh Hóa"
FOUNDED = "2025-07-01"
HOUSES_IN_A_LANE = 9
AT_ONCE = 500
# Poor and near poor together.
LISTED_POOR = 0.06


@dataclass(frozen=True)
class Spot:
    """A village. share: of the commune's households; reach: of its doors that the team gets to in six weeks; ease: how much at
    home its houses are in the digital world; team: (account, name, role), the leader first; None: made-up members."""

    village_id: str
    name: str
    number: int
    share: int
    reach: float
    ease: float = 0.0
    village_type: str = "thon"
    team: tuple[tuple[str, str, str], ...] | None = None


@dataclass(frozen=True)
class Place:
    """A commune. officer: (account, name); the account is the username too."""

    commune_id: str
    code: str
    name: str
    officer: tuple[str, str]
    spots: tuple[Spot, ...]


HERE = Place(
    "thieu-trung", "15835", "Xã Thiệu Trung", ("minh", "Hoàng Văn Minh"),
    (
        Spot("tra-dong", "Trà Đông", 1, 16, 0.80, 0.04),
        Spot("phu-ly", "Phủ Lý", 2, 14, 0.66),
        Spot(
            "dong-cho", "Đồng Chợ", 3, 15, 0.97, 0.03,
            team=(("tuan", "Nguyễn Văn Tuấn", "leader"), ("huong", "Lê Thị Hường", "member"), ("binh", "Trần Bình", "member")),
        ),
        Spot("dong-thanh", "Đồng Thanh", 4, 12, 0.58, -0.05),
        Spot("phu-van", "Phú Văn", 5, 11, 0.72),
        Spot("yen-lo", "Yên Lộ", 6, 12, 0.46, -0.08),
        Spot("cau-sung", "Cầu Sừng", 7, 9, 0.84, -0.02),
        Spot("ba-che", "Ba Chè", 8, 11, 0.90, 0.10, "khu_pho"),
    ),
)  # fmt: skip
BESIDE = Place(
    "thieu-quang", "15796", "Xã Thiệu Quang", ("lan", "Đỗ Thị Lan"),
    (Spot("nguyen-thang", "Nguyên Thắng", 1, 60, 0.75), Spot("chi-cuong", "Chí Cường", 2, 40, 0.5)),
)  # fmt: skip


@dataclass
class Commune:
    """A commune as it stands on the stage. houses: village → houses, lane by lane; teams: village → accounts, leader first."""

    place: Place
    officer: Account
    houses: dict[str, list[House]]
    teams: dict[str, list[str]]


def found(stage: Stage, place: Place, households: int, password_hash: str) -> Commune:
    """Found the commune with its villages, teams, officer and list of households; nobody was visited yet."""
    chance = random.Random(f"{stage.seed} {place.commune_id}")
    since = (stage.first - timedelta(days=30)).isoformat()
    officer = Account(place.commune_id, place.officer[0], place.officer[1], "officer", place.officer[0], password_hash)
    teams: dict[str, list[str]] = {}
    with writing(stage.engine) as connection:
        epoch = secrets.token_hex(8)
        areas.found_commune(connection, areas.Commune(place.commune_id, place.code, place.name, PROVINCE, epoch), FOUNDED)
        accounts.add(connection, officer)
        for spot in place.spots:
            urban = spot.village_type == "khu_pho"
            village = areas.Village(spot.village_id, spot.name, spot.village_type, urban, spot.number, FOUNDED)
            areas.found_village(connection, place.commune_id, village)
            accounts.add_team(connection, place.commune_id, f"to-{spot.village_id}", f"Tổ {spot.name}")
            team_of_spot.give_villages(connection, place.commune_id, f"to-{spot.village_id}", [spot.village_id], since)
            for account_id, name, role in spot.team or _team(chance, spot):
                accounts.add(connection, Account(place.commune_id, account_id, name, role, team_id=f"to-{spot.village_id}"))
                accounts.assign(connection, place.commune_id, account_id, spot.village_id, since)
                teams.setdefault(spot.village_id, []).append(account_id)
    commune = Commune(place, officer, _houses(chance, stage, place, households), teams)
    _list_households(stage, commune, chance)
    return commune


def _team(chance: random.Random, spot: Spot) -> list[tuple[str, str, str]]:
    leader = full_name(chance, "male" if chance.random() < 0.7 else "female", chance.randint(1962, 1984))
    names = [leader]
    for _ in range(chance.randint(1, 2)):
        names.append(full_name(chance, chance.choice(("female", "female", "male")), chance.randint(1985, 2003)))
    return [(f"{spot.village_id}-{number}", name, "member" if number else "leader") for number, name in enumerate(names)]


def _houses(chance: random.Random, stage: Stage, place: Place, households: int) -> dict[str, list[House]]:
    whole, begun, houses = sum(spot.share for spot in place.spots), 0, {}
    for index, spot in enumerate(place.spots):
        until = round(households * sum(each.share for each in place.spots[: index + 1]) / whole)
        addresses = [_address(spot, number) for number in range(until - begun)]
        houses[spot.village_id] = [people.house(chance, stage.first.year, spot.village_id, each, spot.ease) for each in addresses]
        begun = until
    return houses


def _address(spot: Spot, number: int) -> str:
    lane, door = number // HOUSES_IN_A_LANE + 1, number % HOUSES_IN_A_LANE + 1
    return f"Số {2 * door}, ngách {lane}" if spot.village_type == "khu_pho" else f"Ngõ {lane}"


def _list_households(stage: Stage, commune: Commune, chance: random.Random) -> None:
    houses = [house for of_village in commune.houses.values() for house in of_village]
    at = at_local(stage.first - timedelta(days=10), 9)
    for part in _parts(houses):
        bodies = [register(house.village, _as_listed(house, chance), "roster", house.address) for house in part]
        said: list[Any] = [("register", None, body) for body in bodies]
        for house, receipt in zip(part, desk.record(stage.engine, commune.officer, at, said), strict=True):
            assert receipt.outcome == "stored" and receipt.id, receipt
            house.id = receipt.id
    # Who lives alone and old is on the list of the poor more often.
    by_need = sorted(houses, key=lambda house: chance.random() / (3 if len(house.people) == 1 else 1))
    for number, house in enumerate(by_need[: round(len(houses) * LISTED_POOR)]):
        house.poverty = "near_poor" if number % 5 > 1 else "poor"
    name = f"Danh sách hộ nghèo, hộ cận nghèo năm {stage.first.year}"
    poor = [("list", house.id, {"poverty": house.poverty, "list": name}) for house in houses if house.poverty]
    for part in _parts(poor):
        desk.record(stage.engine, commune.officer, at_local(stage.first - timedelta(days=9), 14), part)


def _parts(rows: list[Any]) -> list[list[Any]]:
    return [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]


def _as_listed(house: House, chance: random.Random) -> list[dict[str, Any]]:
    """The house as the commune's list has it: not every year of birth, not the newborn, and not yet who went away."""
    for person in house.people:
        if person.relation in ("child", "grandchild") and chance.random() < 0.04:
            continue
        person.listed = _listed(person, chance)
    return [{"id": person.id, **person.listed} for person in house.people if person.listed]


def _listed(person: Resident, chance: random.Random) -> dict[str, Any]:
    said = person.said()
    if chance.random() < 0.03:
        said["birth_year"] = None
    if person.residence in ("left", "deceased") or (person.residence == "away" and chance.random() < 0.6):
        said["residence"] = "permanent"
    return said
