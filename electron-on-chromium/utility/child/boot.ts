/**
 * Runs inside every utility process before the application's module: makes the process look as Electron documents
 * it, opens `process.parentPort`, and ends the process when the main process is gone.
 */
import { provideElectron } from '../../launcher/module-hooks.ts'
import { shapeProcess } from '../../launcher/process-shape.ts'
import { bootVariable, type UtilityBoot } from '../wire.ts'
import { openMainChannel } from './main-channel.ts'
import { ParentPort } from './parent-port.ts'

const boot = JSON.parse(process.env[bootVariable] ?? '{"execArgv":[]}') as UtilityBoot
delete process.env[bootVariable]
process.execArgv = [...boot.execArgv]

const parentPort = new ParentPort(openMainChannel())
shapeProcess('utility')
Object.defineProperty(process, 'parentPort', { value: parentPort, enumerable: true, configurable: true })
provideElectron(new URL('electron.ts', import.meta.url).href)
