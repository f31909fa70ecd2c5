import { readFileSync, writeFileSync } from 'node:fs'
import { withMachines } from './drawn-machines.ts'
import { inProject } from './project.ts'

/** `npm run draw`: draws the state machines into ARCHITECTURE.md. */
const file = inProject('ARCHITECTURE.md')
writeFileSync(file, withMachines(readFileSync(file, 'utf8')))
