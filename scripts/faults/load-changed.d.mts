import type { Change } from './change-sources.mjs'

/** Loads a source module with everything of ours that it imports, if asked with changes in the text of some of them. Answers its exports. */
// biome-ignore lint/suspicious/noExplicitAny: whose exports these are is known where they are used.
export function loadChanged(file: string, changes?: readonly Change[]): Promise<any>

/** A module with everything of ours that it imports as the text of one file, which finds its third parties where it lies beside them. */
export function bundle(file: string, changes?: readonly Change[]): Promise<string>
