"""The houses of thôn Đồng Chợ that the journeys go to, and what is said at the door of one of them.

Years of birth follow this year, so that everybody keeps their age, and with it their questions, for ever."""

from datetime import UTC, datetime
from typing import Any

from fieldapp.survey.day import LOCAL

THIS_YEAR = datetime.now(UTC).astimezone(LOCAL).year


def person(number: int, name: str, age: int, sex: str, relation: str) -> dict[str, Any]:
    return {
        "id": f"p{number:09}", "name": name, "birth_year": THIS_YEAR - age, "sex": sex, "relation": relation,
        "residence": "permanent",
    }  # fmt: skip


def called(person: dict[str, Any]) -> str:
    """What they are called by: the last word of the name."""
    return person["name"].rpartition(" ")[2]


def house(address: str, *people: dict[str, Any]) -> dict[str, Any]:
    return {"village": "dong-cho", "address": address, "source": "roster", "people": list(people)}


DUNG = person(1, "Nguyễn Văn Dũng", 68, "male", "head")
HOA = person(2, "Trịnh Thị Hoa", 64, "female", "spouse")
NAM = person(3, "Nguyễn Hoài Nam", 38, "male", "child")
MAI = person(4, "Nguyễn Ngọc Mai", 11, "female", "grandchild")

FOUR = house("Ngõ 3", DUNG, HOA, NAM, MAI)
ROSTER = (
    FOUR,
    house("Ngõ 5", person(5, "Lê Thị Sáu", 71, "female", "head")),
    house("Ngõ 8", person(6, "Đỗ Văn Quyết", 45, "male", "head"), person(7, "Vũ Thị Nhàn", 43, "female", "spouse")),
)

# Said at the door of the four: everything that is asked of each.
SAID_OF_THE_HOUSE = {
    "internet": "fixed", "electricity_cashless": "yes", "address_code": "unknown", "zalo_group": "yes", "camera": "no",
    "business": "no",
}  # fmt: skip
SAID = {
    DUNG["id"]: {
        "phone": "smartphone", "network_4g": "yes", "vneid": "installed", "epay": ["none"], "health_record": "no", "esign": "no",
        "online_service": "no", "benefit": "cash",
    },
    HOA["id"]: {
        "phone": "basic", "network_4g": "no", "vneid": "none", "epay": ["none"], "health_record": "no", "esign": "no",
        "online_service": "unknown", "benefit": "not_receiving",
    },
    NAM["id"]: {
        "phone": "smartphone", "network_4g": "yes", "vneid": "level2", "epay": ["bank", "wallet"], "health_record": "seen",
        "esign": "yes", "online_service": "self", "digital_skills": "trained", "benefit": "not_receiving",
    },
    MAI["id"]: {"phone": "none", "health_record": "no"},
}  # fmt: skip
