/** Where to look for a browser. */
export interface Machine {
  /** Default: that of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Paths to try before those of `PATH`. */
  readonly places?: readonly string[]
}

/** Path of a Chromium that can be run. Throws with what to install. */
export function findChromium(machine?: Machine): string
