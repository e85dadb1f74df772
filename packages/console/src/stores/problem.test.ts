import { ChatError, type ErrorCode, errorRetry } from '@porchlight/protocol'
import { expect, it } from 'vitest'
import en from '../../locales/en.json'
import pl from '../../locales/pl.json'
import ru from '../../locales/ru.json'
import { problemOf, problemText } from './problem.js'

const codes = Object.keys(errorRetry) as ErrorCode[]
const sentences = (text: string): number => text.split(/(?<=[.])\s+|[:;]\s+/).length

it.each(codes)('%s says in every language what happened and what to do', (code) => {
  for (const catalogue of [en, ru, pl]) expect([code, sentences(catalogue[problemText(code)] as string) >= 2]).toEqual([code, true])
})

it('asks nobody to try again what can never succeed as it is', () => {
  const never = codes.filter((code) => errorRetry[code] === 'never')
  expect(never.filter((code) => ['problem.later', 'problem.timeout', 'problem.network', 'problem.internal'].includes(problemText(code)))).toEqual([
    'cors'
  ])
})

it('knows how long to wait when the server said so', () => {
  expect(problemOf(new ChatError('rate_limited', 'x', { afterMs: 5_000 }))).toEqual({ key: 'problem.often', afterMs: 5_000 })
  expect(problemOf(new ChatError('rate_limited', 'x'))).toEqual({ key: 'problem.often' })
})

it('takes what is no ChatError for a fault of ours', () => {
  expect(problemOf(new TypeError('x'))).toEqual({ key: 'problem.internal' })
})
