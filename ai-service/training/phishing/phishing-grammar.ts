import { brands } from '../../phishing/brands.ts'
import { freeHosts, openShelves, shorteners } from '../../phishing/word-lists.ts'
import { below, type Random, weightedDraw } from '../../random.ts'
import { honestPath } from './honest-addresses.ts'
import {
  chance,
  pick,
  randomCode,
  randomDigits,
  randomHex,
  randomLetters,
  randomLowCode,
  randomText,
  spokenName,
  word,
} from './pick.ts'

const brandWords = brands.flatMap(brand => brand.words.map(one => one.text))
const targets =
  'paypal microsoft office365 outlook apple icloud amazon netflix facebook instagram whatsapp dhl usps fedex chase wellsfargo ' +
  'bankofamerica hsbc barclays lloyds santander dropbox docusign adobe google gmail yahoo att comcast metamask coinbase binance ' +
  'trustwallet ledger rakuten smbc aeon sagawa mercari allegro olx inpost dpd linkedin steam roblox ebay interac orange telekom ing ' +
  'rabobank intesa poste nexi bbva caixa itau bradesco alibaba webmail onedrive sharepoint spotify telegram bet365 post evri halifax'
const lures =
  'login secure verify account update support signin billing confirm service security online help center auth alert unlock recovery ' +
  'info mail id user my web access client customer payment refund delivery tracking parcel reward claim gift bonus connect wallet ' +
  'verification notice limited case appeal copyright team page form portal mobile app validate activation servicio cliente soporte conta ' +
  'acesso kunde konto sicherheit payee payees newpayee device check checkout gateway approve approval report cancel stop manage review ' +
  'assist assistance agent facture facturation authentification oferta pagamento validar atualizar resgate pontos bank banking card visa tax gov covid prize event vote sale shop ssl new'
const cheapEndings =
  'com com com com net org info xyz top online site club icu live shop store vip link click buzz cn ru tk ml ga cf gq pw cc co us in ' +
  'app dev fun space website tech pro life world biz me io ws br uk de fr eu pl it nl co.uk com.br co.za in.net ro es ca com.au'
const files =
  'login signin index index index verify validate pvalidate Login Verification redirect auth1 go log account update home confirm secure webscr validate next step2 auth main processing start mail ' +
  'password billing card otp sms access default page invoice document view form'
const kitFolders =
  'login secure signin verify account update customer_center customer-IDPP00C client_data online banking wells boa chase paypal ' +
  'office office365 outlook owa adobe dropbox docusign gdoc googledoc drive dhl excel onedrive apple icloud netflix amazon mail webmail ' +
  'yahoo alibaba web app new doc docs file files pdf view image scan invoice business secure1 auth bin dir error us en fr de ' +
  'sparkasse orange free ameli impots caf edf itau bradesco santander mpp myaccount signon session sso zimbra roundcube index_files'
const systemFolders = [
  'wp-content/plugins',
  'wp-content/themes',
  'wp-content/uploads',
  'wp-content',
  'wp-includes',
  'wp-includes/js',
  'wp-includes/images',
  'wp-includes/css',
  'wp-admin',
  'wp-admin/includes',
  'wp-admin/css',
  'wp-admin/js',
  'wp-admin/user',
  'components',
  'components/com_content',
  'components/com_user',
  'modules',
  'modules/mod_custom',
  'administrator',
  'administrator/components',
  'libraries',
  'libraries/joomla',
  'plugins',
  'plugins/system',
  'templates',
  'media',
  'images',
  'images/stories',
  'img',
  'css',
  'js',
  'includes',
  'tmp',
  'cache',
  'cgi-bin',
  '.well-known',
  '.well-known/acme-challenge',
  '.well-known/pki-validation',
  'uploads',
  'upload',
  'files',
  'assets',
  'admin',
  'language',
  'layouts',
  'vendor',
  'sites/default/files',
  'skin',
  'data',
  'logs',
  'old',
  'backup',
  'blog',
  'shop',
  'demo',
  'test',
  'site',
  'fonts',
  'catalog',
  'system',
  'themes',
]

/** Where the grammar takes honest names from, for sites that were broken into. */
export interface HonestNames {
  /** Registered domains. */
  readonly sites: readonly string[]
}

/**
 * An address as attackers build them, without scheme. The grammar is written from what is known of their habits
 * (broken-into sites, kits, look-alike names, free hosts, shelves of known services); no list of real phishing is in it.
 */
export function phishingAddress(random: Random, names: HonestNames): string {
  const makers: readonly (readonly [number, () => string])[] = [
    [24, () => `${brokenInto(random, names)}${kitPath(random, true)}`],
    [8, () => `${brokenInto(random, names)}${kitPath(random, false)}`],
    [15, () => `${lureName(random)}${shortPath(random)}`],
    [11, () => `${brandBefore(random, names)}${shortPath(random)}`],
    [15, () => freeHosted(random)],
    [8, () => `${senselessName(random)}${shortPath(random)}`],
    [4, () => onShelf(random)],
    [3, () => shortened(random)],
    [1.5, () => numbered(random)],
    [4, () => `${misspelt(random)}${shortPath(random)}`],
    [3, () => `${lureSubdomain(random, names)}${shortPath(random)}`],
    [0.4, () => `${brandName(random)}.com@${brokenInto(random, names)}${kitPath(random, false)}`],
  ]
  const draw = weightedDraw(makers.map(([weight]) => weight))
  return makers[draw(random)]?.[1]() ?? ''
}

function brandName(random: Random): string {
  return chance(random, 0.6) ? word(random, targets) : pick(random, brandWords)
}

function brokenInto(random: Random, names: HonestNames): string {
  const site = chance(random, 0.85)
    ? pick(random, names.sites)
    : `${spokenName(random)}.${word(random, cheapEndings)}`
  const prefix = chance(random, 0.12)
    ? `${word(random, 'mail shop blog dev test new web old demo cpanel webmail ftp server staging beta m en secure login')}.`
    : ''
  const port = chance(random, 0.006) ? `:${word(random, '8080 8443 2083 81 8888')}` : ''
  return `${prefix}${site}${port}`
}

function folder(random: Random): string {
  if (chance(random, 0.5)) return word(random, kitFolders)
  const makers: readonly (() => string)[] = [
    () => brandName(random),
    () => `${brandName(random)}${word(random, '- _ . ')}${word(random, lures)}`,
    () => brandName(random).toUpperCase(),
    () => brandName(random).replace(/^./, letter => letter.toUpperCase()),
    () => `${brandName(random)}.${word(random, 'com co.uk fr de it')}`,
    () => `www.${brandName(random)}.com`,
    () => randomHex(random, chance(random, 0.7) ? 32 : 16),
    () => randomLowCode(random, 4, 12),
    () => randomLetters(random, 2, 7),
    () => randomLetters(random, 1, 3),
    () => `${randomLetters(random, 2, 4)}${chance(random, 0.5) ? randomDigits(random, 1, 2) : ''}`,
    () =>
      word(
        random,
        'new doc docs file view pdf data form cp max wap app drive confidential extract share secured bless tor ali son ms',
      ),
    () => randomDigits(random, 1, 6),
    () => `${word(random, lures)}${word(random, '- _ ')}${word(random, lures)}`,
    () => word(random, lures).toUpperCase(),
    () =>
      word(random, 'New Secure Login Home Office Mail Docs Account Verify Update Customer Auth Bin Online'),
    () => `${randomLetters(random, 3, 8)}${randomDigits(random, 1, 4)}`,
    () => `~${randomLetters(random, 4, 8)}`,
    () => `${word(random, lures)}%20${word(random, lures)}`,
  ]
  return pick(random, makers)().trim()
}

function file(random: Random): string {
  const name = chance(random, 0.75) ? word(random, files) : folder(random)
  return `${name}.${word(random, 'php php php php html html htm aspx jsp')}`
}

/** Folders of a broken-into site that lead to a kit. */
function kitPath(random: Random, isInSystem: boolean): string {
  const parts = isInSystem ? [pick(random, systemFolders)] : []
  if (isInSystem && chance(random, 0.25))
    parts.push(chance(random, 0.5) ? randomLetters(random, 3, 9) : word(random, kitFolders))
  const count = isInSystem ? below(random, 4) : 1 + below(random, 4)
  for (let index = 0; index < count; index++) parts.push(folder(random))
  const joiner = chance(random, 0.03) ? '//' : '/'
  const base = `/${parts.join(joiner)}`
  return chance(random, 0.5)
    ? `${base}/${file(random)}${stolenQuery(random, 0.4)}`
    : `${base}${stolenQuery(random, 0.06)}`
}

/** What a page on a name of the attacker's own is reached by. */
function shortPath(random: Random): string {
  const draw = random()
  if (draw < 0.5) return ''
  if (draw < 0.62) return `/${word(random, files)}`
  if (draw < 0.76) return `/${file(random)}${stolenQuery(random, 0.35)}`
  if (draw < 0.82) return `/${randomCode(random, 3, 10)}`
  if (draw < 0.88)
    return `/${word(random, 'en us fr de jp m i us/login account web app pages home pay info')}${chance(random, 0.3) ? `/${file(random)}` : ''}`
  if (draw < 0.92) return `/?${word(random, 'id token e email ref t s key')}=${randomCode(random, 4, 24)}`
  if (draw < 0.95) return honestPath(random)
  return kitPath(random, false)
}

function stolenQuery(random: Random, probability: number): string {
  if (!chance(random, probability)) return ''
  const person = `${randomLetters(random, 3, 8)}${word(random, '@ %40')}${spokenName(random)}.com`
  const makers: readonly (() => string)[] = [
    () => `?${word(random, 'email e user userid login mail id')}=${person}`,
    () =>
      `?cmd=${word(random, 'login_submit _login-run _account-details _update')}&id=${randomHex(random, 32)}&session=${randomHex(random, 32)}`,
    () =>
      `?${word(random, 'sessionid token session key sid auth')}=${randomCode(random, 16, 64)}&securessl=true`,
    () => `?${randomHex(random, 32)}`,
    () =>
      `?rand=13InboxLightaspxn.${randomDigits(random, 9, 10)}&fid.4.${randomDigits(random, 9, 10)}&fid=1&fav.1&rand.13InboxLight.aspxn.${randomDigits(random, 9, 10)}&fid.${randomDigits(random, 9, 10)}`,
    () => `?country.x=${word(random, 'US FR GB DE IT')}&locale.x=en_${word(random, 'US GB FR')}`,
    () =>
      `?${word(random, 'client_id client id response_type')}=${randomCode(random, 8, 36)}&redirect_uri=https%3A%2F%2F${brandName(random)}.com%2F`,
    () => `#${person}`,
    () =>
      `?ip=${randomDigits(random, 2, 3)}.${randomDigits(random, 1, 3)}.${randomDigits(random, 1, 3)}.${randomDigits(random, 1, 3)}`,
    () => `?rand=13inboxlightaspxn.${randomDigits(random, 9, 10)}`,
    () => `?signin=${randomHex(random, 32)}&auth=${randomHex(random, 32)}`,
    () => `?${word(random, 'p id s page v step')}=${randomDigits(random, 1, 6)}`,
    () => `?${word(random, 'data a x u q code')}=${randomCode(random, 20, 60)}${word(random, '= == -')}`,
  ]
  return pick(random, makers)()
}

/** Names of the attacker's own with a brand, a lure, or both in them. */
function lureName(random: Random): string {
  const brand = brandName(random)
  const dash = chance(random, 0.7) ? '-' : ''
  const lure = (): string => word(random, lures)
  const code = (): string => (chance(random, 0.5) ? randomDigits(random, 1, 5) : randomLowCode(random, 2, 6))
  const makers: readonly (() => string)[] = [
    () => `${brand}${dash}${lure()}`,
    () => `${lure()}${dash}${brand}`,
    () => `${lure()}${dash}${brand}${dash}${lure()}`,
    () => `${brand}${dash}${lure()}${dash}${lure()}`,
    () => `${brand}${dash}${lure()}${code()}`,
    () => `${brand}${dash}${code()}`,
    () => `${lure()}-${lure()}`,
    () => `${lure()}-${lure()}-${lure()}`,
    () => `${lure()}-${lure()}-${code()}`,
    () => `${lure()}${lure()}${code()}`,
    () => `${brand}.com-${lure()}`,
    () => `${brand}${word(random, 'jp co us uk eu fr de it es pl br')}`,
    () => `${word(random, 'my i e o the')}${brand}${chance(random, 0.4) ? lure() : ''}`,
    () => `${lure()}-${spokenName(random)}`,
    () => `${word(random, 'my secured secure new e i the')}${dash}${lure()}`,
    () => `${lure()}${dash}my${lure()}`,
    () => `${brand}${dash}${spokenName(random)}`,
  ]
  const prefix = chance(random, 0.15) ? `${word(random, `${lures} www m app`)}.` : ''
  return `${prefix}${pick(random, makers)()}.${word(random, cheapEndings)}`
}

/** The brand's address in front of the attacker's. */
function brandBefore(random: Random, names: HonestNames): string {
  const brand = brandName(random)
  const site = chance(random, 0.45)
    ? pick(random, names.sites)
    : chance(random, 0.5)
      ? senselessName(random)
      : lureName(random)
  const lure = (): string => word(random, lures)
  const makers: readonly (() => string)[] = [
    () => `${brand}.com.${site}`,
    () => `www.${brand}.com.${site}`,
    () => `${brand}.${site}`,
    () => `${lure()}.${brand}.${site}`,
    () => `${lure()}.${brand}.com.${lure()}.${site}`,
    () => `${brand}-${lure()}.${site}`,
    () => `${lure()}-${brand}.${site}`,
    () => `${brand}.com-${lure()}${randomDigits(random, 0, 6)}.${site}`,
    () => `${brand}-${word(random, 'co-jp com de co-uk it')}.${site}`,
    () => `${brand}.${word(random, 'co.jp co.uk de fr it')}.${randomLowCode(random, 3, 8)}.${site}`,
    () => `${brand}.com.${randomLowCode(random, 6, 20)}.${site}`,
    () => `${brand}-${lure()}-${lure()}-${randomDigits(random, 1, 5)}.${site}`,
    () => `${brand}${randomDigits(random, 1, 4)}.${site}`,
  ]
  return pick(random, makers)()
}

function lureSubdomain(random: Random, names: HonestNames): string {
  const lure = (): string => word(random, lures)
  const before = pick(random, [
    () => `${lure()}${randomDigits(random, 1, 3)}`,
    () => `${lure()}-${lure()}`,
    () => `${lure()}.${lure()}`,
    () => `${lure()}${lure()}`,
    () => `${randomLowCode(random, 6, 16)}`,
    () => `${lure()}-${randomLowCode(random, 3, 8)}`,
  ])()
  return `${before}.${chance(random, 0.6) ? pick(random, names.sites) : senselessName(random)}`
}

function senselessName(random: Random): string {
  const makers: readonly (() => string)[] = [
    () => randomLetters(random, 5, 14),
    () => randomLowCode(random, 4, 12),
    () => `${randomLetters(random, 2, 6)}${randomDigits(random, 1, 5)}`,
    () => `${randomDigits(random, 2, 6)}${randomLetters(random, 1, 4)}`,
    () => `${spokenName(random)}${randomDigits(random, 1, 3)}`,
    () => spokenName(random),
    () => `${spokenName(random)}-${spokenName(random)}`,
    () => randomText(random, 'bcdfghjklmnpqrstvwxz', 4, 9),
  ]
  const prefix = chance(random, 0.25) ? `${randomLowCode(random, 2, 8)}.` : ''
  return `${prefix}${pick(random, makers)()}.${word(random, cheapEndings)}`
}

const hosts = [...freeHosts]
const common =
  'weebly.com weeblysite.com 000webhostapp.com web.app firebaseapp.com pages.dev workers.dev r2.dev vercel.app netlify.app github.io ' +
  'wixsite.com blogspot.com godaddysites.com webflow.io square.site gitbook.io herokuapp.com glitch.me duckdns.org repl.co ' +
  'azurewebsites.net ngrok.io wordpress.com altervista.org yolasite.com webnode.com mystrikingly.com jimdosite.com ucoz.net framer.app'

function freeHosted(random: Random): string {
  const host = chance(random, 0.7) ? word(random, common) : pick(random, hosts)
  const lure = (): string => word(random, lures)
  const brand = brandName(random)
  const makers: readonly (() => string)[] = [
    () => `${brand}-${lure()}`,
    () => `${brand}${lure()}`,
    () => `${lure()}-${brand}-${lure()}`,
    () => `${lure()}-${lure()}-${randomDigits(random, 2, 6)}`,
    () => `${lure()}${lure()}${randomDigits(random, 0, 4)}`,
    () => `${spokenName(random)}-${spokenName(random)}-${randomHex(random, 6)}`,
    () => `${brand}${randomDigits(random, 1, 6)}`,
    () => `${spokenName(random)}${spokenName(random)}${randomDigits(random, 0, 4)}`,
    () => `${randomLetters(random, 6, 16)}`,
    () => `pub-${randomHex(random, 32)}`,
    () => `${lure()}-${spokenName(random)}`,
    () => `${brand}-${lure()}-${lure()}-${randomLowCode(random, 4, 8)}`,
    () =>
      `${word(random, targets)}-${word(random, 'mail wallet login extension io us help desk online page currently')}`,
    () => `${randomLowCode(random, 8, 20)}`,
    () => `${lure()}.${spokenName(random)}`,
  ]
  const path =
    host === 'wixsite.com' || host === 'mystrikingly.com'
      ? `/${word(random, 'my-site website mysite my-site-1 home login')}`
      : host === 'r2.dev'
        ? `/${word(random, 'index login main auth')}.html`
        : chance(random, 0.6)
          ? ''
          : shortPath(random)
  return `${pick(random, makers)()}.${host}${path}`
}

function onShelf(random: Random): string {
  const document = randomText(
    random,
    `${'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'}-_`,
    25,
    56,
  )
  const [host, path] = pick(random, openShelves)
  const lure = `${brandName(random)}-${word(random, lures)}`
  const makers: readonly (() => string)[] = [
    () => `docs.google.com/forms/d/e/1FAIpQLS${document}/viewform`,
    () => `docs.google.com/forms/d/${document}/viewform?edit_requested=true`,
    () => `docs.google.com/presentation/d/e/2PACX-1v${document}/pub?start=false&loop=false`,
    () =>
      `sites.google.com/view/${chance(random, 0.6) ? lure : `${spokenName(random)}${randomDigits(random, 1, 3)}`}`,
    () => `sites.google.com/view/${lure}/home`,
    () => `storage.googleapis.com/${randomLowCode(random, 6, 16)}/${file(random)}`,
    () =>
      `firebasestorage.googleapis.com/v0/b/${randomLowCode(random, 6, 16)}.appspot.com/o/${word(random, files)}.html?alt=media&token=${randomHex(random, 8)}-${randomHex(random, 4)}`,
    () => `s3.amazonaws.com/${randomLowCode(random, 5, 20)}/${file(random)}`,
    () => `${randomLowCode(random, 5, 20)}.s3.amazonaws.com/${file(random)}`,
    () => `ipfs.io/ipfs/Qm${randomCode(random, 44, 44)}`,
    () =>
      `${word(random, 'ipfs.io cloudflare-ipfs.com dweb.link gateway.pinata.cloud')}/ipfs/bafybei${randomLowCode(random, 52, 52)}/${file(random)}`,
    () =>
      `bafybei${randomLowCode(random, 52, 52)}.ipfs.${word(random, 'dweb.link w3s.link nftstorage.link')}`,
    () => `${host}${path}/${document}`,
  ]
  return pick(random, makers)()
}

function shortened(random: Random): string {
  return `${pick(random, [...shorteners])}/${chance(random, 0.85) ? randomCode(random, 4, 9) : `${brandName(random)}-${word(random, lures)}`}`
}

function numbered(random: Random): string {
  const part = (): number => 1 + below(random, 254)
  const port = chance(random, 0.1) ? `:${word(random, '8080 81 8000 443')}` : ''
  return `${part()}.${part()}.${part()}.${part()}${port}${chance(random, 0.7) ? kitPath(random, false) : shortPath(random)}`
}

/** Names one slip or one look-alike letter away from a brand's. */
function misspelt(random: Random): string {
  const brand = pick(
    random,
    brandWords.filter(one => one.length >= 6),
  )
  const place = 1 + below(random, brand.length - 1)
  const before = brand.slice(0, place)
  const after = brand.slice(place)
  const makers: readonly (() => string)[] = [
    () => `${before}${after.slice(1)}`,
    () => `${before}${after[0] ?? ''}${after}`,
    () => `${before}${randomLetters(random, 1, 1)}${after.slice(1)}`,
    () => `${before.slice(0, -1)}${after[0] ?? ''}${before.at(-1) ?? ''}${after.slice(1)}`,
    () => `${before}-${after}`,
    () => brand.replace(/o/, '0'),
    () => brand.replace(/l/, '1'),
    () => brand.replace(/i/, 'l'),
    () => brand.replace(/m/, 'rn'),
    () => brand.replace(/w/, 'vv'),
    () => brand.replace(/e/, '3'),
    () => foreignLetters(brand),
  ]
  const name = pick(random, makers)()
  const tail = chance(random, 0.3) ? `-${word(random, lures)}` : ''
  const host = `${name}${tail}.${word(random, cheapEndings)}`
  return URL.parse(`http://${host}`)?.hostname ?? host
}

function foreignLetters(brand: string): string {
  const foreign: Readonly<Record<string, string>> = {
    a: 'а',
    e: 'е',
    o: 'о',
    p: 'р',
    c: 'с',
    i: 'і',
    y: 'у',
    x: 'х',
    s: 'ѕ',
    l: 'ӏ',
  }
  return brand.replace(/[aeopciyxsl]/, letter => foreign[letter] ?? letter)
}
