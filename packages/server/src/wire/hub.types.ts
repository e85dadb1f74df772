/** All open connections. */
export interface Hub {
  /** Ends an operator's connections at once: disabled, removed, or his rights changed. */
  readonly dropOperator: (operatorId: string) => void
  /** Ends the connections that one sign-in opened. */
  readonly dropSession: (session: string) => void
  /** Ends a visitor's connections. */
  readonly dropVisitor: (site: string, visitorId: string) => void
  /** Open connections now, by kind. */
  readonly count: () => { readonly visitors: number; readonly operators: number }
  /** Asks everybody to leave and to come back after some time within `windowMs`, then closes what is left. */
  readonly drain: (windowMs: number) => Promise<void>
}
