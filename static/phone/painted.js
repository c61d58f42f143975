/* The picture first: what a tap brings is seen, and only then what else it asks for is done. */

const SOON_MS = 100; // where no picture is painted: the app was put aside

/** Fulfilled after the next picture is painted. */
export function painted() {
  const { requestAnimationFrame: beforePaint } = globalThis;
  if (!beforePaint || document.hidden) return Promise.resolve();
  return new Promise((done) => {
    beforePaint(() => setTimeout(done));
    setTimeout(done, SOON_MS);
  });
}
