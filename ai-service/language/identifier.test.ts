import { afterAll, describe, expect, it } from 'vitest'
import { ModelManager } from '../models/manager.ts'
import { shippedModels } from '../testing/models-folder.ts'
import { LanguageIdentifier, leastConfidence } from './identifier.ts'

const models = new ModelManager(shippedModels)
const identifier = new LanguageIdentifier(models)
afterAll(() => models[Symbol.asyncDispose]())

/** Written for this test; none is in the training data. */
const samples: Readonly<Record<string, string>> = {
  en: 'She put the kettle on and waited for the rain to stop.',
  de: 'Der Zug fährt heute zwanzig Minuten später als geplant.',
  fr: 'Le marché ouvre à huit heures, mais les pêcheurs arrivent bien avant.',
  es: 'Mañana por la tarde iremos a ver a mis abuelos al pueblo.',
  it: 'Ho dimenticato le chiavi di casa sul tavolo della cucina.',
  pt: 'Ainda não sabemos quando é que a biblioteca volta a abrir.',
  nl: 'De fietsenmaker zei dat het wiel morgen klaar zou zijn.',
  sv: 'Vi åkte skridskor på sjön tills det blev alldeles mörkt.',
  fi: 'Kissa nukkui ikkunalaudalla koko pitkän iltapäivän.',
  pl: 'W sobotę rano kupiliśmy świeży chleb i trochę owoców.',
  cs: 'Včera večer jsme dlouho hledali cestu zpátky k řece.',
  hu: 'A szomszéd kutyája egész éjjel ugatott a holdra.',
  tr: 'Yarın sabah erkenden yola çıkıp köye gideceğiz.',
  vi: 'Chiều nay trời mưa to nên chúng tôi ở nhà nấu ăn.',
  eu: 'Bihar goizean mendira joango gara lagunekin bazkaltzera.',
  cy: 'Mae hi wedi bod yn bwrw glaw drwy’r dydd yn y pentref.',
  sw: 'Watoto walikuwa wakicheza mpira karibu na mto jana jioni.',
  ru: 'Бабушка испекла пирог с яблоками и позвала соседей.',
  uk: 'Увечері ми довго сиділи біля вогнища й співали пісень.',
  bg: 'Вчера купихме ябълки от пазара и направихме сладкиш.',
  ar: 'ذهبنا أمس إلى السوق واشترينا بعض الخضروات الطازجة.',
  fa: 'دیروز با دوستانم به کوه رفتیم و ناهار خوردیم.',
  ur: 'کل ہم بازار گئے اور بچوں کے لیے کتابیں خریدیں۔',
  hi: 'कल शाम हम नदी के किनारे बहुत देर तक बैठे रहे।',
  el: 'Χθες το βράδυ περπατήσαμε μέχρι το λιμάνι.',
  he: 'אתמול בערב הלכנו לטייל על שפת הים.',
  ja: '昨日の夜は友達と一緒に映画を見に行きました。',
  zh: '昨天晚上我们一起去河边散步，回来得很晚。',
  ko: '어제 저녁에 친구들과 함께 강가를 산책했다.',
  th: 'เมื่อวานเราไปเดินเล่นที่ริมแม่น้ำกับเพื่อน',
  ka: 'გუშინ საღამოს მდინარის პირას ვისეირნეთ.',
  am: 'ትናንት ማታ ከጓደኞቼ ጋር ወደ ወንዝ ዳር ሄድን።',
  ta: 'நேற்று மாலை நாங்கள் ஆற்றங்கரையில் நடந்தோம்.',
}

describe('identifying languages', () => {
  it('knows a sentence in each of many languages', async () => {
    const guesses = await identifier.identify(Object.values(samples))
    expect(guesses.map(guess => guess.tag)).toEqual(Object.keys(samples))
    expect(guesses.every(({ confidence }) => confidence >= leastConfidence && confidence <= 1)).toBe(true)
  })

  it('names the language in English', async () => {
    expect(
      (await identifier.identify([samples.de ?? '', samples.eu ?? ''])).map(guess => guess.name),
    ).toEqual(['German', 'Basque'])
  })

  it('does not take product names for another language than English', async () => {
    const [guess] = await identifier.identify([
      'Download Firefox for Android and sync your bookmarks with Mozilla.',
    ])
    expect(guess?.tag).toBe('en')
  })

  it('goes by the script that most of the text is in', async () => {
    const guesses = await identifier.identify([
      'Firefox と Chrome の両方で動作します。',
      'The word "привет" means hello in Russian, and "пока" means goodbye.',
    ])
    expect(guesses.map(guess => guess.tag)).toEqual(['ja', 'en'])
  })

  it.each([
    ['nothing', ''],
    ['digits and signs', '12:45 – 3,141592 … € 100 %'],
    ['emoji', '🎉🎉🎉 👍'],
    ['a lone surrogate', '\ud83d'],
    ['random letters', 'xq zvkj wqpf jjkx bzzt qxv'],
  ])('answers "und" for %s', async (_, text) => {
    expect((await identifier.identify([text]))[0]).toMatchObject({ tag: 'und', name: 'Unknown' })
  })

  it('gives the same answer every time', async () => {
    const texts = Object.values(samples)
    expect(await identifier.identify(texts)).toEqual(await identifier.identify(texts))
  })
})
