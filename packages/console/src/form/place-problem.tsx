import type { VNode } from 'preact'
import { useConsole } from '../console-context.js'
import type { MessageKey } from '../stores/language.js'

/** What is wrong, by the place on the page where it is said: `hours.week.tue.0.to`. */
export type PlaceProblems = ReadonlyMap<string, MessageKey>

/** What is wrong at a place, under it; nothing where nothing is. */
export function PlaceProblem({ place, problems }: { readonly place: string; readonly problems: PlaceProblems }): VNode | null {
  const { text } = useConsole().i18n
  const problem = problems.get(place)
  return problem ? (
    <p id={problemId(place)} data-part="problem">
      {text(problem)}
    </p>
  ) : null
}

/** What a field says of itself to people who listen: what is wrong with it and with the groups that it stands in, else its hint. */
export function describe(
  places: readonly string[],
  problems: PlaceProblems,
  hintId?: string
): { readonly 'aria-invalid': true | undefined; readonly 'aria-describedby': string | undefined } {
  const wrong = [...new Set(places)].filter((place) => problems.has(place))
  return { 'aria-invalid': wrong.length > 0 || undefined, 'aria-describedby': wrong.map(problemId).join(' ') || hintId }
}

function problemId(place: string): string {
  return `${place}-problem`
}
