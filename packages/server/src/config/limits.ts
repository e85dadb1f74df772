import { isChatError, parse, parseJson, type Schema } from '@porchlight/protocol'
import * as v from 'valibot'
import { defaultRates } from '../limits/default-rates.js'
import type { RateOverrides } from '../limits/limits.types.js'
import { Unexpected } from './variables.js'

const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1))
const bucket = v.strictObject({ count: positive, perMs: positive })
const overrides = v.strictObject(
  Object.fromEntries(Object.keys(defaultRates).map((name) => [name, v.exactOptional(bucket)]))
) as Schema<RateOverrides>

/** Some of the rates, as JSON: `{"requestsPerAddress":{"count":20,"perMs":3600000}}`. A name that is no rate is a fault, not ignored. */
export function readLimits(value: string): RateOverrides {
  try {
    const json = parseJson(value)
    // An array passes for an object without entries.
    return parse(overrides, Array.isArray(json) ? null : json)
  } catch (error) {
    const why = isChatError(error) ? ` (${error.message})` : ''
    throw new Unexpected(`JSON such as {"requestsPerAddress":{"count":20,"perMs":3600000}} with any of ${Object.keys(defaultRates).join(', ')}${why}`)
  }
}
