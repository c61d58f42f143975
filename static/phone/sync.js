/* The only module that fetches. One round trip to our server and back, and what can go wrong on the way.

   Only an answer that carries our own header is an answer: a captive portal says 200 to everything, with a page in
   it. Everything else is a Trouble with a code; no answer means that nothing happened. */

const OURS = "X-Tung-Nha";
const PATIENCE_MS = 120_000; // a first page of households takes a minute on 2G
export const PROTOCOL = 2;

/** Why there is no answer. code: no_network, not_ours, too_large, unknown_device, or the server's own problem code. */
export class Trouble extends Error {
  constructor(code, message = "") {
    super(message || code);
    this.code = code;
  }
}

/** What the server answers to a sync request (docs/wire.md); throws Trouble. */
export function exchange(token, request) {
  return post("/api/sync", { protocol: PROTOCOL, ...request }, { Authorization: `Bearer ${token}` });
}

/** What the server answers to an enrolment code; throws Trouble (code_unknown, code_expired, code_used, …). */
export function enrol(request) {
  return post("/api/enrol", { protocol: PROTOCOL, ...request }, {});
}

async function post(url, body, headers) {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json", "Content-Encoding": "gzip",
        "Accept-Language": document.documentElement.lang, ...headers,
      },
      body: await gzipped(JSON.stringify(body)),
      cache: "no-store", credentials: "omit", redirect: "error", signal: impatience.signal,
    }).catch(() => { throw new Trouble("no_network"); });
    return await answerOf(response);
  } finally {
    clearTimeout(timer);
  }
}

async function answerOf(response) {
  // A proxy before our server may find it too large too: halving does no harm.
  if (response.status === 413) throw new Trouble("too_large");
  if (!response.headers.has(OURS)) throw new Trouble(response.status >= 500 ? "server_down" : "not_ours");
  const text = await response.text().catch(() => { throw new Trouble("no_network"); });
  let answer;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Trouble("not_ours");
  }
  if (response.ok) return answer;
  throw new Trouble(answer.problem?.code ?? "server_down", answer.message);
}

async function gzipped(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
