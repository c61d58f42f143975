/* What the screens follow: a value that says when it becomes another, and what is made of such values. Pure.

   Who reads a signal's value while it runs is told of its next change, and reads anew. A thousand lines of libraries say the same with
   more than these screens need (docs/decisions/0028-one-pack.md). */

let read = null; // what was read by what runs now: signal → the version that it read first
const note = (signal, version) => { if (read && !read.has(signal)) read.set(signal, version); };

class Signal {
  version = 0;
  followers = new Set();

  constructor(value) { this.held = value; }

  get value() {
    note(this, this.version);
    return this.held;
  }

  set value(next) {
    if (next === this.held) return;
    this.held = next;
    this.version += 1;
    // One that is told may end another, or follow again.
    for (const follower of [...this.followers]) if (this.followers.has(follower)) follower();
  }
}

class Computed {
  constructor(make) { this.make = make; }

  get value() {
    if (!this.sources || isOld(this.sources)) {
      const sources = new Map();
      this.held = reading(sources, this.make);
      this.sources = sources;
    }
    this.sources.forEach((version, signal) => note(signal, version));
    return this.held;
  }
}

/** {value}: to be read, and to be set. */
export const signal = (value) => new Signal(value);

/** {value}: what make() gives, made again only after something that it read has changed. */
export const computed = (make) => new Computed(make);

/** What run() gives, and how to end it: changed() is called once, at the next change of what run has read. */
export function follow(run, changed) {
  const sources = new Map();
  const end = () => { for (const signal of sources.keys()) signal.followers.delete(told); };
  const told = () => { end(); changed(); };
  try {
    return [reading(sources, run), end];
  } finally {
    for (const signal of sources.keys()) signal.followers.add(told);
    if (isOld(sources)) told(); // it changed what it had read
  }
}

/** Run it now, and again whenever something that it reads has changed. */
export function effect(run) {
  follow(run, () => effect(run));
}

function reading(sources, run) {
  const before = read;
  read = sources;
  try {
    return run();
  } finally {
    read = before;
  }
}

function isOld(sources) {
  for (const [signal, version] of sources) if (signal.version !== version) return true;
  return false;
}
