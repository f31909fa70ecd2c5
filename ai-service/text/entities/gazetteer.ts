import { primarySubtag } from '../words.ts'

const territories = Array.from({ length: 26 * 26 }, (_, place) =>
  String.fromCharCode(65 + Math.floor(place / 26), 65 + (place % 26)),
)
/** Zones that are named after no town. */
const noTown = /^(?:Etc|SystemV|US|Canada|Arctic)\/|\/(?:GMT|UTC|UCT)|^[^/]+$/

const regions =
  'Europe Asia Africa America Antarctica Oceania Scandinavia Siberia Bavaria Catalonia Tuscany Crimea Gaza Scotland ' +
  'Wales England Britain Brittany Normandy Provence Andalusia Sicily Sardinia Flanders Wallonia Kashmir Punjab Texas ' +
  'California Florida Ohio Pennsylvania Illinois Michigan Massachusetts Arizona Colorado Oregon Nevada Utah Iowa Kansas ' +
  'Kentucky Louisiana Maryland Minnesota Mississippi Missouri Montana Nebraska Oklahoma Tennessee Virginia Wisconsin ' +
  'Wyoming Alabama Alaska Arkansas Connecticut Delaware Hawaii Idaho Indiana Maine Vermont Ontario Quebec Alberta ' +
  'Beijing Mumbai Delhi Bangalore Chennai Guangzhou Shenzhen Osaka Kyoto Barcelona Milan Naples Turin Venice Florence ' +
  'Munich Hamburg Cologne Frankfurt Stuttgart Dresden Leipzig Lyon Marseille Toulouse Bordeaux Geneva Basel Rotterdam ' +
  'Antwerp Seville Valencia Porto Manchester Liverpool Birmingham Edinburgh Glasgow Cardiff Leeds Bristol Oxford ' +
  'Cambridge Boston Chicago Houston Dallas Philadelphia Miami Seattle Atlanta Baltimore Pittsburgh Cleveland ' +
  'Brooklyn Manhattan Hollywood Montreal Ottawa Kharkiv Odesa Lviv Donetsk Mariupol Gothenburg Krakow Gdansk Jeddah'
const severalWords = [
  'New York',
  'New York City',
  'Los Angeles',
  'San Francisco',
  'San Diego',
  'Las Vegas',
  'New Orleans',
  'New Jersey',
  'New Mexico',
  'New Hampshire',
  'North Carolina',
  'South Carolina',
  'West Virginia',
  'North Dakota',
  'South Dakota',
  'Rhode Island',
  'Washington D.C',
  'Rio de Janeiro',
  'Cape Town',
  'Tel Aviv',
  'St. Petersburg',
  'Middle East',
  'Latin America',
  'North America',
  'South America',
  'North Korea',
  'South Korea',
  'Great Britain',
  'Northern Ireland',
  'European Union',
  'Soviet Union',
  'Hong Kong',
  'Nova Scotia',
  'British Columbia',
  'Silicon Valley',
  'West Bank',
  'Gaza Strip',
  'Gulf of Mexico',
]

const known = new Map<string, ReadonlySet<string>>()

/**
 * Names of countries in this language and in English, and of towns that time zones are called after: what the
 * platform knows (Unicode CLDR, and the tz database, public domain), and some regions and cities written down here.
 */
export function placeNames(tag: string): ReadonlySet<string> {
  const language = primarySubtag(tag)
  const made = known.get(language)
  if (made !== undefined) return made
  const places = new Set([...regions.split(' '), ...severalWords])
  for (const locale of new Set([supported(language), 'en'])) {
    const names = new Intl.DisplayNames([locale], { type: 'region', fallback: 'none' })
    for (const territory of territories) {
      const name = names.of(territory)
      if (name !== undefined && name.length > 2) places.add(name)
    }
  }
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const town = zone.split('/').at(-1)?.replaceAll('_', ' ')
    if (town !== undefined && !noTown.test(zone)) places.add(town)
  }
  known.set(language, places)
  return places
}

function supported(language: string): string {
  try {
    return Intl.DisplayNames.supportedLocalesOf([language])[0] ?? 'en'
  } catch {
    return 'en'
  }
}
