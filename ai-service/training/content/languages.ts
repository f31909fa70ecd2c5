import { below, type Random } from '../../random.ts'

/** Letters and phrases of the languages in which pages are made up. Words are invented; phrases are what pages say. */
interface LanguagePack {
  readonly tag: string
  readonly onsets: string
  readonly vowels: string
  readonly codas: string
  readonly space: string
  readonly stop: string
  readonly comma: string
  readonly phrases: Readonly<Record<PhraseKind, string>>
}

export type PhraseKind =
  | 'more'
  | 'comments'
  | 'share'
  | 'legal'
  | 'consent'
  | 'news'
  | 'menu'
  | 'by'
  | 'tags'
  | 'related'

const latin = { space: ' ', stop: '.', comma: ',' }

export const languagePacks: readonly LanguagePack[] = [
  {
    tag: 'en',
    ...latin,
    onsets: 'b c d f g h l m n p r s t w th st tr pl cr sh',
    vowels: 'a e i o u ea ou',
    codas: 'n r s t d l nd st ck ng',
    phrases: {
      more: 'Read more|Continue reading|More|Show all|See more stories|Learn more|View all posts',
      comments:
        'Leave a comment|Reply|3 Comments|Add your comment|Comments are closed|Report abuse|Log in to reply|Sort by newest|Your email address will not be published. Required fields are marked *',
      share: 'Share|Share on Facebook|Tweet|Pin it|Email this|Print|Follow us on Twitter|Share this article',
      legal:
        '© 2019 All rights reserved|Privacy policy|Terms of use|Imprint|Contact us|About us|Powered by WordPress|Advertise with us|Cookie settings',
      consent:
        'We use cookies to give you the best experience on our site. By continuing you agree to our use of cookies.|Accept all|Manage settings|This website uses cookies, also from third parties, to measure how it is used and to show you fitting offers.',
      news: 'Sign up for our newsletter|Get the best stories in your inbox every morning, free of charge.|Your email|Subscribe now and read everything|You can unsubscribe at any time.',
      menu: 'Home|Politics|Business|Sport|Culture|Travel|Science|Opinion|Blog|Shop|About|Contact|Login|Search|Archive|Video|Services|Team|Jobs|Events',
      by: 'By|Written by|Posted by|Author:|Posted on|Published|Updated|Last modified',
      tags: 'Tags|Tags:|Filed under:|Categories|Topics',
      related:
        'Related articles|You may also like|More from this section|Most read|Recent posts|Trending now|Recommended for you|Popular|Latest news',
    },
  },
  {
    tag: 'de',
    ...latin,
    onsets: 'b d f g h k l m n r s t w z sch st br kr gr ver ge',
    vowels: 'a e i o u ei ie au ä ü ö',
    codas: 'n en er t st ch ng ung lich r s',
    phrases: {
      more: 'Weiterlesen|Mehr|Mehr lesen|Alle anzeigen|Zum Artikel|Mehr erfahren',
      comments:
        'Schreiben Sie einen Kommentar|Antworten|3 Kommentare|Kommentar melden|Kommentare sind geschlossen|Ihre E-Mail-Adresse wird nicht veröffentlicht. Erforderliche Felder sind mit * markiert|Zum Kommentieren anmelden',
      share: 'Teilen|Auf Facebook teilen|Twittern|Drucken|Per E-Mail senden|Artikel merken|Folgen Sie uns',
      legal:
        'Impressum|Datenschutz|AGB|Kontakt|© 2020 Alle Rechte vorbehalten|Mediadaten|Nutzungsbedingungen|Datenschutzerklärung',
      consent:
        'Wir verwenden Cookies, um Ihnen das beste Nutzererlebnis bieten zu können. Mit der Nutzung erklären Sie sich einverstanden.|Alle akzeptieren|Einstellungen|Auf unserer Seite kommen Cookies zum Einsatz. Manche davon sind nötig, andere helfen uns, unser Angebot zu verbessern.',
      news: 'Newsletter abonnieren|Unser kostenloser Newsletter informiert Sie über unsere neuesten Beiträge.|Jetzt anmelden|Sie können sich jederzeit wieder abmelden.|Jetzt Abo abschließen und weiterlesen',
      menu: 'Startseite|Politik|Wirtschaft|Sport|Kultur|Reise|Wissen|Meinung|Blog|Shop|Über uns|Kontakt|Anmelden|Suche|Archiv|Termine|Leistungen|Aktuelles|Presse|Karriere',
      by: 'Von|Verfasst von|Autor:|Veröffentlicht am|Aktualisiert|Stand:|Foto:',
      tags: 'Schlagworte|Tags:|Abgelegt unter|Kategorien|Themen',
      related:
        'Ähnliche Artikel|Mehr zum Thema|Das könnte Sie auch interessieren|Meistgelesen|Neueste Beiträge|Weitere Artikel|Lesen Sie auch|Empfehlungen der Redaktion',
    },
  },
  {
    tag: 'fr',
    ...latin,
    onsets: 'b c d f g l m n p r s t v ch tr pr bl qu',
    vowels: 'a e i o u ou ai é è oi eau',
    codas: 'n r s t l nt re le que tion',
    phrases: {
      more: 'Lire la suite|Voir plus|En savoir plus|Tous les articles',
      comments:
        'Laisser un commentaire|Répondre|2 commentaires|Signaler un abus|Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *',
      share: 'Partager|Partager sur Facebook|Imprimer|Suivez-nous|Envoyer par mail',
      legal:
        'Mentions légales|Confidentialité|Contact|© 2018 Tous droits réservés|Conditions générales|Plan du site',
      consent:
        'Nous utilisons des cookies pour vous garantir la meilleure expérience sur notre site. En continuant, vous acceptez leur utilisation.|Accepter|Paramétrer',
      news: 'Abonnez-vous à notre newsletter|Recevez chaque matin le meilleur de notre actualité dans votre boîte.|S’inscrire',
      menu: 'Accueil|Politique|Économie|Sport|Culture|Voyage|Sciences|Idées|Blog|Boutique|À propos|Contact|Connexion|Recherche',
      by: 'Par|Écrit par|Publié le|Mis à jour le|Auteur :',
      tags: 'Mots-clés|Étiquettes :|Classé dans',
      related: 'À lire aussi|Articles similaires|Sur le même sujet|Les plus lus|Derniers articles',
    },
  },
  {
    tag: 'es',
    ...latin,
    onsets: 'b c d f g l m n p r s t v ch tr pr ll qu',
    vowels: 'a e i o u ie ue á ó',
    codas: 'n r s l ción dad mente do da',
    phrases: {
      more: 'Leer más|Seguir leyendo|Ver todo|Más información',
      comments:
        'Deja un comentario|Responder|5 comentarios|Denunciar|Tu dirección de correo electrónico no será publicada.',
      share: 'Compartir|Compartir en Facebook|Imprimir|Síguenos|Enviar',
      legal: 'Aviso legal|Política de privacidad|Contacto|© 2017 Todos los derechos reservados|Quiénes somos',
      consent:
        'Utilizamos cookies propias y de terceros para mejorar nuestros servicios. Si continúa navegando, consideramos que acepta su uso.|Aceptar|Configurar',
      news: 'Suscríbete al boletín|Recibe cada día las mejores noticias en tu correo.|Suscribirse',
      menu: 'Inicio|Política|Economía|Deportes|Cultura|Viajes|Ciencia|Opinión|Tienda|Contacto|Entrar|Buscar',
      by: 'Por|Publicado el|Actualizado|Autor:',
      tags: 'Etiquetas:|Categorías|Temas|Archivado en',
      related: 'Te puede interesar|Noticias relacionadas|Lo más leído|Últimas noticias|Ver también',
    },
  },
  {
    tag: 'pl',
    ...latin,
    onsets: 'b c d g k l m n p r s t w z sz cz prz str',
    vowels: 'a e i o u y ą ę ó',
    codas: 'n r ł ć ść m ch nie nia ego',
    phrases: {
      more: 'Czytaj więcej|Czytaj dalej|Zobacz wszystkie',
      comments: 'Dodaj komentarz|Odpowiedz|4 komentarze|Zgłoś',
      share: 'Udostępnij|Drukuj|Obserwuj nas',
      legal: 'Polityka prywatności|Regulamin|Kontakt|© 2021 Wszelkie prawa zastrzeżone',
      consent:
        'Ta strona używa plików cookie, aby świadczyć usługi na najwyższym poziomie. Dalsze korzystanie oznacza zgodę.|Akceptuję',
      news: 'Zapisz się do newslettera|Co rano najważniejsze wiadomości w twojej skrzynce.',
      menu: 'Strona główna|Polityka|Gospodarka|Sport|Kultura|Nauka|Opinie|Kontakt|Szukaj|Zaloguj',
      by: 'Autor:|Opublikowano|Aktualizacja',
      tags: 'Tagi:|Kategorie',
      related: 'Zobacz także|Najczęściej czytane|Podobne artykuły|Polecamy',
    },
  },
  {
    tag: 'ru',
    ...latin,
    onsets: 'б в г д к л м н п р с т пр ст вы по',
    vowels: 'а е и о у ы я',
    codas: 'н р л т ть ский ние го ми в',
    phrases: {
      more: 'Читать далее|Подробнее|Ещё',
      comments: 'Оставить комментарий|Ответить|7 комментариев|Пожаловаться',
      share: 'Поделиться|Твитнуть|Распечатать',
      legal: 'О проекте|Контакты|© 2016 Все права защищены|Политика конфиденциальности',
      consent:
        'Мы используем файлы cookie, чтобы сделать сайт удобнее. Продолжая, вы соглашаетесь с этим.|Принять',
      news: 'Подпишитесь на рассылку|Главные новости каждое утро в вашей почте.',
      menu: 'Главная|Политика|Экономика|Спорт|Культура|Наука|Мнения|Контакты|Поиск|Войти',
      by: 'Автор:|Опубликовано|Текст:',
      tags: 'Теги:|Рубрики|Темы',
      related: 'Читайте также|Похожие статьи|Самое читаемое|Последние новости',
    },
  },
  {
    tag: 'ja',
    space: '',
    stop: '。',
    comma: '、',
    onsets: '日 本 人 大 年 会 国 学 生 新 時 行 見 高 長 政 経 社',
    vowels: 'の は を が に と で も し た',
    codas: 'る い す ます した こと 的 性 者',
    phrases: {
      more: '続きを読む|もっと見る|一覧',
      comments: 'コメントを書く|返信|コメント 3件|通報',
      share: 'シェア|ツイート|印刷',
      legal: 'プライバシーポリシー|利用規約|お問い合わせ|© 2019 無断転載を禁じます',
      consent: '当サイトではクッキーを使用しています。閲覧を続けることで同意したものとみなします。|同意する',
      news: 'メルマガ登録|毎朝最新ニュースをお届けします。',
      menu: 'ホーム|政治|経済|スポーツ|文化|科学|検索|ログイン|会社概要',
      by: '著者:|公開日|更新日',
      tags: 'タグ|カテゴリー',
      related: '関連記事|おすすめ|人気記事|新着',
    },
  },
  {
    tag: 'ar',
    ...latin,
    comma: '،',
    onsets: 'ا ب ت ج ح د ر س ش ع ف ق ك ل م ن ه و ال',
    vowels: 'ا و ي',
    codas: 'ن ر م ة ت ين ات ها',
    phrases: {
      more: 'اقرأ المزيد|المزيد|عرض الكل',
      comments: 'أضف تعليقا|رد|3 تعليقات',
      share: 'شارك|طباعة|تابعنا',
      legal: 'سياسة الخصوصية|اتصل بنا|© 2020 جميع الحقوق محفوظة',
      consent: 'نستخدم ملفات تعريف الارتباط لتحسين تجربتك. باستمرارك فإنك توافق على ذلك.|موافق',
      news: 'اشترك في النشرة البريدية|أهم الأخبار كل صباح في بريدك.',
      menu: 'الرئيسية|سياسة|اقتصاد|رياضة|ثقافة|علوم|رأي|بحث|دخول',
      by: 'بقلم|نشر في|تحديث',
      tags: 'الوسوم|التصنيفات',
      related: 'مواضيع ذات صلة|الأكثر قراءة|أخبار أخرى',
    },
  },
]

/** Writes invented text of one language. */
export class Writer {
  readonly pack: LanguagePack
  readonly #random: Random
  readonly #onsets: readonly string[]
  readonly #vowels: readonly string[]
  readonly #codas: readonly string[]

  constructor(pack: LanguagePack, random: Random) {
    this.pack = pack
    this.#random = random
    this.#onsets = pack.onsets.split(' ')
    this.#vowels = pack.vowels.split(' ')
    this.#codas = pack.codas.split(' ')
  }

  phrase(kind: PhraseKind): string {
    return this.#one(this.pack.phrases[kind].split('|'))
  }

  phrases(kind: PhraseKind): readonly string[] {
    return this.pack.phrases[kind].split('|')
  }

  words(count: number): string {
    return Array.from({ length: count }, () => this.#word()).join(this.pack.space)
  }

  title(count: number): string {
    const text = this.words(count)
    return text.slice(0, 1).toUpperCase() + text.slice(1)
  }

  name(): string {
    return `${this.title(1)} ${this.title(1)}`
  }

  sentence(): string {
    const random = this.#random
    const size = 4 + below(random, 9) + below(random, 12)
    const parts: string[] = []
    for (let index = 0; index < size; index++) {
      let word = this.#word()
      if (index > 0 && random() < (this.pack.tag === 'de' ? 0.3 : 0.06)) word = this.title(1)
      if (random() < 0.015) word = String(below(random, 2_100))
      const isInner = index > 1 && index < size - 1
      parts.push(isInner && random() < 0.1 ? word + this.pack.comma : word)
    }
    const text = parts.join(this.pack.space)
    const quoted = random() < 0.07 ? `“${text.slice(0, 1).toUpperCase()}${text.slice(1)}”` : text
    const ends = random() < 0.05 ? '?' : random() < 0.03 ? '!' : this.pack.stop
    return quoted.slice(0, 1).toUpperCase() + quoted.slice(1) + ends
  }

  prose(sentences: number): string {
    return Array.from({ length: sentences }, () => this.sentence()).join(this.pack.space)
  }

  date(): string {
    const random = this.#random
    const day = 1 + below(random, 28)
    const month = 1 + below(random, 12)
    const year = 2004 + below(random, 22)
    return this.#one([
      `${day}.${month}.${year}`,
      `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
      `${day} ${this.title(1)} ${year}`,
      `${this.title(1)} ${day}, ${year}`,
      `${day}/${month}/${year} ${below(random, 24)}:${10 + below(random, 50)}`,
      `${1 + below(random, 11)} ${this.words(1)}`,
    ])
  }

  #word(): string {
    const random = this.#random
    let word = ''
    for (let syllables = 1 + below(random, 3); syllables > 0; syllables--) {
      word += this.#one(this.#onsets) + this.#one(this.#vowels)
      if (random() < 0.4) word += this.#one(this.#codas)
    }
    return word
  }

  #one(list: readonly string[]): string {
    return list[below(this.#random, list.length)] ?? ''
  }
}
