/** Turns the id of an endpoint into the id of its row in the process tree; tabs and command lines keep theirs. */
export function rowNames(services: Iterable<string>): (endpoint: string) => string {
  const names = new Set(services)
  return endpoint => {
    if (names.has(endpoint)) return `service:${endpoint}`
    return endpoint.startsWith('chrome:') ? 'chrome' : endpoint
  }
}
