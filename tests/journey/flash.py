"""What somebody with the phone's flash would look through; and a phone made as it was before there was a PIN."""

# Every record of every database, bytes as letters: what somebody with the phone's flash would look through.
FLASH = """async () => {
    const letters = (value) => {
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value))
            return ["utf-8", "utf-16"].map((how) => new TextDecoder(how).decode(value)).join();
        if (value instanceof CryptoKey) return "A KEY";
        return value && typeof value === "object" ? Object.entries(value).map(([name, part]) => name + letters(part)).join() : String(value);
    };
    const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
    const found = [];
    for (const { name } of await indexedDB.databases()) {
        const db = await asked(indexedDB.open(name));
        for (const store of db.objectStoreNames) {
            const all = db.transaction(store).objectStore(store);
            const [keys, values] = await Promise.all([asked(all.getAllKeys()), asked(all.getAll())]);
            values.forEach((value, i) => found.push([`${name}/${store}/${keys[i]}`, letters(value)]));
        }
        db.close();
    }
    return found;
}"""
# What a place holds, opened.
EVERYTHING = """async () => {
    const { kept, rows } = await import("/static/phone/phone.js");
    const store = kept();
    const events = await store.events();
    return {
        known: { enrolment: await store.known("enrolment"), sync: await store.known("sync") }, last: await store.number(), events,
        texts: await store.texts(events.map(({ n }) => n)), drafts: await store.drafts(), villages: [...await store.lists()],
        households: (await Promise.all(rows.value.map(({ id }) => store.household(id)))).filter(Boolean),
    };
}"""
# The same, as the first version of the app kept it: in a database of version 1, with the key beside it.
AS_BEFORE = """async ({ known, last, events, texts, drafts, villages, households }) => {
    const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
    for (const { name } of await indexedDB.databases()) await asked(indexedDB.deleteDatabase(name));
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const letters = new TextEncoder();
    const seal = async (place, value) => {
        const iv = crypto.getRandomValues(new Uint8Array(12));
        const how = { name: "AES-GCM", iv, additionalData: letters.encode(place) };
        return { iv, box: await crypto.subtle.encrypt(how, key, letters.encode(JSON.stringify(value))) };
    };
    const rests = [["keys", "data", key], ["counter", "last", last], ...events.map((event) => ["events", event.n, event])];
    const sealed = [
        ["known", "device", known.enrolment.device], ["known", "enrolment", known.enrolment], ["known", "sync", known.sync],
        ...events.map(({ n }, i) => ["texts", n, texts[i]]), ...drafts.map((draft) => ["drafts", draft.household, draft]),
        ...villages.map(([village, rows]) => ["villages", village, rows]), ...households.map((one) => ["households", one.id, one]),
    ];
    for (const [store, id, value] of sealed) rests.push([store, id, await seal(`${store}/${id}`, value)]);
    const opening = indexedDB.open("tung-nha", 1);
    opening.onupgradeneeded = () => {
        const stores = ["keys", "known", "counter", "drafts", "events", "texts", "households", "villages"];
        for (const store of stores) opening.result.createObjectStore(store);
    };
    const db = await asked(opening);
    const writing = db.transaction([...db.objectStoreNames], "readwrite", { durability: "strict" });
    for (const [store, id, value] of rests) writing.objectStore(store).put(value, id);
    await new Promise((done) => { writing.oncomplete = done; });
    db.close();
}"""
