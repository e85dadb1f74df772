/** Items of all logs that were handed to the session and are not answered yet. */
export interface Flights {
  readonly begin: (id: string) => void
  readonly end: (id: string) => void
  /** Nothing more is handed over until everybody who held it lets go. */
  readonly hold: (isHeld: boolean) => void
  /** Whether one more may be handed over. */
  readonly hasRoom: () => boolean
  /**
   * The session ended over a frame that the backend cannot take. Answers which item that was, where only one was on its way. Where there
   * were several, they go one by one from now on, so that the next time tells.
   */
  readonly blame: () => string | undefined
}

/** Nothing on its way. */
export function createFlights(): Flights {
  const ids = new Set<string>()
  let goOneByOne = false
  let holds = 0
  return {
    begin: (id) => void ids.add(id),
    end: (id) => void ids.delete(id),
    hold: (isHeld) => {
      holds += isHeld ? 1 : -1
    },
    hasRoom: () => holds === 0 && (!goOneByOne || ids.size === 0),
    blame: () => {
      goOneByOne = ids.size > 1
      return goOneByOne ? undefined : [...ids][0]
    }
  }
}
