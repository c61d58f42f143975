/* Saving the visit: the button that keeps it, what happens when the phone can't, and the way on to the next house. */

import { html, useState } from "../html.js";
import { rows } from "../phone.js";
import { go, goInstead } from "../route.js";
import { standOf } from "../rows.js";
import { unnamed, withoutPerson } from "../visit.js";
import * as visiting from "../visiting.js";
import { syncNow } from "../when.js";
import { _ } from "../words.js";
import { endSearch } from "./list.js";
import { Banner, Main, say } from "./parts.js";

/** Saving, for a screen that ends a visit: {foot: its button, failed: what to show above when it could not}. */
export function useSaving() {
  const [saving, save] = useState(false);
  const [failed, fail] = useState(false);
  const keep = async () => {
    if (saving) return; // the second tap of a double tap
    save(true);
    try {
      await finish();
    } catch (problem) {
      console.error(problem);
      save(false);
      fail(true);
    }
  };
  return {
    foot: html`<${Main} label=${_("Lưu lượt đến")} icon="check" onClick=${keep} disabled=${saving} />`,
    failed: failed && html`<${Banner} kind="warning"><p>${_("Máy chưa lưu được. Lượt đến vẫn còn đây; vui lòng xóa bớt ảnh hoặc video rồi bấm lại.")}</p><//>`,
  };
}

async function finish() {
  const nameless = unnamed(visiting.draft.value);
  if (nameless.length) visiting.change(nameless.reduce(withoutPerson, visiting.draft.value));
  const { household } = visiting.draft.value;
  const after = nextAfter(household);
  const { consent, corrects, arrived } = visiting.draft.value;
  const back = await visiting.finish();
  const again = async () => { await back(); go("visit", household); };
  const onward = after && { label: _("Hộ tiếp theo"), run: () => go("household", after) };
  // A refusal is not corrected into a yes: that is asked again at the door. Who came while it was corrected came after it.
  const stays = consent?.given === false || (corrects && Object.keys(arrived).length);
  say(_("Đã lưu."), !stays && { label: _("Sửa lại"), run: again }, onward);
  endSearch();
  goInstead("list");
  syncNow();
}

// The unvisited household that stands after this one in the list.
function nextAfter(household) {
  const open = rows.value.filter((row) => row.id === household || standOf(row) === "unvisited");
  const here = open.findIndex((row) => row.id === household);
  return (open[here + 1] ?? open[0])?.id === household ? null : (open[here + 1] ?? open[0])?.id ?? null;
}
