/** Words that stand before the name of a person, lower-cased and without a point. */
export const personTitles = words(
  'mr mrs ms miss dr prof professor president chancellor senator sen rep governor gov minister secretary judge justice ' +
    'captain general colonel sergeant sir lady lord queen king prince princess pope father sister rabbi imam coach ceo ' +
    'herr frau präsident kanzler kanzlerin monsieur madame mme m président señor señora sr sra presidente doctor don ' +
    'doña signor signora onorevole senhor senhora dom meneer mevrouw fru pan pani',
)

/** Endings of company names, lower-cased and without points. */
export const companyEndings = words(
  'inc ltd llc llp corp corporation co plc gmbh ag kg se sa sas sarl spa srl nv bv ab as oy oyj aps kft sro doo pty ' +
    'holdings group industries airlines airways motors technologies pharmaceuticals records pictures studios',
)

/** Nouns that make a name of several words one of an organisation. */
export const organisationNouns = words(
  'university college institute school academy hospital ministry bank party council committee agency association society ' +
    'company foundation court police department union museum commission club church organisation organization authority ' +
    'federation league parliament senate congress administration bureau corps army navy times post journal tribune news ' +
    'network laboratory laboratories observatory library service services team press trust fund board chamber ' +
    'universität institut ministerium verein gesellschaft stiftung partei behörde bundesamt université ministère banque ' +
    'parti société fondation universidad ministerio banco partido fundación sociedad università ministero banca partito ' +
    'fondazione universidade ministério fundação universiteit bank partij stichting',
)

/** Nouns that make a name of several words one of a place. */
export const placeNouns = words(
  'street road avenue boulevard park station island islands river lake county city bridge square airport valley bay ' +
    'beach mountain mountains sea ocean province district village desert canyon coast peninsula harbour harbor forest ' +
    'creek falls hills heights gulf strait',
)
/** The same before the name: "Lake Como", "Mount Everest". */
export const placeOpenings = words('lake mount cape fort isle lago mont monte río rio île san santa')

/** Organisations better known by their letters. */
export const knownLetters = new Set(
  'UN EU NATO NASA WHO FBI CIA NSA BBC CNN IMF UNESCO UNICEF WTO OECD OPEC FIFA UEFA IOC ESA CERN IBM NHS FDA EPA SEC IRS ITV NBC ABC CBS NPR MIT AFP'.split(
    ' ',
  ),
)

/** Small words inside names: "Ursula von der Leyen", "Bank of England". */
export const joiners = words('of de di da del della du des der den von van la le el al bin dos und')

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
