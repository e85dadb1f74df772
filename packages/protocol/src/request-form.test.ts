import fc from 'fast-check'
import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { checkAnswers, keptFields } from './form-answers.js'
import { problems } from './parse.js'
import { type RequestForm, RequestFormSchema } from './request-form.js'
import { textIn } from './text-in.js'

const label = { en: 'Label' }
const topic = {
  id: 'topic',
  kind: 'select',
  label: { en: 'Topic', pl: 'Temat' },
  options: [
    { id: 'a', label: { en: 'A thing', pl: 'Rzecz' } },
    { id: 'b', label }
  ]
} as const
const form: RequestForm = {
  fields: [
    { id: 'order', kind: 'text', label, isRequired: true },
    topic,
    { id: 'urgent', kind: 'checkbox', label },
    { id: 'until', kind: 'date', label }
  ],
  consent: { label: { en: 'I agree', pl: 'Zgadzam się' }, url: 'https://shop.example/privacy' }
}

describe('the form that a site defines', () => {
  it('may hold each kind of field, and consent', () => {
    expect(safeParse(RequestFormSchema, form).output).toEqual(form)
  })

  it.each([
    ['a choice without a choice', { fields: [{ ...topic, options: topic.options.slice(0, 1) }] }, 'fields.0.options'],
    ['a choice without options', { fields: [{ id: 'topic', kind: 'select', label }] }, 'fields.0.options'],
    ['options for a text', { fields: [{ ...topic, kind: 'text' }] }, 'fields.0.options'],
    ['an option twice', { fields: [{ ...topic, options: [topic.options[0], topic.options[0]] }] }, 'fields.0.options'],
    ['a field twice', { fields: [form.fields[0], form.fields[0]] }, 'fields'],
    ['more fields than anybody fills in', { fields: Array.from('abcdefghi', (id) => ({ id, kind: 'text', label })) }, 'fields'],
    ['a field that is called nothing', { fields: [{ id: 'order', kind: 'text', label: {} }] }, 'fields.0.label'],
    ['a label of blanks', { fields: [{ id: 'order', kind: 'text', label: { en: ' ' } }] }, 'fields.0.label.en'],
    ['a language that is none', { fields: [{ id: 'order', kind: 'text', label: { 'no such': 'x' } }] }, 'fields.0.label.no such'],
    ['a name that is none', { fields: [{ id: 'Order Nr', kind: 'text', label }] }, 'fields.0.id'],
    ['a name under which answers are lost', { fields: [{ id: 'constructor', kind: 'text', label }] }, 'fields.0.id'],
    ['another such name', { fields: [{ id: 'prototype', kind: 'text', label }] }, 'fields.0.id'],
    ['a kind that is none', { fields: [{ id: 'order', kind: 'password', label }] }, 'fields.0.kind'],
    ['rules behind a script', { fields: [], consent: { label, url: 'javascript:alert(1)' } }, 'consent.url'],
    ['rules on an open line', { fields: [], consent: { label, url: 'http://shop.example' } }, 'consent.url'],
    ['what is not known', { fields: [], colour: 'red' }, 'colour']
  ])('is refused with %s, and the place is told', (_, wrong, place) => {
    expect(problems(safeParse(RequestFormSchema, wrong).issues ?? []).map(({ path }) => path)).toEqual([place])
  })
})

describe('answers to it', () => {
  it('are complete with what is required and nothing else', () => {
    expect(checkAnswers(form, { custom: { order: '12' }, consent: true })).toEqual({})
    expect(checkAnswers(form, {})).toEqual({ 'custom.order': 'required', consent: 'required' })
    expect(checkAnswers(undefined, {})).toEqual({})
  })

  it.each([
    [{ order: 'x'.repeat(501) }, { 'custom.order': 'too_long' }],
    [{ order: true }, { 'custom.order': 'invalid' }],
    [{ order: '1', topic: 'c' }, { 'custom.topic': 'invalid' }],
    [{ order: '1', urgent: 'yes' }, { 'custom.urgent': 'invalid' }],
    [{ order: '1', until: '2026-02-30' }, { 'custom.until': 'invalid' }],
    [{ order: '1', until: 'tomorrow' }, { 'custom.until': 'invalid' }],
    [{ order: '1', until: '2028-02-29', topic: 'b', urgent: true }, {}],
    [{ order: '1', gone: 'a field of last week' }, {}]
  ])('%j: %j', (custom, wrong) => {
    expect(checkAnswers(form, { custom, consent: true })).toEqual(wrong)
  })

  it('hold consent to the words that the form has, in any of its languages, and not to others', () => {
    const agreedTo = (consent: boolean | string) => checkAnswers(form, { custom: { order: '12' }, consent })
    expect([agreedTo(true), agreedTo('I agree'), agreedTo('Zgadzam się')]).toEqual([{}, {}, {}])
    expect([agreedTo(false), agreedTo(''), agreedTo('I agree to less')]).toEqual(Array(3).fill({ consent: 'required' }))
    // On a page in another language than the server is told.
    expect(keptFields({ text: 'x', consent: 'I agree' }, form, 'pl').consent).toBe('I agree')
    expect(keptFields({ text: 'x', consent: 'I agree' }, undefined).consent).toBe('I agree')
  })

  it('are kept as they were read: with what the field, the option and the consent were called', () => {
    const fields = { text: 'x', email: 'a@b.pl', custom: { topic: 'a', urgent: true, gone: 'g' }, consent: true }
    expect(keptFields(fields, form, 'pl-PL')).toEqual({
      text: 'x',
      email: 'a@b.pl',
      answers: [
        { id: 'topic', label: 'Temat', value: 'Rzecz' },
        { id: 'urgent', label: 'Label', value: true },
        { id: 'gone', label: 'gone', value: 'g' }
      ],
      consent: 'Zgadzam się'
    })
    expect(keptFields({ text: 'x' }, form)).toEqual({ text: 'x' })
  })

  it('lose nothing, whatever the form has become', () => {
    const ids = fc.constantFrom('order', 'topic', 'urgent', 'gone')
    fc.assert(
      fc.property(fc.dictionary(ids, fc.oneof(fc.string({ minLength: 1 }), fc.boolean())), fc.boolean(), (custom, isAsked) => {
        const kept = keptFields({ text: 'x', custom }, isAsked ? form : undefined).answers ?? []
        expect(kept.map(({ id }) => id).sort()).toEqual(Object.keys(custom).sort())
      })
    )
  })
})

it('a text is told in the language that comes nearest', () => {
  expect(['pl', 'pl-PL-u-nu-latn', 'de', undefined].map((language) => textIn({ de: 'D', pl: 'P', en: 'E' }, language))).toEqual(['P', 'P', 'D', 'E'])
  expect(textIn({ de: 'D', pl: 'P' }, 'fr')).toBe('D')
  expect(textIn({}, 'fr')).toBe('')
})
