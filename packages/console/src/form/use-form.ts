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
  /** What the server said, in words. */
  readonly problem: string | null
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
  const { i18n, announce } = useConsole()
  const [values, setValues] = useState(start)
  const [problems, setProblems] = useState<FieldProblems<Field> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setBusy] = useState(false)
  const places = useRef(new Map<Field, HTMLElement | null>())
  const wait = useWait()
  useLayoutEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) places.current.get(first)?.focus()
  }, [first])

  const wordsOf = ({ key, afterMs }: Problem, seconds: number): string =>
    afterMs === undefined
      ? i18n.text(key === 'signIn.expired' ? refused : key)
      : i18n.text('problem.wait', { duration: formatUnit(i18n.locale, seconds, 'second') })

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
    announce(wordsOf(next, Math.ceil((next.afterMs ?? 0) / 1_000)), 'assertive')
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
    problem: problem === null || (problem.afterMs !== undefined && wait.leftSeconds === 0) ? null : wordsOf(problem, wait.leftSeconds),
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
