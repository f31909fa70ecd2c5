/** The AI process. Started by main with `--models=<folder>`; reads that folder and nothing else. */
import { parseArgs } from 'node:util'
import { startUtilityEndpoint } from '../ipc/entry/utility.ts'
import { serveAi } from './service.ts'

const { values } = parseArgs({ options: { models: { type: 'string' } }, strict: false })
if (typeof values.models !== 'string') throw new TypeError('--models=<folder> is missing')

const endpoint = await startUtilityEndpoint()
serveAi({ endpoint, modelsFolder: values.models })
