/* Handing over what is on the phone as a sealed file: by the phone's own sheet for sharing, else as a download. */

import { fileOf, nameOf } from "../handover.js";
import { html, useState } from "../html.js";
import { _ } from "../words.js";
import { Banner, Second } from "./parts.js";

const TYPE = "application/json";
const LONG_ENOUGH_MS = 60_000;

/** The button that saves a place's visits as a file, and what became of it. */
export function HandOver({ place }) {
  const [said, say] = useState(null);
  const save = () => handOver(place).then(say, (problem) => {
    console.error(problem);
    say("failed");
  });
  const kind = said === "saved" || said === "shared" ? "good" : "warning";
  return html`<${Second} label=${_("Lưu phiếu ra tệp")} icon="send" onClick=${save} />
    <div role="status">${said && html`<${Banner} kind=${kind} icon=${kind === "good" ? "check" : "warning"}><p>${wordsOf(said)}</p><//>`}</div>`;
}

async function handOver(place) {
  const madeAt = new Date().toISOString();
  const content = await fileOf(place, madeAt);
  if (typeof content === "string") return content;
  const file = new File([JSON.stringify(content)], nameOf(place, madeAt), { type: TYPE });
  if (!navigator.canShare?.({ files: [file] })) return download(file);
  try {
    await navigator.share({ files: [file] });
    return "shared";
  } catch (problem) {
    // Closing the sheet is an answer too.
    return problem.name === "AbortError" ? "stopped" : download(file);
  }
}

function download(file) {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), LONG_ENOUGH_MS);
  return "saved";
}

function wordsOf(said) {
  return {
    shared: _("Đã chuyển tệp đi. Hỏi lại cán bộ xã xem đã nhận được chưa."),
    saved: _("Đã lưu tệp trong mục Tải xuống. Gửi tệp này cho cán bộ xã."),
    stopped: _("Chưa gửi tệp đi đâu cả."),
    nothing: _("Trong máy không có phiếu nào phải giao."),
    no_key: _("Máy này chưa nhận được khóa của xã nên chưa lưu ra tệp được. Giữ nguyên máy và báo cán bộ xã."),
    failed: _("Máy chưa làm được tệp. Vui lòng xóa bớt ảnh hoặc video rồi bấm lại."),
  }[said];
}
