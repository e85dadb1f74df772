// Runs every property as often as `PORCHLIGHT_TEST_RUNS` says, where the property names no number of its own.
import fc from 'fast-check'

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: Number(process.env['PORCHLIGHT_TEST_RUNS']) })
