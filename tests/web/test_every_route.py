"""Every route × every role × own place, foreign village, foreign commune: nobody is shown, and nobody changes, what is not theirs.

The routes are the application's own list, so a page that is added tomorrow is walked tomorrow. What an argument stands for is said in
`places` below; one that is missing there fails here."""

import re

import pytest
from sqlalchemy import and_, delete, insert, select

from fieldapp.figures.reporting import drawn_up, freeze
from fieldapp.store import access, accounts, areas, backups, campaigns, devices, households, links, made_files, points, sign_ups
from fieldapp.store.accounts import Account
from fieldapp.store.board_tables import attachment
from fieldapp.store.desk_tables import household_reading, roster_upload, team_village
from fieldapp.store.desk_tables import reading as reading_table
from fieldapp.store.engine import reading, writing
from fieldapp.store.made_files import MadeFile
from fieldapp.store.tables import village
from fieldapp.survey.campaign import Campaign
from fieldapp.survey.period import whole
from fieldapp.survey.points import Point
from fieldapp.web import guard
from fieldapp.web.accounts.passwords import hashed
from tests.conftest import BESIDE, HERE, PASSWORD, VILLAGES
from tests.web.conftest import Browser
from tests.web.doors import MARKS, SEES, Place, contents, shown

# One database is enough to know who may see what, and the walk is long.
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

COMMUNE = {"own": HERE, "village": HERE, "commune": BESIDE}
PERSON = {"own": "huong", "village": "phu", "commune": "xa"}
TEAM = {"own": "to-dong-cho", "village": "to-phu-van", "commune": "to-xa"}
VILLAGE = {"own": "dong-cho", "village": "phu-van", "commune": f"{BESIDE}-lang"}
REPORT = {"own": f"{1:08}-0000-7000-8000-{0:012}", "village": f"{2:08}-0000-7000-8000-{0:012}", "commune": f"{3:08}-0000-7000-8000-{0:012}"}
# Of a commune, its province sees the same whichever it is.
PLACELESS = {"source_id", "number", "kind", "form", "by", "indicator", "language", "name", "board", "line", "answer"}
# Files that are the same for everybody; what only changes one's own session or language.
EXEMPT = {"static", "sign_in.leave", "language.switch"}
# Pages that also show people who are in no household's book: who signed up, an uploaded roster's lines, held texts.
BOOKLESS = {"sign_ups", "roster", "held"}
BOTH = and_(household_reading.c.commune_id == reading_table.c.commune_id, household_reading.c.reading_id == reading_table.c.reading_id)
# An argument that stands for something else than its name says elsewhere.
ALSO = {"/x/<code>": {"code": "commune_code"}, "/x/<code>/thanks": {"code": "commune_code"}, "/indicators/<code>": {"code": "indicator"},
        "/office/indicators/<code>": {"code": "indicator"},
        "/indicators/<code>/<village_id>/<any(yes, no, unknown):answer>": {"code": "indicator", "answer": "answer"}}  # fmt: skip


@pytest.fixture
def places(desk_app, communes, register, clock):
    """A household, a team, a phone, a link … in each of the three places, each with its mark where people's names stand."""
    with writing(communes) as connection:
        connection.execute(delete(village).where(village.c.commune_id == BESIDE, village.c.village_id.in_([each[0] for each in VILLAGES])))
        areas.found_village(connection, BESIDE, areas.Village(VILLAGE["commune"], "Làng Xa", "lang", False, 9, "2025-07-01"))
        for commune_id, team_id in ((HERE, "to-phu-van"), (BESIDE, "to-xa")):
            accounts.add_team(connection, commune_id, team_id, team_id)
        password = hashed(PASSWORD, desk_app.extensions["fieldapp"].settings)
        areas.found_commune(connection, areas.Commune("thanh-hoa", "38", "Tỉnh Thanh Hóa", "Tỉnh Thanh Hóa", "e"), "2025-07-01")
        for new in (
            Account(HERE, "kiem", "Kiểm Tra", "auditor", username="kiem", password_hash=password),
            Account(HERE, "phu", "Phú", "leader", username="phu", team_id="to-phu-van"),
            Account(BESIDE, "xa", "Xa", "leader", username="xa", team_id="to-xa"),
            Account("thanh-hoa", "mai", "Mai", "province", username="mai", password_hash=password),
        ):
            accounts.add(connection, new)
        accounts.assign(connection, HERE, "phu", "phu-van", "2026-01-01")
        accounts.assign(connection, BESIDE, "xa", VILLAGE["commune"], "2026-01-01")
    return {place: _furnished(communes, register, clock(), place) for place in MARKS}


def _furnished(engine, register, now, place):
    commune_id, village_id, person, team_id = COMMUNE[place], VILLAGE[place], PERSON[place], TEAM[place]
    code = register(village_id, MARKS[place], officer=(commune_id, "lan" if place == "commune" else "minh"))
    with writing(engine) as connection:
        household = households.by_code(connection, commune_id, code)
        code_hash = devices.new_code(connection, commune_id, person, "2099-01-01T00:00:00.000Z")
        devices.enrol(connection, commune_id, f"{place:0>8}-0000-7000-8000-000000000000", person, now)
        known = links.kept(connection, commune_id)
        links.keep(connection, commune_id, [*known, links.Link(f"link-{place}", 9, "https://vneid.gov.vn/", place, ("Mở",), village_id)])
        sign_up = sign_ups.SignUp(f"sign-up-{place}", now, village_id, MARKS[place], "+84912345678", ("vneid_install",), {"text": "x", "sha256": "y"})
        sign_ups.add(connection, commune_id, sign_up, now)
        backups.completed(connection, commune_id, f"backup-{place}", now, 1, "nothing.tungnha")
        log = {"reading_id": f"reading-{place}", "at": now, "account_id": person, "page": "household", "shown": 1}
        connection.execute(insert(reading_table).values(commune_id=commune_id, **log))
        of_household = {"household_id": household.household_id, "reading_id": f"reading-{place}"}
        connection.execute(insert(household_reading).values(commune_id=commune_id, **of_household))
        connection.execute(insert(team_village).values(commune_id=commune_id, team_id=team_id, village_id=village_id, since="2026-01-01"))
        file = f"Số nhà,Chủ hộ\n1,{MARKS[place]}\n".encode()
        upload = {"upload_id": f"upload-{place}", "at": now, "filename": "x.csv", "content": file, "choices": "{}", "state": "new", "outcome": "{}"}
        connection.execute(insert(roster_upload).values(commune_id=commune_id, account_id=person, **upload))
        proof = {"file_id": f"file-{place}", "name": "x.jpg", "kind": "jpg", "size_bytes": 3, "sha256": "0" * 64, "content": b"\xff\xd8\xff"}
        connection.execute(insert(attachment).values(commune_id=commune_id, **proof))
        officer, about = "lan" if place == "commune" else "minh", {"villages": [village_id], "since": None, "address": None}
        made_files.add(connection, commune_id, MadeFile(f"made-{place}", officer, now, "door_cards", about, 1, "done"))
        points.keep(connection, commune_id, [Point(f"point-{place}", "2026-01-01", "school", "Trường", village_id, {})], person, now)
        campaign = Campaign(f"campaign-{place}", "Đợt", "2026-11-01", "2026-11-30", (village_id,))
        campaigns.keep(connection, commune_id, campaign, person, now)
        account = accounts.by_id(connection, commune_id, officer)
        document = drawn_up(connection, commune_id, whole("month", 2026, 11), "2026-11-20")
        freeze(connection, account, document, REPORT[place], now)
    return Place({
        "source_id": commune_id, "report_id": REPORT[place], "form": "json",
        "code": code, "household": code, "other": code, "household_id": household.household_id, "event_id": household.household_id,
        "event": household.household_id, "sha256": "0" * 64, "village_id": village_id, "village": village_id, "into": village_id,
        "account_id": person, "account": person, "member": person, "team_id": team_id, "team": team_id,
        "device_id": f"{place:0>8}-0000-7000-8000-000000000000", "link_id": f"link-{place}", "sign_up_id": f"sign-up-{place}",
        "backup_id": f"backup-{place}", "reading_id": f"reading-{place}", "upload_id": f"upload-{place}", "kind": "xlsx", "by": "team",
        "commune_code": "15796" if place == "commune" else "15835", "indicator": "smartphone", "language": "en", "name": "household-1",
        "answer": "no", "number": "1", "person": "k3v9x2m7ap", "person_id": "k3v9x2m7ap",
        "made_id": f"made-{place}", "board": "thanh-hoa-2023", "line": "esign", "file_id": f"file-{place}", "point_id": f"point-{place}",
        "campaign_id": f"campaign-{place}", "campaign": f"campaign-{place}", "enrolment": code_hash,
    })  # fmt: skip


def test_every_route_says_whom_it_is_for(desk_app):
    """Open to all are: the phone, its calls, signing in, setting up, and what a resident may open."""
    open_to_all = {"phone", "api", "sign_in", "setup", "invited", "sign_up", "language"}
    for rule in desk_app.url_map.iter_rules():
        view = desk_app.view_functions[rule.endpoint]
        blueprint = rule.endpoint.rpartition(".")[0]
        assert rule.endpoint in EXEMPT or blueprint in open_to_all or hasattr(view, "roles"), rule


def test_what_is_not_theirs_does_not_exist_and_is_shown_nowhere(desk_app, places):
    """404 for a foreign place and for a page of another role; a stranger is asked who is there."""
    leaks, strange = [], []
    for who, rule, place, response in walk(desk_app, places, SEES):
        leaks += [(who, rule, name) for name in shown(response) - SEES[who]]
        if response.status_code not in expected(desk_app, who, rule, place):
            strange.append((who, rule, place, response.status_code))
    assert (leaks, strange) == ([], [])


def test_whoever_was_shown_stands_in_the_access_log(desk_app, places, engine):
    """A page or file with somebody's name is a reading of that household, or of people who are in no book yet."""
    before, unwritten = set(), []
    for who, rule, _place, response in walk(desk_app, places, ("minh", "tuan", "lan")):
        log = written(engine)
        for place in shown(response):
            new = {(each.household_id, each.page) for each in log - before if each.account_id == who}
            if not {(places[place].named["household_id"], page) for page in access.PAGES} & new and not new & {(None, page) for page in BOOKLESS}:
                unwritten.append((who, rule, place))
        before = log
    assert unwritten == []


def written(engine):
    """The log's rows: by whom, which kind of page, which household; None where it held people of no household."""
    columns = (reading_table.c.reading_id, reading_table.c.account_id, reading_table.c.page, household_reading.c.household_id)
    with reading(engine) as connection:
        return set(connection.execute(select(*columns).join_from(reading_table, household_reading, BOTH, isouter=True)))


FORMS = (
    ("mai", ("own", "commune")), ("lan", ("own", "village")), ("tuan", ("village", "commune")), ("kiem", ("own", "village", "commune")),
    ("nobody", ("own", "commune")),
)  # fmt: skip


@pytest.mark.parametrize(("who", "foreign"), FORMS, ids=[who for who, _ in FORMS])
def test_nobody_changes_what_is_not_theirs(desk_app, places, engine, who, foreign):
    """Forms filled with foreign things, on every route that takes one."""
    browser = signed_in(desk_app, who)
    for place in foreign:
        before = contents(engine, COMMUNE[place])
        for rule in routes(desk_app, "POST"):
            response = browser.client.post(address(rule, places[place]), data={**places[place].named, "reason": "thử", "csrf_token": ""})
            assert response.status_code < 500, rule.rule
        after = contents(engine, COMMUNE[place])
        assert {name for name in before if before[name] != after[name]} == set(), place


@pytest.mark.parametrize("guarding", ["villages_seen", "roles"])
def test_the_walk_finds_a_guard_that_was_taken_away(desk_app, places, monkeypatch, guarding):
    if guarding == "villages_seen":
        monkeypatch.setattr(guard, "villages_seen", lambda connection: None)
    else:
        for name, view in desk_app.view_functions.items():
            if hasattr(view, "roles"):
                desk_app.view_functions[name] = view.__wrapped__
    who = "tuan" if guarding == "villages_seen" else "kiem"
    assert any(shown(response) - SEES[who] for _who, _rule, _place, response in walk(desk_app, places, [who]))


def expected(app, who, rule, place):
    """Statuses that keep the promise."""
    view = app.view_functions[next(each.endpoint for each in app.url_map.iter_rules() if each.rule == rule)]
    roles = getattr(view, "roles", None)
    if roles is None:
        return range(200, 500)
    if who in ("nobody", "huong"):
        return (302,)
    role = {"tuan": "leader", "minh": "officer", "kiem": "auditor", "lan": "officer", "mai": "province"}[who]
    if role not in roles:
        return (404,)
    stands = {ALSO.get(rule, {}).get(name, name) for name in re.findall(r"<(?:[^:>]+:)?(\w+)>", rule)}
    known = {"own", "village"} if who == "kiem" else SEES[who]  # an auditor sees of a household that it was read, and nobody's name
    return (404,) if stands - PLACELESS and place not in known else (200, 301, 302, 303, 400, 404, 409, 422)


def walk(app, places, people):
    """(who, rule, place, response) of every page asked for by everybody, each place's things in its address and in its query."""
    for who in people:
        browser = signed_in(app, who)
        for rule in routes(app, "GET"):
            for place in places:
                plain = address(rule, places[place])
                yield who, rule.rule, place, browser.get(plain)
                query = {name: value for name, value in places[place].named.items() if name not in rule.arguments}
                yield who, rule.rule, place, browser.get(plain, query_string={**query, "q": places[place].named["code"]})


def routes(app, method):
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint not in EXEMPT]


def address(rule, place):
    meant = {name: ALSO.get(rule.rule, {}).get(name, name) for name in rule.arguments}
    missing = set(meant.values()) - place.named.keys()
    assert not missing, f"say in tests/web/test_every_route.py what {missing} of {rule} stands for"
    _, path = rule.build({name: place.named[stands] for name, stands in meant.items()}, append_unknown=False)
    return path


def signed_in(app, who):
    app.config["WTF_CSRF_ENABLED"] = False  # forms are sent without a page before them
    browser = Browser(app)
    if who != "nobody":
        browser.client.post("/sign-in", data={"username": who, "password": PASSWORD})
    return browser
