/* The hand on the phone: goes through a visit as the screens do, by chance that the soak has set.

   Only what a screen could do is done here, through the very functions that the screens call. */

const OUTCOMES = ["done", "done", "done", "done", "partly", "absent", "refused", "vacant", "moved"];
const NAMES = ["Lê Văn Nam", "Nguyễn Thị Hoa", "Trần Đình Bảy", "Phạm Thị Lụa", "Đỗ Trọng Nghĩa"];
const SHORT = 0.35; // of the questions that apply, about so many are answered

/** Make a visit, or a part of one. phone: the modules; to: a household's id, or {village, address} of one found at the door; finish: save it. */
export async function visit({ phone, visiting, arriving, making, service }, { to, finish }, dice) {
  const chosen = (list) => list[Math.floor(dice() * list.length)];
  if (typeof to === "string") {
    await visiting.openVisit(to);
  } else {
    const id = visiting.openFound(to.village, to.address);
    arriving.addPerson();
    const [person] = visiting.draft.value.added;
    const who = { name: chosen(NAMES), birth_year: 1950 + Math.floor(dice() * 60), sex: chosen(["male", "female"]), relation: "head", residence: "permanent" };
    for (const [name, value] of Object.entries(who)) visiting.change(making.answered(visiting.draft.value, person, name, value));
    to = id;
  }
  const set = (change) => visiting.change(change(visiting.draft.value));
  set((draft) => ({ ...draft, outcome: chosen(OUTCOMES) }));
  if (making.SURVEYED.includes(visiting.draft.value.outcome)) {
    consent();
    if (visiting.draft.value.consent?.given !== false) survey();
  } else if (visiting.draft.value.outcome === "absent") {
    set((draft) => ({ ...draft, return_on: "2026-12-24" }));
  }
  if (finish) return visiting.finish();
  visiting.close();
  return to;

  function consent() {
    const text = phone.form.value.consentText("vi");
    if (making.consentStands(visiting.state.value, text.name) && dice() < 0.8) return;
    const given = dice() < 0.93;
    set((draft) => ({ ...draft, consent: { given, text: text.name, sha256: text.sha256, purposes: ["survey"], method: "spoken" } }));
  }

  function survey() {
    if (dice() < 0.2) set((draft) => making.allConfirmed(draft, visiting.state.value));
    answer(null);
    for (const person of making.livingHere(visiting.found().people)) answer(person);
    if (dice() < 0.1) {
      arriving.addPerson();
      const person = visiting.draft.value.added.at(-1);
      set((draft) => making.answered(draft, person, "name", chosen(NAMES)));
      set((draft) => making.answered(draft, person, "birth_year", 1960 + Math.floor(dice() * 55)));
    }
  }

  function answer(person) {
    const { house, people } = visiting.found();
    const values = person === null ? house : people[person];
    for (const name of visiting.asks(person, values, house)) {
      const question = phone.form.value.questions.get(name);
      if (making.IDENTITY.includes(name) || !question.type.startsWith("select") || !question.choices.length || dice() > SHORT) continue;
      const choice = chosen(question.choices);
      set((draft) => making.answered(draft, person, name, question.type === "select_multiple" ? [choice] : choice));
    }
    for (const [name, effect] of Object.entries(service.EFFECTS)) {
      if ((effect.scope === "house") !== (person === null) || dice() > 0.08) continue;
      const options = phone.form.value.options(name);
      const given = { person, service: name, result: dice() < 0.7 ? "done" : "booked" };
      if (given.result === "done" && options.length) given.value = chosen(options);
      set((draft) => making.helped(draft, given));
    }
  }
}
