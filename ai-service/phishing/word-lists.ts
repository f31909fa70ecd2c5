/** Words by which phishing asks people in, in the languages that it is mostly written in. */
export const lureWords: ReadonlySet<string> = new Set(
  (
    'login logon signin signon sign log verify verification verif verifi verified validate validation confirm confirmation confirme ' +
    'payee payees device approve approval check checkout gateway confidential authentification facturation espaceclient homebanking ' +
    'secure secured security safe update updates updating upgrade account accounts acct billing bill invoice payment payments pay ' +
    'refund wallet wallets unlock locked suspended suspend limited restore recovery recover password passwd pass reset auth ' +
    'authenticate authentication authorize identity ebanking banking bank online onlinebanking webscr cmd customer client clients ' +
    'support service services help helpdesk center centre mail webmail email mailbox owa access portal session token tokens ' +
    'claim reward rewards gift giveaway prize bonus airdrop connect dapp dapps sync migrate kyc seed phrase swap stake ' +
    'delivery track tracking parcel package redelivery reschedule customs fee toll fine tax rebate notice alert notification ' +
    'activate activation reactivate renew renewal subscription member membership appeal copyright violation badge blue ' +
    'connexion compte securite facture paiement livraison colis remboursement espace anmelden anmeldung konto kunde kunden ' +
    'sicherheit bestatigung rechnung paket zahlung acceso cuenta seguridad verificar verificacion pago factura cliente ' +
    'accesso conto sicurezza verifica pagamento pacco assistenza inloggen rekening betaling pakket conta seguro acesso ' +
    'zaloguj platnosc dostawa paczka oferta odbierz vhod oplata dostavka giris hesap'
  ).split(' '),
)

/** Those of them that hardly stand in the name of an honest site. */
export const strongLureWords: ReadonlySet<string> = new Set(
  (
    'login logon signin signon verify verification verif validate confirm confirmation secure secured unlock suspended ' +
    'webscr authenticate reactivate redelivery reschedule airdrop claim giveaway kyc passwd webmail ebanking onlinebanking ' +
    'payee payees homebanking authentification recovery restore connexion anmelden anmeldung inloggen verificar verifica zaloguj billing refund'
  ).split(' '),
)

/** What is left out of a title before it is compared with a brand's name. */
export const titleFillers: ReadonlySet<string> = new Set([
  ...lureWords,
  ...(
    'in on to your you my me the a an of for or and up at with is welcome official site website home homepage page web here now ' +
    'us uk com sign log register free new enter please continue step dein ihr mein der die das zu bei mit se de la le el en a ' +
    'votre mon ma connecter identifiez vous iniciar sesion inicio entrar il tuo accedi uw bij mijn logg inn'
  ).split(' '),
])

/** Folders of content management systems and of servers, where nobody would put a page for people. */
export const machineFolders: ReadonlySet<string> = new Set(
  (
    'wp-content wp-includes wp-admin wp-snapshots components com_content modules administrator plugins themes uploads includes ' +
    'templates cache tmp temp cgi-bin .well-known well-known pki-validation acme-challenge libraries vendor assets images img css js ' +
    'fonts media language languages layouts sites logs old backup bin cli .git'
  ).split(' '),
)

/** Site builders, hosts and tunnels where anybody gets an address in a minute; those on the public suffix list too. */
export const freeHosts: ReadonlySet<string> = new Set(
  (
    '000webhostapp.com weebly.com weeblysite.com wixsite.com wix.com editorx.io blogspot.com wordpress.com webflow.io square.site ' +
    'godaddysites.com mystrikingly.com strikingly.com yolasite.com jimdosite.com jimdofree.com webador.com site123.me ' +
    'web.app firebaseapp.com pages.dev workers.dev r2.dev vercel.app netlify.app github.io gitlab.io gitbook.io glitch.me ' +
    'replit.app repl.co herokuapp.com onrender.com fly.dev surge.sh render.com railway.app azurewebsites.net ' +
    'web.core.windows.net cloudapp.net appspot.com run.app translate.goog amplifyapp.com cloudfront.net ngrok.io ngrok-free.app ' +
    'trycloudflare.com duckdns.org no-ip.org ddns.net hopto.org serveo.net sytes.net myftp.org zapto.org ' +
    'altervista.org byethost.com infinityfreeapp.com epizy.com rf.gd x10.mx 5gbfree.com freehostia.com atwebpages.com ' +
    'tripod.com angelfire.com ucoz.net ucoz.com narod.ru beep.com bravesites.com webs.com sitey.me my-free.website ' +
    'webnode.com webnode.page hpage.com zyrosite.com carrd.co typedream.app framer.app framer.website dorik.io teachable.com ' +
    'mybluemix.net codeanyapp.com ipfs.io dweb.link cf-ipfs.com cloudflare-ipfs.com fleek.co fleek.cool w3s.link nftstorage.link ' +
    'myshopify.com hostingerapp.com hostingersite.com 16mb.com esy.es hol.es pe.hu 96.lt xoom.it tumblr.com livejournal.com ' +
    'plesk.page wpengine.com wpcomstaging.com cprapid.com temp.domains ukit.me builderallwppro.com softr.app bubbleapps.io'
  ).split(' '),
)

/** Short addresses that lead anywhere. */
export const shorteners: ReadonlySet<string> = new Set(
  (
    'bit.ly bitly.com tinyurl.com goo.gl ow.ly is.gd v.gd t.ly cutt.ly rb.gy rebrand.ly tiny.cc s.id shorturl.at shorturl.gg ' +
    'buff.ly adf.ly bl.ink soo.gd clck.ru u.to x.co tr.im urlz.fr qrco.de me-qr.com qr.ae l.ead.me linktr.ee lnkd.in t.co ' +
    'shorter.me url.ie tinyurl.hu gg.gg hyperurl.co kutt.it n9.cl encurtador.com.br bityli.com t2m.io yourls.org chilp.it did.li'
  ).split(' '),
)

/** Hosts of good name where pages of anybody are served below their own address, and where these begin. */
export const openShelves: readonly (readonly [string, string])[] = [
  ['docs.google.com', '/forms'],
  ['docs.google.com', '/presentation'],
  ['docs.google.com', '/drawings'],
  ['docs.google.com', '/document'],
  ['forms.gle', '/'],
  ['sites.google.com', '/'],
  ['drive.google.com', '/file'],
  ['storage.googleapis.com', '/'],
  ['firebasestorage.googleapis.com', '/'],
  ['storage.cloud.google.com', '/'],
  ['forms.office.com', '/'],
  ['s3.amazonaws.com', '/'],
  ['script.google.com', '/macros'],
  ['1drv.ms', '/'],
  ['onedrive.live.com', '/'],
  ['dropbox.com', '/s'],
  ['canva.com', '/design'],
  ['notion.so', '/'],
  ['jotform.com', '/'],
  ['form.jotform.com', '/'],
  ['typeform.com', '/'],
  ['surveymonkey.com', '/r'],
  ['telegra.ph', '/'],
  ['app.box.com', '/'],
]
