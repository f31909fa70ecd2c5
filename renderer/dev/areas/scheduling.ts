import { areaContracts } from '../../../contracts/areas.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

/** The area "scheduling", made up: four cores, of which two are for what is looked at. */
export function serveSchedulingFixture(endpoint: Endpoint): void {
  endpoint.serve(areaContracts.scheduling, {
    facts: () => ({
      raisesAgain: true,
      affinity: { kind: 'available' as const, fast: [0, 1], batch: [2, 3] },
    }),
  })
}
