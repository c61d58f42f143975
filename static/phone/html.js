/* Markup in plain JavaScript: htm bound to preact, so that the phone needs no build step. */

import htm from "htm";
import { h } from "preact";

export const html = htm.bind(h);
