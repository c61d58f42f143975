"""The tables of the desk: what officers keep beside the survey itself. Reference data like those in tables.py, never projections.

Two of them hold people's names and go as soon as their work is done: an uploaded roster, and what somebody asked for at the
sign-up page."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, String, Text

from fieldapp.store.board_tables import OF_BOARDS
from fieldapp.store.province_tables import OF_PROVINCE
from fieldapp.store.tables import key_column, table_of_commune

commune_key = table_of_commune("commune_key", Column("public_key", Text, nullable=False), Column("made_at", String(24), nullable=False))
invitation = table_of_commune(
    "invitation",  # a single-use code by which somebody of the desk chooses a password
    key_column("code_hash", String(64)),
    Column("account_id", String(36), nullable=False),
    Column("expires_at", String(24), nullable=False),
    Column("used_at", String(24)),
    Index(None, "code_hash"),
)
team_village = table_of_commune(
    "team_village", key_column("team_id"), key_column("village_id"), key_column("since", String(10)), Column("until", String(10))
)
roster_upload = table_of_commune(
    "roster_upload",  # a roster file between its upload and the end of its import
    key_column("upload_id"),
    Column("account_id", String(36), nullable=False),
    Column("at", String(24), nullable=False),
    Column("filename", Text, nullable=False),
    Column("content", LargeBinary),  # None once it was imported or given up
    Column("choices", Text, nullable=False),  # sheet, header line, columns, villages: what the officer set
    Column("state", String(12), nullable=False),
    Column("outcome", Text, nullable=False),
)
official_link = table_of_commune(
    "official_link",  # what the codes of sign-up sheets lead to
    key_column("link_id"),
    Column("village_id", String(36)),  # None: for the whole commune
    Column("position", Integer, nullable=False),
    Column("url", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("steps", Text, nullable=False),  # a JSON list
    Column("checked_on", String(10)),
    Column("expires_on", String(10)),
    Column("active", Boolean, nullable=False),
)
sign_up = table_of_commune(
    "sign_up",  # a resident's wish for help, from the public page that a sheet's code leads to
    key_column("sign_up_id"),
    Column("at", String(24), nullable=False),
    Column("village_id", String(36), nullable=False),
    Column("name", Text, nullable=False),
    Column("phone", String(20), nullable=False),
    Column("wishes", Text, nullable=False),  # a JSON list of services
    Column("consent", Text, nullable=False),  # JSON: the text's name and hash
    Column("done_at", String(24)),
    Column("done_by", String(36)),
    Column("note", Text),
    Index(None, "commune_id", "village_id", "at"),
)
village_shape = table_of_commune("village_shape", key_column("village_id"), Column("geometry", Text, nullable=False))  # GeoJSON
reading = table_of_commune(
    "reading",  # a page of the desk that showed households to somebody; its id sorts by time
    key_column("reading_id"),
    Column("at", String(24), nullable=False),
    Column("account_id", String(36), nullable=False),
    Column("page", String(24), nullable=False),
    Column("shown", BigInteger, nullable=False),
    Column("address", String(45)),
    Index(None, "commune_id", "account_id", "reading_id"),
)
household_reading = table_of_commune(
    "household_reading", key_column("household_id"), key_column("reading_id"), Index(None, "commune_id", "reading_id")
)
lost_number = table_of_commune(
    "lost_number",  # a text of a phone that never came and can't be recovered, as a leader or officer says; closes its number
    key_column("device_id"),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("closed_by", String(36), nullable=False),
    Column("closed_at", String(24), nullable=False),
    Column("reason", Text, nullable=False),
    Column("found_at", String(24)),  # it came after all
)
update_hold = table_of_commune(
    "update_hold",  # until when phones keep the version of the app that they have
    key_column("team_id"),  # "": of the whole commune
    Column("until", String(10), nullable=False),
    Column("set_by", String(36), nullable=False),
    Column("set_at", String(24), nullable=False),
)
lost_phone = table_of_commune(
    "lost_phone",  # a phone that somebody lost, and the record of it that the law asks for
    key_column("record_id"),
    Column("device_id", String(36), nullable=False),
    Column("noticed_at", String(24), nullable=False),  # the authority is told within 72 hours of it
    Column("opened_by", String(36), nullable=False),
    Column("opened_at", String(24), nullable=False),
    Column("happened", Text, nullable=False),
    Column("protected", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("held", Text, nullable=False),  # JSON: what the phone had sent and still held when it was reported
    Column("steps", Text, nullable=False),  # a JSON list: what was done since, by whom
    Index(None, "commune_id", "device_id"),
)
questionnaire = table_of_commune(
    "questionnaire",  # a version that the commune published; the form that ships is its version 1 and stands in no row
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(40), nullable=False),  # visits name it
    Column("published_at", String(24), nullable=False),
    Column("published_by", String(36), nullable=False),
    Column("form", Text, nullable=False),  # compiled, JSON
    Column("source", Text, nullable=False),  # the sheets as they were uploaded, JSON
    Column("changes", Text, nullable=False),  # JSON: what it changed against the version before
)
report = table_of_commune(
    "report",  # a frozen report; its text is never changed and never goes, and a row of the journal names its hash
    key_column("report_id"),
    Column("period", String(40), nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("frozen_at", String(24), nullable=False),
    Column("frozen_by", String(36), nullable=False),
    Column("sequence", BigInteger, nullable=False),  # the head of the journal that it was made from
    Column("sha256", String(64), nullable=False),
    Column("text", Text, nullable=False),
)
campaign = table_of_commune(
    "campaign",  # a version of a campaign; never changed, and a row of the journal names its hash
    key_column("campaign_id"),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("set_at", String(24), nullable=False),
    Column("set_by", String(36), nullable=False),
    Column("text", Text, nullable=False),  # the campaign, JSON
)
threshold = table_of_commune(
    "threshold",  # from where on something looks doubtful, where the commune set it otherwise (survey/thresholds.py)
    key_column("name", String(40)),
    Column("value", Integer, nullable=False),
    Column("set_by", String(36), nullable=False),
    Column("set_at", String(24), nullable=False),
)
finding = table_of_commune(
    "finding",  # what looks doubtful when many visits are compared; found anew from time to time, so in no backup
    key_column("code", String(40)),
    key_column("event_id"),  # of the visit or register in doubt; of a member's month an id of its own
    Column("household_id", String(36)),
    Column("village_id", String(36)),
    Column("account_id", String(36)),
    Column("day", String(10), nullable=False),
    Column("seen", Text, nullable=False),  # JSON: what was seen, and what is usual
    Index(None, "commune_id", "day", "event_id"),
)
indicator = table_of_commune(
    "indicator",  # a version of an indicator that the commune defined; never changed, and a row of the journal names its hash
    key_column("code", String(40)),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("state", String(10), nullable=False),  # counting, counted, cancelled
    Column("counted_to", String(36), nullable=False),  # while it is being counted: the last household that is
    Column("published_at", String(24), nullable=False),
    Column("published_by", String(36), nullable=False),
    Column("text", Text, nullable=False),  # the definition, JSON
)
made_file = table_of_commune(
    "made_file",  # a file that takes longer to make than a page may wait; the file itself lies beside the database, for a day, and in no backup
    key_column("file_id"),
    Column("account_id", String(36), nullable=False),
    Column("at", String(24), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("asked", Text, nullable=False),  # JSON: what it is to hold
    Column("rows", Integer, nullable=False),  # how many there are
    Column("state", String(8), nullable=False),  # making, done, failed, stopped
)

DESK = (
    commune_key, invitation, team_village, roster_upload, official_link, sign_up, village_shape, reading, household_reading,
    lost_number, update_hold, lost_phone, questionnaire, report, campaign, threshold, indicator, *OF_BOARDS, *OF_PROVINCE,
)  # fmt: skip
