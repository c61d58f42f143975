"""The published document is made of what the calls read and write, and says what they answer."""

import json

import msgspec
import pytest

from fieldapp.intake import told, wire
from fieldapp.web.phone.openapi import CALLS
from tests.intake.test_sync import a_visit


@pytest.fixture
def published(app):
    answer = app.test_client().get("/api/openapi.json")
    assert answer.status_code == 200 and answer.headers["X-Tung-Nha"] == "1"
    return json.loads(answer.data)


def test_every_call_is_published(app, published):
    served = {(rule.rule, method.lower()) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}}
    calls = {(path, method) for path, method in served if path.startswith("/api/") and path != "/api/openapi.json"}
    assert calls == {(path, method) for path, methods in published["paths"].items() for method in methods} == {(c.path, c.method) for c in CALLS}


def test_every_kind_of_event_is_published_with_its_texts_shape(published):
    event = published["components"]["schemas"][wire.EVENT]
    kinds = msgspec.json.schema_components([wire.AnyEvent])[0][0]["discriminator"]["mapping"]
    assert set(event["discriminator"]["mapping"]) == set(kinds)
    texts = published["components"]["schemas"]["SyncRequest"]["properties"]["events"]
    assert texts["maxItems"] == wire.MOST_EVENTS and texts["items"]["contentSchema"] == {"$ref": f"#/components/schemas/{wire.EVENT}"}


def test_no_pattern_is_of_python_alone(published):
    assert "\\\\Z" not in json.dumps(published)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_household_goes_out_in_the_shape_that_is_published(huong):
    a_visit(huong)
    (household,) = huong.sync()["households"]
    asked_of_this_phone = {"back_check"}  # which is asked of none here
    assert set(household) == {field.encode_name for field in msgspec.structs.fields(told.Household)} - asked_of_this_phone
    assert msgspec.convert(household, told.Household, strict=True).code == "15835-03-0001"
