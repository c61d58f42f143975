"""The phone's store, in the browser it is made for: what one visit can come to when taps, tabs and answers cross."""

RECORD_TWICE = """async () => {
  const { openStore } = await import("/static/phone/store.js");
  const { keyOf, newKeyBytes } = await import("/static/phone/seal.js");
  const store = openStore("a-store-of-its-own");
  store.unlock(await keyOf(newKeyBytes()));
  const make = (n, after) => JSON.stringify({ id: "one-visit", n, after, at: "2026-11-20T02:00:00.000Z", salt: Math.random() });
  const [first, again] = [await store.record(make, 1, "house"), await store.record(make, 1, "house")];
  const other = await store.record((n, after) => JSON.stringify({ id: "another", n, after, at: "" }), 1, "house");
  return { first: first[0], again: again[0], other: other[0].n, events: (await store.events()).length };
}"""

AT_ONCE = """async () => {
  const { openStore } = await import("/static/phone/store.js");
  const { keyOf, newKeyBytes } = await import("/static/phone/seal.js");
  const stores = [1, 2, 3].map(() => openStore("a-store-of-three-tabs"));
  const key = await keyOf(newKeyBytes());
  stores.forEach((store) => store.unlock(key));
  const make = (id) => (n, after) => JSON.stringify({ id, n, after, at: "" });
  await Promise.all(stores.flatMap((store, tab) => [1, 2, 3, 4].map((i) => store.record(make(`${tab}-${i}`), 1, `${tab}-${i}`))));
  const texts = await stores[0].texts((await stores[0].events()).map((header) => header.n));
  return texts.map((text) => JSON.parse(text));
}"""


def test_a_visit_that_was_saved_is_not_saved_again_under_a_second_number(huong):
    told = huong.page.evaluate(RECORD_TWICE)
    assert told["again"] == told["first"] and (told["first"]["n"], told["other"], told["events"]) == (1, 2, 2)


def test_three_tabs_at_once_number_without_gap_and_chain_without_break(huong):
    events = huong.page.evaluate(AT_ONCE)
    assert [event["n"] for event in events] == list(range(1, 13)) and len({event["id"] for event in events}) == 12
    assert events[0]["after"] is None and len({event["after"] for event in events}) == 12


SAVED_AGAIN = """async (house) => {
  const { kept, save } = await import("/static/phone/phone.js");
  const visit = (outcome) => [["visit", "01a1f6ae-9900-7000-8000-0000000000aa", [], { outcome, seconds: 20 }]];
  await save(house, visit("absent"));
  await save(house, visit("absent"));
  await save(house, visit("vacant"));
  const texts = await kept().texts((await kept().events()).map((header) => header.n));
  return texts.map((text) => JSON.parse(text)).map(({ id, n, body }) => ({ id, n, outcome: body.outcome }));
}"""


def test_the_same_visit_saved_again_is_nothing_new_and_with_other_answers_it_is_a_visit_of_its_own(huong, roster):
    saved = huong.page.evaluate(SAVED_AGAIN, next(iter(roster.values())))
    assert [(event["n"], event["outcome"]) for event in saved] == [(1, "absent"), (2, "vacant")]
    assert saved[0]["id"] != saved[1]["id"]
