/* What this phone knows, in memory: signals that the screens read, filled from the store and from each sync.

   The lists of households are held whole (short rows), a household itself is opened only when it is looked at. The
   phone's own events that the server has not folded yet are laid over what it sent. */

import { atOf, dayOf } from "./clock.js";
import { lackOf, tallyOf } from "./outbox.js";
import { NEVER } from "./rounds.js";
import { inOrder, rowOf } from "./rows.js";
import { computed, signal } from "./signals.js";
import { todoOf, waitingOf } from "./todo.js";
import { empty, fold } from "./survey/fold.js";
import { salt, uuid7 } from "./survey/ids.js";
import { folded } from "./survey/text.js";
import { questionnaire } from "./survey/questionnaire.js";
import { listen, tell } from "./tabs.js";
import { lean } from "./visit.js";

export const enrolment = signal(null); // {device, token, member, commune, questionnaire}; token null after a 401
export const facts = signal(NEVER); // what the last sync said
export const lists = signal(new Map()); // village → rows, as the server sent them
export const drafts = signal(new Map()); // household → draft
export const headers = signal([]); // of all events on this phone
export const form = signal(null); // the questionnaire that is asked
const own = signal(new Map()); // household → its events that are laid over what the server sent
const overlay = signal(new Map()); // household → row with these events in it

const MOST_ALIKE = 20;
const last = signal(0); // the highest number that this phone ever gave
export const practising = computed(() => Boolean(enrolment.value?.practice));
export const lack = computed(() => lackOf(tally.value, last.value, facts.value));
export const tally = computed(() => tallyOf(headers.value));
export const rows = computed(() => {
  const all = [];
  for (const ofVillage of lists.value.values())
    for (const row of ofVillage) if (!overlay.value.has(row.id)) all.push(row);
  return inOrder([...all, ...overlay.value.values()], today());
});
export const signUps = computed(() => waitingOf(facts.value.signUps.waiting, [...own.value.values()].flat()));
export const todo = computed(() => todoOf(rows.value, signUps.value));
export const villages = computed(() => facts.value.villages.filter((village) => village.id in facts.value.cursors));

let store = null;
let forms = null; // the commune's own questionnaires: {newest, all: {name: compiled}}
let pinned = null; // the questionnaire of the open visit
let readings = 0;

/** This phone's own visits that the server does not count yet. */
export const uncounted = () => {
  const waiting = new Set(headers.value.filter((header) => ["waiting", "held"].includes(header.state)).map((header) => header.id));
  return [...own.value.values()].flat().filter((event) => waiting.has(event.id));
};

/** The store that `begin` was given. */
export const kept = () => store;

/** This moment, corrected by the server's clock, and the local day of it. */
export const now = () => atOf(Date.now(), facts.value.offset);
export const today = () => dayOf(now());

/** Fill the memory from an unlocked store. */
export async function begin(opened) {
  store = opened;
  await refresh();
}

/** Nothing of the store is left in memory: what locking does. */
export function forget() {
  store?.lock();
  store = null;
  enrolment.value = null;
  facts.value = NEVER;
  form.value = forms = pinned = null;
  headers.value = [];
  last.value = 0;
  for (const table of [lists, drafts, own, overlay]) table.value = new Map();
}

listen(({ changed }) => { if (changed && changed === enrolment.value?.device) refresh(); });
const tellTabs = () => tell({ changed: enrolment.value?.device });

/** Read everything anew: at the start, after a sync, and when another tab changed something. */
export async function refresh() {
  const from = store;
  const [who, said, compiled, ofVillages, unfinished] = await Promise.all(
    [store.known("enrolment"), store.known("sync"), store.known("forms"), store.lists(), store.drafts()]);
  if (store !== from) return; // locked meanwhile
  forms = compiled;
  enrolment.value = who;
  facts.value = { ...NEVER, ...said };
  lists.value = ofVillages;
  drafts.value = new Map(unfinished.map((draft) => [draft.household, draft]));
  if (form.value) await askBy(pinned);
  await refreshOwn();
}

async function refreshOwn() {
  const from = store;
  const mine = (readings += 1);
  const all = await from.events();
  const texts = await from.texts(all.filter((event) => event.over).map((event) => event.n));
  const byHousehold = new Map();
  for (const text of texts.filter(Boolean)) { // one may have left since its header was read
    const event = JSON.parse(text);
    byHousehold.set(event.household, [...(byHousehold.get(event.household) ?? []), event]);
  }
  const over = new Map();
  for (const [id, events] of byHousehold) {
    const household = await from.household(id);
    if (household || events.some((event) => event.kind === "register"))
      over.set(id, rowOf({ ...fold(household ?? empty(), events), id, code: household?.code, token: household?.token }));
  }
  const { n } = await from.number();
  // A later reading knows more.
  if (store !== from || mine !== readings) return;
  last.value = n;
  own.value = byHousehold;
  overlay.value = over;
  headers.value = all;
}

/** Ask by the questionnaire of this name, until another is named; null: by the newest. The commune's own came with a sync, the one
    that ships is a part of the shell: both are there without a network. */
export async function askBy(name = null) {
  pinned = name;
  const from = store;
  const wanted = name ?? forms?.newest ?? enrolment.value?.questionnaire;
  if (!wanted || form.value?.name === wanted) return;
  const raw = forms?.all[wanted] ?? (await import(`/phone/questionnaires/${wanted}.js`)).default;
  if (store === from && name === pinned) form.value = questionnaire(raw);
}

/** A household with this phone's own events in it: the folded state with id, code and token; null when unknown here. */
export async function household(id) {
  const sent = await store.household(id);
  const events = own.value.get(id) ?? [];
  if (!sent && !events.length) return null;
  return { ...fold(sent ?? empty(), events), id, code: sent?.code ?? null, token: sent?.token ?? null };
}

/** Who is known on this phone by this name and year of birth: [{house, person}]. here: a house that is being visited, which is
    looked at as it stands in the draft; elsewhere whoever died is nobody. */
export async function alike(name, born, here) {
  const wanted = folded(name);
  // Names stand in the rows' keys, so that only the few houses that have such a name are opened.
  const near = rows.value.filter((row) => row.id !== here.id && row.key.includes(wanted)).slice(0, MOST_ALIKE);
  const houses = await Promise.all(near.map((row) => household(row.id)));
  return [here, ...houses].filter(Boolean).flatMap((house) => Object.entries(house.people)
    .filter(([, person]) => person.birth_year === born && person.name && folded(person.name) === wanted)
    .filter(([, person]) => house === here || person.residence !== "deceased")
    .map(([person]) => ({ house, person })));
}

const IN_TIME = ["register", "move", "visit", "correct"];
const ANSWERED = IN_TIME.slice(2); // by the questionnaire

/** Save events (see visit.js eventsOf) under the phone's next numbers and end the household's draft. */
export async function save(householdId, asked) {
  const events = await notYetSaved(asked);
  if (!events.length) await store.dropDraft(householdId);
  const { device, member, commune } = enrolment.value;
  const began = Date.parse(now());
  const make = (n, after, i) => {
    const [kind, id, base, body, of] = events[i];
    // A register comes before its visit, also to those who sort by time; both halves of a move are of one moment.
    const at = atOf(began + IN_TIME.indexOf(kind));
    const numbered = practising.value ? { device: null, n: null, after: null, practice: true } : { device, n, after };
    const event = {
      id, kind, commune: commune.id, household: of, ...numbered, member: member.id, at, base,
      questionnaire: ANSWERED.includes(kind) ? form.value.name : null, campaign: null, salt: salt(crypto.getRandomValues(new Uint8Array(16))),
      body: kind === "visit" ? lean(body) : body,
    };
    return JSON.stringify(event).normalize("NFC");
  };
  if (events.length) await store.record(make, events.length, householdId);
  drafts.value = new Map([...drafts.value].filter(([id]) => id !== householdId));
  // It is saved: what fails from here on must not look as if it were not.
  await refreshOwn().catch(console.error);
  tellTabs();
}

// An event may have been saved before, by a tap whose answer was lost or in another tab. The same again is nothing new;
// with other answers it is a visit of its own.
async function notYetSaved(events) {
  const before = (await store.events()).filter((header) => events.some(([, id]) => id === header.id));
  const bodies = new Map((await store.texts(before.map((header) => header.n))).filter(Boolean).map((text) => {
    const event = JSON.parse(text);
    return [event.id, JSON.stringify(event.body)];
  }));
  const news = events.filter(([kind, id, , body]) => bodies.get(id) !== JSON.stringify(kind === "visit" ? lean(body) : body).normalize("NFC"));
  return news.map(([kind, id, ...rest]) => [kind, bodies.has(id) ? uuid7(Date.parse(now()), crypto.getRandomValues(new Uint8Array(10))) : id, ...rest]);
}

/** What an answer to this store brought: shown at once, others may be still to come. */
export async function came(from, brought) {
  // Locked meanwhile, maybe opened by another member: it is in the store.
  if (store !== from) return;
  facts.value = { ...NEVER, ...brought.facts }; // an older version of the app knew less
  lists.value = brought.lists;
  forms = await from.known("forms");
  await askBy(pinned);
}

/** What a sync of this store left: read it again here, and in other tabs. */
export async function took(from, result) {
  await came(from, result);
  if (store !== from) return;
  await refreshOwn();
  tellTabs();
}
