/* Handing over what waits here as a file: sealed as it rests, so that no PIN is needed to make it, and only the commune's
   key opens it. The phone keeps everything: should it sync later, the server knows the visits already. */

import { storeOf } from "./places.js";
import { textOf } from "./seal.js";

const FORMAT = "tung-nha-handover";
const VERSION = 1;

/** What the file says; "nothing" or "no_key" when there is none to make. */
export async function fileOf(place, madeAt) {
  const store = storeOf(place.slot);
  const [{ commune }, { headers, texts, drafts }] = await Promise.all([store.keys(), store.atRest()]);
  if (!headers.length && !drafts.length) return "nothing";
  if (!commune) return "no_key";
  const boxes = new Map(texts);
  return {
    format: FORMAT, version: VERSION, device: place.device, commune: place.commune.id, made_at: madeAt,
    key: { for: commune.for, sealed: textOf(commune.sealed) },
    events: headers.filter(({ n }) => boxes.has(n)).map(({ n, sha256, state }) => ({ n, sha256, state, ...boxOf(boxes.get(n)) })),
    drafts: drafts.map(([household, record]) => ({ household, ...boxOf(record) })),
  };
}

const boxOf = ({ iv, box }) => ({ iv: textOf(iv), box: textOf(box) });

/** The file's name, which every disk and chat program takes. */
export function nameOf({ member, device }, madeAt) {
  const plain = member.name.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D");
  return `tung-nha-${plain.toLowerCase().replace(/[^a-z0-9]+/g, "-") || device}-${madeAt.slice(0, 10)}.json`;
}
