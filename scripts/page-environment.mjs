// The page of the dom tests: jsdom with the streams of Node, which every browser has and jsdom does not.
import { builtinEnvironments } from 'vitest/runtime'

const { jsdom } = builtinEnvironments

/** @type {import('vitest/runtime').Environment} */
const page = {
  ...jsdom,
  name: 'page',
  async setupVM(options) {
    const made = await jsdom.setupVM?.(options)
    if (!made) throw new Error('jsdom makes no context')
    return { ...made, getVmContext: () => Object.assign(made.getVmContext(), { ReadableStream, TransformStream, WritableStream }) }
  }
}

export default page
