import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useConsole } from '../console-context.js'
import { formatUnit } from '../stores/duration.js'
import type { MessageKey } from '../stores/language.js'
import { type Problem, problemOf } from '../stores/problem.js'
import type { FieldProblem, FieldProblems } from './field-problem.js'
import { useWait } from './use-wait.js'

/** A form: its fields, what is wrong, and whether it is on its way. */
export interface Form<Field extends string> {
  readonly values: Readonly<Record<Field, string>>
  readonly problemOfField: (field: Field) => FieldProblem | undefined
  /** What the server said, in words that stay as they are while they are shown. */
  readonly refusal: string | null
  /** What is left of a wait that it asked for, in words. */
  readonly wait: string | null
  readonly isBusy: boolean
  readonly change: (field: Field, value: string) => void
  /** Remembers where a field is, so that the focus can go to the first bad one. */
  readonly place: (field: Field) => (element: HTMLElement | null) => void
  readonly submit: (event: Event) => Promise<void>
}

/** How a form is checked and sent. */
export interface FormOptions<Field extends string> {
  readonly start: Readonly<Record<Field, string>>
  readonly check: (values: Readonly<Record<Field, string>>) => FieldProblems<Field>
  readonly send: (values: Readonly<Record<Field, string>>) => Promise<void>
  /** What a refusal says about single fields; null for what concerns none. */
  readonly blame?: (error: unknown) => FieldProblems<Field> | null
  /** What "not allowed in" means for this form. */
  readonly refused: MessageKey
  /** Where somebody begins to type. A touch screen waits for a tap: its keyboard would cover the page. */
  readonly first: Field
}

/** Checks on submit, then with each change; asks the server; keeps everything typed whatever it says. */
export function useForm<Field extends string>({ start, check, send, blame, refused, first }: FormOptions<Field>): Form<Field> {
  const { i18n } = useConsole()
  const [values, setValues] = useState(start)
  const [problems, setProblems] = useState<FieldProblems<Field> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setBusy] = useState(false)
  const places = useRef(new Map<Field, HTMLElement | null>())
  const wait = useWait()
  useLayoutEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) places.current.get(first)?.focus()
  }, [first])

  const waitText = (seconds: number): string => i18n.text('problem.wait', { duration: formatUnit(i18n.locale, seconds, 'second') })

  const refusalText = ({ key, afterMs }: Problem): string | null => {
    if (afterMs === undefined) return i18n.text(key === 'signIn.expired' ? refused : key)
    return wait.leftSeconds > 0 ? waitText(Math.ceil(afterMs / 1_000)) : null
  }

  /** Shows problems under their fields and goes to the first; false when there is none. */
  const show = (found: FieldProblems<Field>): boolean => {
    setProblems(found)
    const bad = (Object.keys(start) as Field[]).find((field) => found[field] !== undefined)
    if (bad !== undefined) places.current.get(bad)?.focus()
    return bad !== undefined
  }

  const refuse = (error: unknown): void => {
    const found = blame?.(error)
    if (found && show(found)) return
    const next = problemOf(error)
    setProblem(next)
    if (next.afterMs !== undefined) wait.start(next.afterMs)
  }

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    if (isBusy || wait.leftSeconds > 0) return
    setProblem(null)
    if (show(check(values))) return
    setBusy(true)
    await send(values).catch(refuse)
    setBusy(false)
  }

  return {
    values,
    problemOfField: (field) => problems?.[field],
    refusal: problem && refusalText(problem),
    wait: wait.leftSeconds > 0 ? waitText(wait.leftSeconds) : null,
    isBusy: isBusy || wait.leftSeconds > 0,
    change: (field, value) => {
      // A password manager fills two fields in one tick, so each change builds on the newest values.
      setValues((held) => ({ ...held, [field]: value }))
      if (problems !== null) setProblems(check({ ...values, [field]: value }))
    },
    place: (field) => (element) => places.current.set(field, element),
    submit
  }
}
