import { expect, test } from 'vitest'
import { mostLoggedRequests } from '../../contracts/request-log.ts'
import { loggedRequest } from '../dev/fixtures/requests.ts'
import { RequestStore } from './request-store.ts'

const ids = (store: RequestStore) => store.list().map(({ id }) => id)

test('batches add, change and remove; a whole one begins anew; the order is that of the requests', () => {
  const store = new RequestStore()
  store.apply({ isWhole: true, rows: [loggedRequest(2), loggedRequest(1)], removed: [] })
  expect(ids(store)).toEqual([1, 2])
  const before = store.list()
  store.apply({ isWhole: false, rows: [loggedRequest(3), loggedRequest(2, { status: 404 })], removed: [1] })
  expect(ids(store)).toEqual([2, 3])
  expect(store.list()[0]?.status).toBe(404)
  expect(before.length).toBe(2)
  store.apply({ isWhole: true, rows: [loggedRequest(9)], removed: [] })
  expect(ids(store)).toEqual([9])
})

test('no more are kept than the controller keeps', () => {
  const store = new RequestStore()
  const rows = Array.from({ length: mostLoggedRequests + 5 }, (_, index) => loggedRequest(index + 1))
  store.apply({ isWhole: true, rows: rows.slice(0, mostLoggedRequests), removed: [] })
  store.apply({ isWhole: false, rows: rows.slice(mostLoggedRequests), removed: [] })
  expect(ids(store).length).toBe(mostLoggedRequests)
  expect(ids(store)[0]).toBe(6)
})
