/* The eye: what the QR code before the camera says. The browser's own reader where it has one for QR codes, else jsQR, which is
   loaded only when somebody scans and was kept for that with the rest of the app. Nothing leaves the phone. */

const FORMAT = "qr_code";
const LONG_SIDE = 720; // enough for a card held at arm's length, and ten pictures a second on a cheap phone

/** Opens the camera that looks away from the person; a stream, or throws what getUserMedia throws. */
export function openCamera() {
  const video = { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } };
  return navigator.mediaDevices.getUserMedia({ video, audio: false });
}

/** Lets go of the camera. */
export function closeCamera(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** A reader: given a playing video it promises the text of a code in its picture, null when there is none. */
export async function reader() {
  const detector = await ownDetector();
  if (detector) return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  await import("jsqr"); // an older kind of module: it leaves its function on the global object
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, LONG_SIDE / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    return self.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data || null;
  };
}

async function ownDetector() {
  const formats = (await self.BarcodeDetector?.getSupportedFormats?.().catch(() => [])) ?? [];
  return formats.includes(FORMAT) ? new self.BarcodeDetector({ formats: [FORMAT] }) : null;
}
