import { browserMachine } from '../src/controller/browser-machine.ts'
import { pageAnalysisMachine } from '../src/controller/page-analysis-machine.ts'
import { processMachine } from '../src/controller/process-machine.ts'
import { tabMachine } from '../src/controller/tab-machine.ts'
import { drawMachine } from './machine-drawing.ts'

const begin = '<!-- machines: drawn from the code by "npm run draw" -->'
const end = '<!-- machines: end -->'

/** Puts the drawings of all machines between the marks of a text. Throws when it has none. */
export function withMachines(text: string): string {
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from === -1 || to < from) throw new Error(`The text has no place for the machines: "${begin}"`)
  return `${text.slice(0, from + begin.length)}\n\n${machines()}\n\n${text.slice(to)}`
}

function machines(): string {
  return [
    ...drawMachine('A process', processMachine),
    ...drawMachine('A tab', tabMachine),
    ...drawMachine('The browser', browserMachine),
    ...drawMachine('The analysis of a page', pageAnalysisMachine),
  ]
    .map(({ title, diagram }) => `### ${title}\n\n\`\`\`mermaid\n${diagram}\n\`\`\``)
    .join('\n\n')
}
