/** The AI process. Started by main with `--models=<folder>`; reads that folder and nothing else. */
import { parseArgs } from 'node:util'
import { startUtilityEndpoint } from '../ipc/entry/utility.ts'
import { confine } from './confinement.ts'
import { type AiService, serveAi } from './service.ts'

const { values } = parseArgs({ options: { models: { type: 'string' } }, strict: false })
if (typeof values.models !== 'string') throw new TypeError('The AI process needs --models=<folder>')
confine(values.models)

let service: AiService | null = null
const endpoint = await startUtilityEndpoint({
  trim: () => service?.trim(),
  log: ({ level, message, details }) => {
    if (level !== 'debug') console.error(`ai: ${message}`, details ?? '')
  },
})
service = serveAi({ endpoint, modelsFolder: values.models })
