import type { PlaceProblems } from '../form/place-problem.js'
import { placeRefused, type RefusedPlaces } from './refused-places.js'
import type { PartName } from './settings-drafts.js'
import { type PartOptions, type PartState, usePartState } from './use-part-state.js'

/** A part of a site's settings, and what is wrong with it. */
export interface PartFormState<P extends PartName> extends PartState<P> {
  readonly problems: PlaceProblems
}

/** A part whose problems come with what is to be saved, and go when what they are about is changed. */
export function usePartForm<P extends PartName>({ places, ...options }: PartOptions<P> & { readonly places: RefusedPlaces }): PartFormState<P> {
  const state = usePartState(options)
  return { ...state, problems: placeRefused(state.refused, options.bodyOf(state.values), places) }
}
