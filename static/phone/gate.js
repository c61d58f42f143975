/* Whether field work may begin in this browser. Pure: what is around the app is an argument.

   Unsent visits die with a private window, with Safari's seven days outside the home screen, and with the browser
   inside a chat app. So these are refused before anything is recorded, never after. */

const IN_APP = /Zalo|FBAN|FBAV|FB_IAB|FBIOS|Messenger|Instagram|TikTok|musical_ly|BytedanceWebview|trill_|\bLine\/|; wv\)/i;
const APPLE_PHONE = /iPhone|iPad|iPod/;
const GIB = 2 ** 30;
// A private window of Chromium gets 15-20 % of the memory; an ordinary one gets a share of the disk.
const PRIVATE_SHARE_OF_MEMORY = 0.22;

/** The gate to stop at: "in_app", "in_app_apple", "insecure", "old", "install", "private" or null.

    around: {userAgent, touchPoints, standalone, secure, features: {name: bool}, closed: whether the
    browser keeps its stores shut, enrolled, quota, memoryGib, persisted}. */
export function gateFor(around) {
  if (IN_APP.test(around.userAgent)) return isApple(around) ? "in_app_apple" : "in_app";
  // Without https a browser gives neither worker nor cryptography, however new it is.
  if (!around.secure) return "insecure";
  if (Object.values(around.features).some((present) => !present)) return "old";
  if (isApple(around) && !around.standalone) return "install";
  // A phone at work is never locked out for being full: the screens say so instead.
  if (!around.enrolled && seemsPrivate(around)) return "private";
  return null;
}

/** Whether this is an iPhone or iPad; a newer iPad says it is a Mac, but a Mac has no touch screen. */
export function isApple({ userAgent, touchPoints }) {
  return APPLE_PHONE.test(userAgent) || (/Macintosh/.test(userAgent) && touchPoints > 1);
}

// Chrome's newest versions hide it on purpose: what can be seen is refused, the rest is said at the enrolment.
function seemsPrivate({ standalone, persisted, closed, quota, memoryGib }) {
  if (closed) return true;
  if (standalone || persisted || !quota || !memoryGib) return false;
  return quota < memoryGib * GIB * PRIVATE_SHARE_OF_MEMORY;
}
