import { runOnElectron } from './run-on-electron.ts'

/** `npm run bench [-- --json]`: Nexus beside bare Chromium, in one run. */
process.exit(await runOnElectron(['tests', 'bench', 'first-light.ts']))
