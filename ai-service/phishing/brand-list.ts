/**
 * Names that phishing borrows, written by us: `Name | words it is recognised by | its own domains`. A word after `~` is
 * also an ordinary one and counts only beside other evidence; after `^` it is
 * software that honest sites of others run, so that a title with it says nothing. `name.*` stands for the name under any public suffix.
 */
export const brandLines = `
PayPal | paypal | paypal.com paypal.me paypalobjects.com paypal-community.com paypal.*
Microsoft | microsoft microsoftonline office365 ^outlook onedrive ^sharepoint hotmail ~office ~live ~azure | microsoft.com microsoftonline.com live.com office.com outlook.com office365.com sharepoint.com onedrive.com hotmail.com azure.com windows.com msn.com skype.com bing.com xbox.com microsoft.*
Google | google gmail googledrive ~drive | google.com gmail.com youtube.com googleusercontent.com goo.gl withgoogle.com google.dev google.org blogger.com android.com google.*
Apple | icloud appleid itunes ~apple | apple.com icloud.com me.com itunes.com apple.*
Amazon | amazon amazonaws ~prime | amazon.com amazon.dev aws.com amazonaws.com aboutamazon.com primevideo.com amazon.jobs amazonpay.com audible.com amazon.*
Facebook | facebook ~meta | facebook.com fb.com meta.com messenger.com fb.me facebook.net facebook.*
Instagram | instagram | instagram.com cdninstagram.com instagram.*
WhatsApp | whatsapp | whatsapp.com wa.me whatsapp.net whatsapp.*
Netflix | netflix | netflix.com netflix.net nflxext.com netflix.*
Spotify | spotify | spotify.com scdn.co spotify.*
LinkedIn | linkedin | linkedin.com lnkd.in linkedin.*
X | twitter | x.com twitter.com t.co
TikTok | tiktok | tiktok.com tiktok.*
Snapchat | snapchat | snapchat.com snap.com
Telegram | telegram | telegram.org t.me telegram.me web.telegram.org
Discord | discord ~nitro | discord.com discord.gg discordapp.com discord.media
Reddit | reddit | reddit.com redd.it
Pinterest | pinterest | pinterest.com pinterest.*
Yahoo | yahoo ymail | yahoo.com yahoo.net ymail.com flickr.com yahoo.*
AOL | ~aol | aol.com aol.*
Dropbox | dropbox | dropbox.com dropboxusercontent.com getdropbox.com
DocuSign | docusign | docusign.com docusign.net
Adobe | adobe ~acrobat | adobe.com acrobat.com behance.net typekit.com adobe.*
WeTransfer | wetransfer | wetransfer.com we.tl
Zoom | ~zoom | zoom.us zoom.com
GitHub | github | github.com githubusercontent.com github.io githubassets.com ghcr.io
GitLab | ^gitlab | gitlab.com gitlab.io
Steam | steamcommunity steampowered ~steam | steampowered.com steamcommunity.com steamstatic.com valvesoftware.com steamgames.com
Epic Games | epicgames fortnite | epicgames.com fortnite.com unrealengine.com
Roblox | roblox | roblox.com rbxcdn.com
PlayStation | playstation | playstation.com sony.com playstation.net
Blizzard | blizzard battlenet | blizzard.com battle.net
Riot Games | riotgames leagueoflegends | riotgames.com leagueoflegends.com
RuneScape | runescape jagex | runescape.com jagex.com
eBay | ebay | ebay.com ebaystatic.com ebay.*
AliExpress | aliexpress | aliexpress.com aliexpress.ru
Alibaba | alibaba | alibaba.com alibaba-inc.com alibabagroup.com alibabacloud.com 1688.com
Taobao | taobao | taobao.com tmall.com
Walmart | walmart | walmart.com
Target | ~target | target.com
Costco | costco | costco.com costco.*
IKEA | ikea | ikea.com ikea.*
Etsy | etsy | etsy.com
Shopify | shopify | shopify.com myshopify.com
Rakuten | rakuten | rakuten.co.jp rakuten.com rakuten.*
Mercari | mercari | mercari.com mercari.jp
Mercado Libre | mercadolibre mercadolivre mercadopago | mercadolibre.com mercadolivre.com.br mercadopago.com mercadolibre.* mercadolivre.* mercadopago.*
Allegro | allegro allegrolokalnie | allegro.pl allegrolokalnie.pl allegro.*
OLX | ~olx | olx.com olx.pl olx.*
Vinted | vinted | vinted.com vinted.*
Leboncoin | leboncoin | leboncoin.fr
Booking.com | ~booking | booking.com
Airbnb | airbnb | airbnb.com airbnb.*
Uber | ~uber | uber.com ubereats.com
Chase | jpmorgan chaseonline ~chase | chase.com jpmorgan.com jpmorganchase.com
Bank of America | bankofamerica bofa | bankofamerica.com bofa.com bofaml.com
Wells Fargo | wellsfargo | wellsfargo.com
Citi | citibank citicards ~citi | citi.com citibank.com citigroup.com citibank.*
Capital One | capitalone | capitalone.com
American Express | americanexpress amex | americanexpress.com aexp.com amex.com americanexpress.*
Visa | ~visa | visa.com visa.*
Mastercard | mastercard | mastercard.com mastercard.us mastercard.*
Discover | ~discover | discover.com
US Bank | usbank | usbank.com
PNC | ~pnc | pnc.com
Truist | truist suntrust | truist.com suntrust.com
USAA | usaa | usaa.com
Navy Federal | navyfederal | navyfederal.org
Huntington | ~huntington | huntington.com
Regions | ~regions | regions.com
M&T Bank | mtbank | mtb.com
TD Bank | tdbank tdcanadatrust | td.com tdbank.com tdcanadatrust.com
RBC | rbcroyalbank royalbank ~rbc | rbc.com royalbank.com rbcroyalbank.com
Scotiabank | scotiabank scotia | scotiabank.com scotiabank.*
BMO | ~bmo | bmo.com
CIBC | cibc | cibc.com
Desjardins | desjardins | desjardins.com
Interac | interac | interac.ca
HSBC | hsbc | hsbc.com hsbc.*
Barclays | barclays barclaycard | barclays.com barclays.co.uk barclaycard.co.uk barclaycardus.com
Lloyds Bank | lloydsbank lloyds | lloydsbank.com lloydsbank.co.uk lloydsbankinggroup.com
NatWest | natwest | natwest.com natwestgroup.com
Halifax | ~halifax | halifax.co.uk halifax-online.co.uk
Santander | santander | santander.com santander.co.uk santander.* bancosantander.es santanderbank.com
Monzo | monzo | monzo.com
Revolut | revolut | revolut.com
Wise | transferwise ~wise | wise.com transferwise.com
N26 | n26 | n26.com
ING | ingdirect ~ing | ing.com ing.nl ing.* ingdirect.*
Rabobank | rabobank | rabobank.nl rabobank.com
ABN AMRO | abnamro | abnamro.nl abnamro.com
ICS | icscards | icscards.nl icscards.de
KBC | ~kbc | kbc.be kbc.com
Deutsche Bank | deutschebank | deutsche-bank.de db.com deutsche-bank.*
Commerzbank | commerzbank | commerzbank.de commerzbank.com
Sparkasse | sparkasse | sparkasse.de sparkasse.at
Volksbank | volksbank ~vr | volksbank.de vr.de volksbank.*
DKB | ~dkb | dkb.de
comdirect | comdirect | comdirect.de
UBS | ~ubs | ubs.com
Credit Suisse | creditsuisse | credit-suisse.com
PostFinance | postfinance | postfinance.ch
Raiffeisen | raiffeisen | raiffeisen.ch raiffeisen.at raiffeisen.* rbinternational.com
BNP Paribas | bnpparibas | bnpparibas.com bnpparibas.net bnpparibas.* bnpparibasfortis.be
Credit Agricole | creditagricole | credit-agricole.fr credit-agricole.com
Societe Generale | societegenerale | societegenerale.com societegenerale.fr
La Banque Postale | labanquepostale | labanquepostale.fr
Caisse d'Epargne | caisseepargne caissedepargne | caisse-epargne.fr
Boursorama | boursorama | boursorama.com boursobank.com
Intesa Sanpaolo | intesasanpaolo intesa | intesasanpaolo.com
UniCredit | unicredit | unicredit.it unicreditgroup.eu unicredit.*
Poste Italiane | posteitaliane postepay bancoposte ~poste | poste.it posteitaliane.it postepay.it
Nexi | ~nexi | nexi.it nexi.com
BBVA | bbva | bbva.com bbva.es bbva.*
CaixaBank | caixabank lacaixa | caixabank.es caixabank.com
Sabadell | sabadell | bancsabadell.com bancosabadell.com
PKO | ipko ~pko | pkobp.pl ipko.pl
mBank | mbank | mbank.pl mbank.com
Swedbank | swedbank | swedbank.se swedbank.com swedbank.*
Nordea | nordea | nordea.com nordea.*
Danske Bank | danskebank | danskebank.dk danskebank.com danskebank.*
SEB | ~seb | seb.se seb.com
BankID | bankid mitid | bankid.com bankid.no mitid.dk
Itau | itau | itau.com.br itau.com itau.*
Bradesco | bradesco | bradesco.com.br banco.bradesco bradesco.com
Banco do Brasil | bancodobrasil bancobrasil | bb.com.br
Caixa | caixaeconomica ~caixa | caixa.gov.br
Nubank | nubank | nubank.com.br nu.com.mx
State Bank of India | onlinesbi ~sbi | sbi.co.in onlinesbi.sbi onlinesbi.com sbicard.com
HDFC | hdfc hdfcbank | hdfcbank.com hdfc.com
ICICI | icici icicibank | icicibank.com icicibank.*
Paytm | paytm | paytm.com paytm.in
Commonwealth Bank | commbank netbank | commbank.com.au
ANZ | ~anz | anz.com anz.com.au anz.co.nz
Westpac | westpac | westpac.com.au westpac.co.nz
NAB | ~nab | nab.com.au
SMBC | smbc smbc-card | smbc.co.jp smbc-card.com smbc.* vpass.ne.jp
MUFG | mufg mufgcard | mufg.jp mufg.com bk.mufg.jp cr.mufg.jp
Saison | saisoncard ~saison | saisoncard.co.jp
AEON | aeoncard ~aeon | aeon.co.jp aeon.com
JCB | ~jcb | jcb.co.jp jcb.com
ETC Japan | etc-meisai | etc-meisai.jp
Standard Bank | standardbank | standardbank.co.za standardbank.com
FNB | ~fnb | fnb.co.za
Absa | absa | absa.co.za absa.africa
Western Union | westernunion | westernunion.com
MoneyGram | moneygram | moneygram.com
Venmo | venmo | venmo.com
Zelle | zelle zellepay | zellepay.com zelle.com
Cash App | cashapp | cash.app cash.me
Stripe | ~stripe | stripe.com
Square | squareup ~square | squareup.com square.com block.xyz
Klarna | klarna | klarna.com
Intuit | intuit quickbooks turbotax | intuit.com quickbooks.com turbotax.com
Coinbase | coinbase | coinbase.com
Binance | binance | binance.com binance.us binance.org bnbchain.org
Kraken | ~kraken | kraken.com
KuCoin | kucoin | kucoin.com
Gemini | ~gemini | gemini.com
Crypto.com | cryptocom | crypto.com
OKX | ~okx | okx.com
Bybit | bybit | bybit.com
Blockchain.com | ~blockchain | blockchain.com blockchain.info
MetaMask | metamask | metamask.io
Trust Wallet | trustwallet | trustwallet.com
Ledger | ledgerlive ~ledger | ledger.com
Trezor | trezor | trezor.io
Phantom | ~phantom | phantom.app phantom.com
Exodus | ~exodus | exodus.com exodus.io
Uniswap | uniswap | uniswap.org
PancakeSwap | pancakeswap | pancakeswap.finance
OpenSea | opensea | opensea.io
WalletConnect | walletconnect | walletconnect.com walletconnect.org walletconnect.network
MyEtherWallet | myetherwallet | myetherwallet.com
LocalBitcoins | localbitcoins | localbitcoins.com
DHL | dhl | dhl.com dhl.de dhl.*
FedEx | fedex | fedex.com
UPS | ~ups | ups.com
USPS | usps | usps.com usps.gov
Royal Mail | royalmail | royalmail.com
Evri | evri hermesworld | evri.com myhermes.co.uk
DPD | ~dpd | dpd.com dpd.co.uk dpd.de dpd.*
GLS | ~gls | gls-group.eu gls-group.com gls-pakete.de
Correos | correos | correos.es correos.com
La Poste | laposte chronopost colissimo | laposte.fr laposte.net chronopost.fr laposte.com
PostNL | postnl | postnl.nl postnl.be
bpost | bpost | bpost.be
Swiss Post | swisspost ~post | post.ch swisspost.ch
Deutsche Post | deutschepost | deutschepost.de
Post Office UK | postoffice | postoffice.co.uk
Canada Post | canadapost postescanada | canadapost.ca canadapost-postescanada.ca
Australia Post | auspost | auspost.com.au
Japan Post | japanpost | japanpost.jp post.japanpost.jp
Yamato | kuronekoyamato ~kuroneko | kuronekoyamato.co.jp
Sagawa | sagawa-exp ~sagawa | sagawa-exp.co.jp
InPost | inpost | inpost.pl inpost.it inpost.co.uk inpost.*
PostNord | postnord | postnord.com postnord.se postnord.*
AT&T | attmail ~att | att.com att.net
Verizon | verizon | verizon.com verizonwireless.com
T-Mobile | t-mobile tmobile | t-mobile.com telekom.com t-mobile.*
Comcast | comcast xfinity | xfinity.com comcast.com comcast.net
Vodafone | vodafone | vodafone.com vodafone.co.uk vodafone.*
Orange | ~orange | orange.fr orange.com orange.*
SFR | ~sfr | sfr.fr
Free | ~free | free.fr
O2 | ~o2 | o2.co.uk o2online.de o2.*
EE | ~ee | ee.co.uk
BT | btconnect btinternet ~bt | bt.com btinternet.com
Telekom | telekom t-online | telekom.de telekom.com t-online.de
1&1 IONOS | ionos | ionos.com ionos.de 1und1.de ionos.*
GoDaddy | godaddy secureserver | godaddy.com secureserver.net
OVH | ovhcloud ~ovh | ovh.com ovhcloud.com ovh.net
Namecheap | namecheap | namecheap.com
Cloudflare | cloudflare | cloudflare.com cloudflare.net pages.dev workers.dev
Zimbra | ^zimbra | zimbra.com
Roundcube | ^roundcube | roundcube.net
cPanel | ^cpanel | cpanel.net cpanel.com
WordPress | ^wordpress | wordpress.com wordpress.org wp.com
Web.de | ~webde | web.de
GMX | ~gmx | gmx.net gmx.de gmx.com gmx.*
mail.ru | ~mailru | mail.ru
VK | vkontakte ~vk | vk.com vkontakte.ru
Yandex | yandex | yandex.ru yandex.com ya.ru yandex.*
Sberbank | sberbank ~sber | sberbank.ru sber.ru sberbank.com
Tinkoff | tinkoff | tinkoff.ru tbank.ru
Gosuslugi | gosuslugi | gosuslugi.ru
Naver | naver | naver.com naver.*
Daum | hanmail ~daum | daum.net hanmail.net
Kakao | kakao | kakao.com kakaocorp.com
LINE | ~line | line.me
QQ | qqmail ~qq | qq.com
WeChat | wechat weixin | wechat.com weixin.qq.com
163 | ~163 | 163.com netease.com
Baidu | baidu | baidu.com
IRS | irsgov ~irs | irs.gov
HMRC | hmrc govuk | gov.uk hmrc.gov.uk
US Government | ~usagov | usa.gov ssa.gov login.gov
Social Security | socialsecurity ssagov | ssa.gov
Impots | impots impotsgouv | impots.gouv.fr
Ameli | ameli | ameli.fr
ANTAI | antai | antai.gouv.fr
myGov | mygov | my.gov.au mygov.au
Canada Revenue Agency | canadarevenue ~cra | canada.ca cra-arc.gc.ca
Agenzia delle Entrate | agenziaentrate | agenziaentrate.gov.it
Elster | elster | elster.de
ID Austria | finanzonline | finanzonline.bmf.gv.at
National Health Service | nhsapp ~nhs | nhs.uk
Norton | norton ~nortonlifelock | norton.com nortonlifelock.com
McAfee | mcafee | mcafee.com
Disney+ | disneyplus | disneyplus.com disney.com
Hulu | hulu | hulu.com
Sky | ~sky | sky.com sky.*
Ticketmaster | ticketmaster | ticketmaster.com ticketmaster.*
bet365 | bet365 | bet365.com bet365.*
1xBet | 1xbet | 1xbet.com
Nike | ~nike | nike.com
Adidas | adidas | adidas.com adidas.*
Samsung | samsung | samsung.com samsung.*
Huawei | huawei | huawei.com huawei.*
Sony | ~sony | sony.com sony.*
Salesforce | salesforce | salesforce.com force.com
Okta | ^~okta | okta.com
LastPass | lastpass | lastpass.com
1Password | 1password | 1password.com 1password.eu
Bitwarden | bitwarden | bitwarden.com
ChatGPT | chatgpt openai | openai.com chatgpt.com
Mozilla | mozilla firefox | mozilla.org firefox.com
`
