/** Which part of a list that is sorted by last change, newest first, and then by id. */
export interface ListPart {
  /** Rows that changed before this instant … */
  readonly before?: number | undefined
  /** … and those of the same instant with a higher id. */
  readonly beforeId?: string | undefined
  readonly limit: number
  readonly epoch: string
}
