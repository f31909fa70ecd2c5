import { utilityProcess } from 'electron'
import { identity } from '../../../ipc/identity.ts'
import type { Application } from '../../application.ts'
import {
  type ServiceDefinition,
  type ServiceName,
  type ServicePaths,
  serviceDefinitions,
} from '../service-definitions.ts'
import { givenUpWords, stoppedWords } from './policies.ts'
import { ServiceSupervisor } from './service-supervisor.ts'

/** A supervisor for each service, none of which runs yet. */
export function superviseServices(
  application: Application,
  paths: ServicePaths,
): ReadonlyMap<ServiceName, ServiceSupervisor> {
  const { switchboard, log } = application
  return new Map(
    serviceDefinitions(paths).map(definition => [
      definition.name,
      new ServiceSupervisor({
        definition,
        switchboard,
        log,
        fork: (entry, args, options) => utilityProcess.fork(entry, args, options),
        onCrash: (service, isGivenUp) => report(application, service, isGivenUp),
        noteEnd: (pid, cause) => application.parts.processes.book.noteEnd(pid, cause),
        noteStep: step => application.parts.processes.launches.note(`service:${definition.name}`, step),
      }),
    ]),
  )
}

/** One notice a service: what is said last of it holds. */
function report(application: Application, service: ServiceDefinition, isGivenUp: boolean): void {
  const { name, title, kind } = service
  if (!isGivenUp && application.parts.processes.limits.hasToldOf(`service:${name}`)) return
  application.notify({
    id: `service:${name}`,
    tone: isGivenUp ? 'problem' : 'info',
    message: isGivenUp ? givenUpWords(title, kind) : stoppedWords(title, kind),
  })
  if (isGivenUp) application.switchboard.giveUpOn(identity(name, name), title)
}
