/* A window on the camera that tells what code it sees. It lets go of the camera when the screen is left or hidden. */

import { closeCamera, openCamera, reader } from "../eye.js";
import { html, useEffect, useRef, useState } from "../html.js";
import { _ } from "../words.js";
import { Banner } from "./parts.js";

const PAUSE_MS = 120;

/* Why there is no picture, by the name of what the browser threw. */
const TROUBLES = {
  NotAllowedError: () => _("Chưa được dùng máy ảnh. Vui lòng cho phép trong phần cài đặt của trình duyệt, hoặc gõ mã bên dưới."),
  NotFoundError: () => _("Máy này không có máy ảnh. Vui lòng gõ mã bên dưới."),
};
const troubleWords = (name) => (TROUBLES[name] ?? (() => _("Không mở được máy ảnh. Vui lòng đóng ứng dụng khác đang dùng máy ảnh, hoặc gõ mã bên dưới.")))();

/** onText(text): called with the text of each code that comes into view, once until another does. */
export function Camera({ label, onText }) {
  const video = useRef(null);
  const [trouble, setTrouble] = useState(null);
  const told = useRef(onText);
  told.current = onText;
  useEffect(() => {
    let stream = null;
    let over = false;
    const look = async () => {
      stream = await openCamera();
      if (over) return closeCamera(stream);
      video.current.srcObject = stream;
      await video.current.play();
      const read = await reader();
      let last = null;
      while (!over) {
        const text = video.current?.videoWidth ? await read(video.current) : null;
        if (!over && text && text !== last) told.current((last = text));
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
      return undefined;
    };
    look().catch((problem) => {
      if (over) return;
      console.error(problem);
      setTrouble(problem.name ?? "other");
    });
    return () => {
      over = true;
      if (stream) closeCamera(stream);
    };
  }, []);
  if (trouble) return html`<${Banner} kind="warning"><p>${troubleWords(trouble)}</p><//>`;
  return html`<div class="camera"><video ref=${video} playsinline muted aria-label=${label}></video><i aria-hidden="true"></i></div>`;
}
