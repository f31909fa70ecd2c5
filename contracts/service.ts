// Declared with the framework, because its entry for service processes serves it.
export { serviceContract } from '../ipc/service-contract.ts'
