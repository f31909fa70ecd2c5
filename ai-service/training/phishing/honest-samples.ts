import { normalizeAddress, readAddress } from '../../phishing/address.ts'
import { brands } from '../../phishing/brands.ts'
import { below, type Random } from '../../random.ts'
import { honestPath, honestSubdomain } from './honest-addresses.ts'
import {
  chance,
  pick,
  randomCode,
  randomDigits,
  randomLowCode,
  randomText,
  spokenName,
  word,
} from './pick.ts'

const mostOfOneSite = 15

/** At most so many links of one site, in an order of chance, so that no site is learnt by heart. */
export function spreadLinks(random: Random, links: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return shuffled(random, links)
    .map(normalizeAddress)
    .filter(link => {
      const { host, site } = readAddress(link)
      const count = (counts.get(site) ?? 0) + 1
      counts.set(site, count)
      return host.includes('.') && count <= mostOfOneSite
    })
}

export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const result = [...items]
  for (let index = result.length - 1; index > 0; index--) {
    const other = below(random, index + 1)
    const kept = result[index]
    const taken = result[other]
    if (kept === undefined || taken === undefined) continue
    result[index] = taken
    result[other] = kept
  }
  return result
}

const brandNames = brands.map(brand => brand.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'))

/** An address of an honest site, put together from names that exist and paths as such sites write them. */
export function honestAddress(random: Random, sites: readonly string[], paths: readonly string[]): string {
  const path = (): string => (chance(random, 0.35) ? pick(random, paths) : honestPath(random))
  const draw = random()
  if (draw < 0.6) return `${pick(random, sites)}${path()}`
  if (draw < 0.74)
    return `${honestSubdomain(random)}.${pick(random, sites)}${chance(random, 0.4) ? '' : path()}`
  if (draw < 0.81) return `${pick(random, brands).host}${path()}`
  if (draw < 0.83)
    return `${honestSubdomain(random)}.${pick(random, brands).host}${chance(random, 0.3) ? '' : path()}`
  if (draw < 0.86) return `${pick(random, sites)}/${aboutBrand(random)}`
  if (draw < 0.95) return onFreeHost(random, path)
  if (draw < 0.97) return onShelf(random)
  if (draw < 0.975)
    return `${word(random, 'bit.ly goo.gl tinyurl.com t.co is.gd')}/${randomCode(random, 5, 9)}`
  return `${spokenName(random)}.${word(random, 'com net org de fr it es co.uk ru pl nl com.br jp cz se io info')}${chance(random, 0.5) ? '' : path()}`
}

function aboutBrand(random: Random): string {
  const brand = pick(random, brandNames)
  const rest = (): string =>
    word(
      random,
      'review news how-to-use vs alternative account stock download guide support app login help tips 2020',
    )
  return pick(random, [
    () => `wiki/${brand}`,
    () => `${word(random, 'news blog tag topic company product brand category')}/${brand}`,
    () => `${word(random, 'blog news articles')}/${rest()}-${brand}-${rest()}`,
    () => `${brand}-${rest()}-${rest()}`,
    () => `software/${brand}/${rest()}.html`,
    () => `integrations/${brand}`,
  ])()
}

function onFreeHost(random: Random, path: () => string): string {
  const name = pick(random, [
    () => spokenName(random),
    () =>
      `${word(random, 'the my our little blue green happy open data super')}${word(random, 'house garden kitchen books travel lab code notes world project music photo art team club')}`,
    () => `${spokenName(random)}-${word(random, 'blog project docs lab team photo music app')}`,
    () => `${spokenName(random)}${spokenName(random)}`,
    () => `${spokenName(random)}${randomDigits(random, 1, 3)}`,
  ])()
  return pick(random, [
    () => `${name}.blogspot.com`,
    () =>
      `${name}.blogspot.${word(random, 'com de co.uk fr com.es jp')}/20${below(random, 2)}${below(random, 10)}/${String(1 + below(random, 12)).padStart(2, '0')}/${word(random, 'my-first-post how-to-make new-year-in recipe-for some-thoughts-on-the')}.html`,
    () => `${name}.wordpress.com${path()}`,
    () => `${name}.github.io/${spokenName(random)}${chance(random, 0.5) ? '/docs' : ''}`,
    () => `${name}.github.io`,
    () =>
      `${name}.${word(random, 'weebly.com wixsite.com tumblr.com livejournal.com netlify.app vercel.app herokuapp.com web.app pages.dev webnode.com jimdofree.com tripod.com altervista.org')}${chance(random, 0.5) ? '' : path()}`,
    () =>
      `${name}.${word(random, 'readthedocs.io gitlab.io substack.com medium.com bandcamp.com itch.io fandom.com')}${path()}`,
  ])()
}

function onShelf(random: Random): string {
  const document = randomText(
    random,
    'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_',
    33,
    44,
  )
  return pick(random, [
    () => `docs.google.com/document/d/${document}/edit`,
    () => `docs.google.com/spreadsheets/d/${document}/edit#gid=0`,
    () => `drive.google.com/file/d/${document}/view`,
    () => `sites.google.com/site/${spokenName(random)}/${word(random, 'home documents links news')}`,
    () => `docs.google.com/forms/d/e/${document}/viewform`,
    () => `dropbox.com/s/${randomLowCode(random, 15, 15)}/${word(random, 'photo report slides data')}.pdf`,
    () =>
      `${spokenName(random)}.s3.amazonaws.com/${word(random, 'images files media')}/${randomLowCode(random, 6, 12)}.${word(random, 'jpg pdf png zip')}`,
    () =>
      `storage.googleapis.com/${spokenName(random)}-${word(random, 'data public assets')}/${word(random, 'models images files')}/${randomLowCode(random, 4, 9)}.${word(random, 'zip png tar.gz pdf')}`,
  ])()
}
