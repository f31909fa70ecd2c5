import { below, type Random } from '../../random.ts'
import { chance, pick, randomCode, randomDigits, randomHex, randomLowCode, word } from './pick.ts'

const nouns =
  'guide review news best home garden music travel food recipe car bike phone laptop winter summer kids school health fitness ' +
  'market stock city team season game match player film book photo gallery art history science space water energy money tips ideas ' +
  'wedding house kitchen design fashion shoes dress watch camera coffee wine dog cat baby job career course lesson event festival ' +
  'museum park hotel flight beach mountain island river church party law tax policy election report study data cloud software linux ' +
  'windows android update security login account payment support bank card service account password online customer secure mail'
const verbs =
  'how why what when best top new make find build learn buy choose use get the a to for in of with and your my from'
const sections =
  'news blog articles article sport business world politics culture tech technology science health lifestyle opinion travel food video ' +
  'photos gallery shop store product products category categories collections item catalog en de fr es it us uk about about-us contact ' +
  'company careers press support help faq docs documentation download downloads forum forums community topics threads wiki user users ' +
  'profile members events calendar tag tags archive archives research projects people staff services solutions resources library'

/** Path and query as content management systems, shops and forums of honest sites write them. */
export function honestPath(random: Random): string {
  const slug = (separator: string): string =>
    Array.from({ length: 2 + below(random, 7) }, () =>
      word(random, chance(random, 0.3) ? verbs : nouns),
    ).join(separator)
  const number = (): string => randomDigits(random, 1, 7)
  const section = (): string => word(random, sections)
  const date = (): string => `${1998 + below(random, 28)}/${String(1 + below(random, 12)).padStart(2, '0')}`
  const makers: readonly (() => string)[] = [
    () => `/${section()}`,
    () => `/${section()}/${slug('-')}`,
    () => `/${section()}/${section()}/${slug('-')}`,
    () => `/${date()}/${slug('-')}`,
    () => `/${date()}/${String(1 + below(random, 28)).padStart(2, '0')}/${section()}/${slug('-')}.html`,
    () => `/${slug('-')}`,
    () => `/${slug('_')}.html`,
    () => `/${slug('-')}-${number()}.html`,
    () => `/${section()}/${number()}`,
    () => `/${section()}/${slug('-')}/${number()}`,
    () =>
      `/${word(random, 'index home main default page news article product viewtopic showthread item list search')}.php?${word(random, 'id p page t cat item pid article lang')}=${number()}`,
    () =>
      `/index.php?option=com_content&view=article&id=${number()}:${slug('-')}&catid=${number()}&Itemid=${number()}`,
    () => `/viewtopic.php?f=${number()}&t=${number()}`,
    () => `/index.php/${section()}/${slug('-')}`,
    () => `/${section()}.${word(random, 'php html htm aspx asp jsp cfm')}`,
    () =>
      `/${section()}/${word(random, 'index default home main')}.${word(random, 'php html htm aspx asp jsp')}`,
    () =>
      `/${word(random, 'Default Product Article View Pages News')}.aspx?${word(random, 'id ID ItemId cat')}=${number()}`,
    () => `/wiki/${word(random, nouns).replace(/^./, l => l.toUpperCase())}_${word(random, nouns)}`,
    () => `/${section()}?${word(random, 'q s search query utm_source ref page sort')}=${word(random, nouns)}`,
    () => `/search?q=${slug('+')}&page=${number()}`,
    () => `/watch?v=${randomCode(random, 11, 11)}`,
    () => `/dp/${randomCode(random, 10, 10).toUpperCase()}`,
    () =>
      `/${word(random, 'login signin account/login user/login users/sign_in accounts/login my-account account sign-in register signup auth/login customer/account/login wp-login.php Login.aspx login.html login.php portal')}`,
    () =>
      `/${word(random, 'login signin account/login')}?${word(random, 'next redirect return returnUrl continue back')}=${chance(random, 0.5) ? '%2F' : '/'}${section()}`,
    () =>
      `/${word(random, 'forgot-password password/reset verify checkout cart billing account/settings my/orders payment support/contact security privacy terms')}`,
    () => `/${section()}/${slug('-')}.pdf`,
    () => `/wp-content/uploads/${date()}/${slug('-')}.${word(random, 'pdf jpg png docx')}`,
    () => `/images/${slug('_')}.${word(random, 'jpg gif png')}`,
    () => `/~${word(random, nouns)}/${section()}.html`,
    () => `/${word(random, 'en de fr es it en-us en-gb pt ja zh ru pl')}/${section()}/${slug('-')}`,
    () => `/${word(random, 'p a s e r d')}/${randomCode(random, 6, 11)}`,
    () => `/${section()}/${randomHex(random, 8)}-${randomHex(random, 4)}-${randomHex(random, 4)}`,
    () => `/${section()}/${randomLowCode(random, 6, 12)}/${slug('-')}`,
    () => `/?${word(random, 'p page_id id cat lang')}=${number()}`,
    () => `/#${section()}`,
    () => `/${word(random, nouns)}${word(random, nouns)}`,
    () => `/@${word(random, nouns)}${number()}`,
    () =>
      `/wp-content/${word(random, 'themes plugins')}/${slug('-')}/${word(random, 'css js assets/js public/css fonts lib')}/${word(random, 'style main jquery.mask.min bootstrap init stylesheet script')}.${word(random, 'css js')}${chance(random, 0.6) ? `?ver=${below(random, 9)}.${below(random, 20)}.${below(random, 20)}` : ''}`,
    () =>
      `/${word(random, 'sites/default/files assets static media plugins templates skin')}/${word(random, 'js css images img')}/${randomCode(random, 8, 43)}.${word(random, 'js css png jpg')}`,
    () =>
      `/oauth/authorize?client_id=${randomHex(random, 32)}&redirect_uri=${word(random, 'http https')}%3A%2F%2F${word(random, nouns)}.com%2F${section()}&response_type=code`,
    () => `/${section()}/${foreignWord(random)}`,
    () => `/${foreignWord(random)}/${section()}/${number()}`,
    () => `/${section()}?${word(random, 'q tag name')}=${foreignWord(random)}`,
    () => `/WebResource.axd?d=${randomCode(random, 30, 120)}`,
    () => `/${section()}.php?s=${randomHex(random, 32)}&f=${number()}`,
    () =>
      `/${word(random, 'en fr jp it d n a')}/${word(random, 'index default main')}.${word(random, 'htm html php')}`,
    () =>
      `/${word(random, nouns)}/${word(random, nouns)}%20${word(random, nouns)}.${word(random, 'pdf aspx html doc')}`,
    () =>
      `/landingpage/${randomHex(random, 8)}-${randomHex(random, 4)}-4${randomHex(random, 3)}-${randomHex(random, 4)}-${randomHex(random, 12)}`,
    () => `/cgi-bin/${word(random, nouns)}.${word(random, 'cgi pl')}?${word(random, nouns)}=${number()}`,
  ]
  const path = pick(random, makers)()
  return chance(random, 0.08)
    ? `${path}${path.includes('?') ? '&' : '?'}utm_source=${word(random, nouns)}&utm_medium=${word(random, 'email social cpc')}`
    : path
}

/** A word of another alphabet, encoded as browsers do. */
function foreignWord(random: Random): string {
  const first = pick(random, [0x430, 0x430, 0x4e00, 0x3042, 0x5d0, 0x627, 0xe01, 0x3b1, 0xac00])
  const length = 3 + below(random, 8)
  return encodeURIComponent(
    Array.from({ length }, () => String.fromCodePoint(first + below(random, 26))).join(''),
  )
}

/** Names that honest sites put before their domain. */
export function honestSubdomain(random: Random): string {
  return word(
    random,
    'blog shop store m en de fr es it news support help docs forum forums community wiki my account accounts login auth secure mail ' +
      'webmail portal app apps api dev developer static cdn img media events careers jobs research library old new web go info data ' +
      'online service services members pay checkout id sso status learn academy',
  )
}
