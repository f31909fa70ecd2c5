import { buildApplication } from './build-application.ts'

await buildApplication({ force: process.argv.includes('--force') })
