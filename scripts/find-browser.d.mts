/** Path of a Chromium that can be run. Throws with what to install. */
export function findChromium(): string
