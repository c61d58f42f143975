/* Whether this phone still has room: said while there is some left, for a full phone can write no visit down. Pure. */

const MB = 1_000_000;
const LITTLE_BYTES = 20 * MB;
const MUCH_OF_IT = 0.8;

/** What is known before the browser was asked: {quota, used: bytes, null when it does not say; persisted: whether it promised to keep them}. */
export const NOT_ASKED = { quota: null, used: null, persisted: false };

/** Whether little is left. */
export function isScarce({ quota, used }) {
  return quota !== null && used !== null && (quota - used < LITTLE_BYTES || used > quota * MUCH_OF_IT);
}

/** Whole megabytes that are left; null when the browser does not say. */
export const freeMb = ({ quota, used }) => (quota === null || used === null ? null : Math.max(0, Math.floor((quota - used) / MB)));
