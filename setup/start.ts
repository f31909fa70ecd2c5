import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { buildApplication } from './build-application.ts'
import { MissingPackagesError } from './debian-packages.ts'
import { chooseElectron, describeChoice, electronEnvironment } from './electron.ts'
import { inProject, projectRoot } from './project.ts'

/**
 * `npm start`: Electron Forge's start on whatever Electron there is. `--background` starts the application without
 * Forge, detached from the terminal, which is how the command line brings up an instance of its own.
 */
const background = '--background'
const args = process.argv.slice(2).filter(one => one !== background)
const isBackground = process.argv.includes(background)

try {
  const choice = await chooseElectron()
  const line = describeChoice(choice)
  if (line !== '') console.error(line)
  if (!hasDisplay() && !args.includes('--headless')) {
    args.push('--headless')
    console.error('No display: Nexus runs headless. Look inside with "npm run nexus -- ps", read a page with')
    console.error('"npm run nexus -- analyze <url>", stop it with "npm run nexus -- quit".')
  }
  if (isBackground) {
    await buildApplication()
    mkdirSync(inProject('.nexus'), { recursive: true })
    const log = openSync(inProject('.nexus', 'background.log'), 'a')
    const child = spawn(choice.executable, [projectRoot, ...args], {
      cwd: projectRoot,
      detached: true,
      stdio: ['ignore', log, log],
      env: electronEnvironment(choice),
    })
    closeSync(log)
    child.unref()
  } else {
    const forge = inProject('node_modules', '@electron-forge', 'cli', 'dist', 'electron-forge.js')
    const child = spawn(process.execPath, [forge, 'start', '--', ...args], {
      cwd: projectRoot,
      stdio: 'inherit',
      env: electronEnvironment(choice),
    })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => child.kill(signal))
    child.on('exit', code => process.exit(code ?? 1))
  }
} catch (error) {
  if (!(error instanceof MissingPackagesError)) throw error
  console.error(error.message)
  process.exit(1)
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)
}
