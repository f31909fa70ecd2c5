import { runOnElectron } from './run-on-electron.ts'

/** `npm run bench:processes [-- --json] [--quick] [--only <text>]`: tabs, start and memory beside bare Chromium, and more. */
process.exit(await runOnElectron(['tests', 'bench', 'processes', 'main.ts']))
