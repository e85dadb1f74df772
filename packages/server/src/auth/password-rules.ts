import { newPassword } from '@porchlight/protocol'
import { safeParse } from 'valibot'
import { commonWords } from './common-words.js'

/** Whose password it is to be; it may not be made of these. */
export interface PasswordOwner {
  readonly email: string
}

/**
 * Says why a password may not be set, or null when it may: 12 to 128 characters and not among the commonest
 * (OWASP ASVS 5.0, 6.2). What follows the word "password" in a sentence; the password is not in it.
 */
export function passwordProblem(password: string, owner: PasswordOwner): string | null {
  if (!safeParse(newPassword, password).success) return 'must have 12 to 128 characters'
  const plain = password.toLowerCase().normalize('NFKC')
  if (isMonotonous(plain)) return 'is too easy to guess: it repeats itself or follows the keyboard'
  if (isMadeOf(plain, [...commonWords, ...ownWords(owner)])) return 'is too easy to guess: it is one of the commonest'
  return null
}

function ownWords({ email }: PasswordOwner): string[] {
  const [local = '', domain = ''] = email.toLowerCase().split('@')
  return [local, domain, ...domain.split('.')].map(lettersOnly).filter((word) => word.length >= 3)
}

const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1qaz2wsx3edc4rfv5tgb'
]

/** One short piece repeated, hardly any different characters, or a walk along the alphabet, the digits or the keyboard. */
function isMonotonous(text: string): boolean {
  if (new Set(text).size < 5 || /^(.{1,6})\1+.{0,2}$/u.test(text)) return true
  const longest = Math.max(...runs.map((run) => longestWalk(text, run)))
  return longest >= text.length - 4
}

/** The number of characters of `text` that lie in pieces of four or more of `run`, read either way. */
function longestWalk(text: string, run: string): number {
  const backwards = [...run].reverse().join('')
  let covered = 0
  for (let at = 0; at < text.length; ) {
    let length = 0
    while (at + length < text.length && isPiece(text.slice(at, at + length + 1), run, backwards)) length++
    if (length >= 4) covered += length
    at += Math.max(1, length)
  }
  return covered
}

function isPiece(piece: string, run: string, backwards: string): boolean {
  return run.includes(piece) || backwards.includes(piece)
}

/** Whether the letters of `text`, disguises undone, are nothing but common words in a row. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  const letters = lettersOnly(text)
  if (letters === '') return false
  const reachable = [true]
  for (let end = 1; end <= letters.length; end++) {
    reachable[end] = words.some((word) => end >= word.length && reachable[end - word.length] === true && letters.endsWith(word, end))
  }
  return reachable[letters.length] === true && hasFewWords(text)
}

/** A sentence of several words is what we ask people to choose, even when each word is common. */
function hasFewWords(text: string): boolean {
  return text.trim().split(/\s+/u).length < 3
}

const disguises: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }

/** The letters of a text: first and last digits and signs fall away, those between letters are read as the letters they stand for. */
function lettersOnly(text: string): string {
  const core = text.replace(/^[^\p{L}@$]+|[^\p{L}]+$/gu, '')
  return Array.from(core, (character) => disguises[character] ?? character)
    .join('')
    .replace(/[^\p{L}]/gu, '')
}
