/* Markup in plain JavaScript, and what a screen keeps from one drawing to the next: htm over preact, without a build step.

   A component is a function of its properties. It is drawn again when they are others, or when a signal that it read, or a state of
   its own, has changed; nothing else may tell it what to draw. A function among them is there to be called, and is the one given last
   whenever that is: another one is no reason to draw. What a component keeps stands in the order of its use...calls. */

import htm from "htm";
import { Component, h } from "preact";
import { follow, signal } from "./signals.js";

let drawn = null; // the component that is being drawn
let nth = 0; // of what it keeps, the next one

class Drawn extends Component {
  kept = [];
  calls = {};

  shouldComponentUpdate(next) {
    const { props } = this;
    const isSame = (name) => props[name] === next[name] || (isCalled(props[name]) && isCalled(next[name]));
    return !Object.keys({ ...props, ...next }).every(isSame) || this.following.stale();
  }

  render(properties) {
    drawn = this;
    nth = 0;
    this.following?.end();
    this.following = follow(() => this.draw(this.given(properties)), () => this.setState({}));
    return this.following.given;
  }

  given(properties) {
    const given = { ...properties };
    for (const name in given) if (isCalled(given[name])) given[name] = this.calls[name] ??= (...all) => this.props[name](...all);
    return given;
  }

  componentDidMount() {
    for (const one of this.kept) one.act?.();
  }

  componentDidUpdate() {
    this.componentDidMount();
  }

  componentWillUnmount() {
    this.following.end();
    for (const one of this.kept) one.undo?.();
  }
}
const isCalled = (property) => typeof property === "function";
const kinds = new WeakMap(); // function → its class

function kindOf(draw) {
  if (!kinds.has(draw)) {
    kinds.set(draw, class extends Drawn {});
    kinds.get(draw).prototype.draw = draw;
  }
  return kinds.get(draw);
}

export const html = htm.bind((kind, ...rest) => h(typeof kind === "function" ? kindOf(kind) : kind, ...rest));

const keep = (make) => drawn.kept[nth++] ??= make();

const differ = (before, now) => before?.length !== now.length || now.some((one, i) => one !== before[i]);

/** A state and how to set it: to another value, or by what a function makes of the last one. */
export function useState(first) {
  const [state, set] = keep(() => {
    const own = signal(typeof first === "function" ? first() : first);
    return [own, (next) => { own.value = typeof next === "function" ? next(own.value) : next; }];
  });
  return [state.value, set];
}

/** {current}: what changes without being drawn. */
export const useRef = (first) => keep(() => ({ current: first }));

/** What make() gives, made anew when one of the sources is another. */
export function useMemo(make, sources) {
  const kept = keep(() => ({}));
  if (differ(kept.sources, sources)) Object.assign(kept, { sources, made: make() });
  return kept.made;
}

/** Act once it is drawn: at first, and when one of the sources is another, always without any. act may give what undoes it. */
export function useEffect(act, sources = [{}]) {
  const kept = keep(() => ({}));
  if (!differ(kept.sources, sources)) return;
  kept.sources = sources;
  kept.act = () => {
    kept.act = null;
    kept.undo?.();
    kept.undo = act();
  };
}
