/** There is no connection to the controller, so that nothing can be asked of it. */
export class ControllerLostError extends Error {
  readonly code = 'CONTROLLER_LOST'

  constructor() {
    super('The connection to Nexus core is not there.')
    this.name = 'ControllerLostError'
  }
}
