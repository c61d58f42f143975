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
  version = 0;

  constructor(make) { this.make = make; }

  get value() {
    this.refresh();
    note(this, this.version);
    return this.held;
  }

  refresh() {
    if (this.sources && !isOld(this.sources)) return;
    const sources = new Map();
    const made = reading(sources, this.make);
    this.sources = sources;
    if (made === this.held) return;
    this.held = made;
    this.version += 1;
  }
}

/** {value}: to be read, and to be set. */
export const signal = (value) => new Signal(value);

/** {value}: what make() gives, made again only after something that it read has changed. */
export const computed = (make) => new Computed(make);

/** {given: what run() gave, stale(): whether what it read is another by now, end()}. told(it) is called when that may be so. */
export function follow(run, told) {
  const sources = new Map();
  const heard = new Set();
  const tell = () => told(it);
  // What is computed may stand on other signals than before, also where it came to the same.
  const listen = () => {
    for (const signal of roots(sources)) {
      heard.add(signal);
      signal.followers.add(tell);
    }
  };
  const it = {
    stale: () => isOld(sources) || !!listen(),
    end: () => { for (const signal of heard) signal.followers.delete(tell); },
  };
  try {
    it.given = reading(sources, run);
    return it;
  } finally {
    listen();
    if (isOld(sources)) tell(); // it changed what it had read
  }
}

/** Run it now, and again whenever something that it reads has changed. */
export function effect(run) {
  follow(run, (it) => { if (it.stale()) { it.end(); effect(run); } });
}

// The signals that stand below all that was read.
const roots = (sources) => [...sources.keys()].flatMap((one) => (one.sources ? roots(one.sources) : one));

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
  for (const [source, version] of sources) {
    source.refresh?.();
    if (source.version !== version) return true;
  }
  return false;
}
