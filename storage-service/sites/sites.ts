import { type PermissionDecision, SiteChoices, type SiteRecord } from '../../contracts/storage-sites.ts'
import { checkerOf } from '../../ipc/validation.ts'
import { parsedOrUndefined } from '../json-column.ts'
import { integerOf, integerOrNullOf, textOf } from '../row.ts'
import type { SqlDatabase, SqlRow, SqlStatement } from '../sqlite-driver.ts'

const nothingChosen: SiteChoices = {
  zoom: null,
  isMuted: null,
  isBlockingOff: null,
  autoplay: null,
  cookies: null,
  insecureUntil: null,
  quotaBytes: null,
}
const permissionColumns = 'site, permission, is_allowed, at, expires_at'

/** What was chosen and allowed for each site. `now` is in milliseconds since the epoch. */
export class Sites {
  readonly #database: SqlDatabase
  readonly #find: SqlStatement
  readonly #save: SqlStatement
  readonly #drop: SqlStatement
  readonly #names: SqlStatement
  readonly #decide: SqlStatement
  readonly #permissionsOf: SqlStatement

  constructor(database: SqlDatabase) {
    this.#database = database
    this.#find = database.prepare('SELECT choices_json, changed_at FROM sites WHERE site = ?')
    this.#save = database.prepare(`
      INSERT INTO sites (site, choices_json, changed_at) VALUES (?, ?, ?)
      ON CONFLICT (site) DO UPDATE SET choices_json = excluded.choices_json, changed_at = excluded.changed_at`)
    this.#drop = database.prepare('DELETE FROM sites WHERE site = ?')
    this.#names = database.prepare('SELECT site FROM sites UNION SELECT site FROM permissions ORDER BY site')
    this.#decide = database.prepare(`
      INSERT INTO permissions (${permissionColumns}) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (site, permission) DO UPDATE SET is_allowed = excluded.is_allowed, at = excluded.at,
        expires_at = excluded.expires_at`)
    this.#permissionsOf = database.prepare(`
      SELECT ${permissionColumns} FROM permissions
      WHERE site = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY permission LIMIT 200`)
  }

  site(site: string, now: number): SiteRecord {
    const row = this.#find.get(site)
    return {
      site,
      choices: row === undefined ? nothingChosen : choicesOf(textOf(row, 'choices_json')),
      permissions: this.#permissionsOf.all(site, now).map(decisionOf),
      changedAt: row === undefined ? 0 : integerOf(row, 'changed_at'),
    }
  }

  /** Names of all sites with a choice or a permission. */
  names(): string[] {
    return this.#names.all().map(row => textOf(row, 'site'))
  }

  choose(site: string, changes: Partial<SiteChoices>, at: number): void {
    const row = this.#find.get(site)
    const known = row === undefined ? nothingChosen : choicesOf(textOf(row, 'choices_json'))
    const choices = { ...known, ...changes }
    // A site of which nothing is chosen any more is not listed.
    if (Object.values(choices).every(choice => choice === null)) this.#drop.run(site)
    else this.#save.run(site, JSON.stringify(choices), at)
  }

  decide({ site, permission, isAllowed, at, expiresAt }: PermissionDecision): void {
    this.#decide.run(site, permission, isAllowed ? 1 : 0, at, expiresAt)
  }

  /** Latest first. */
  permissions(permission: string | null, now: number): PermissionDecision[] {
    return this.#database
      .prepare(`
        SELECT ${permissionColumns} FROM permissions
        WHERE (?1 IS NULL OR permission = ?1) AND (expires_at IS NULL OR expires_at > ?2)
        ORDER BY at DESC LIMIT 10000`)
      .all(permission, now)
      .map(decisionOf)
  }

  /** Null stands for any; gives how many were forgotten. */
  forgetPermissions(site: string | null, permission: string | null): number {
    return this.#database
      .prepare('DELETE FROM permissions WHERE (?1 IS NULL OR site = ?1) AND (?2 IS NULL OR permission = ?2)')
      .run(site, permission).changes
  }

  /** Gives whether there was anything. */
  forget(site: string): boolean {
    return this.#drop.run(site).changes + this.forgetPermissions(site, null) > 0
  }
}

/** What does not fit is unset, one by one: an older or later Nexus may have written something else. */
function choicesOf(json: string): SiteChoices {
  const stored = parsedOrUndefined(json)
  let choices = nothingChosen
  if (typeof stored !== 'object' || stored === null) return choices
  for (const [name, value] of Object.entries(stored)) {
    const candidate: unknown = { ...choices, [name]: value }
    if (isChoices(candidate)) choices = candidate
  }
  return choices
}

function isChoices(value: unknown): value is SiteChoices {
  return checkerOf(SiteChoices).check(value)
}

function decisionOf(row: SqlRow): PermissionDecision {
  return {
    site: textOf(row, 'site'),
    permission: textOf(row, 'permission'),
    isAllowed: integerOf(row, 'is_allowed') === 1,
    at: integerOf(row, 'at'),
    expiresAt: integerOrNullOf(row, 'expires_at'),
  }
}
