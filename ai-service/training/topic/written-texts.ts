import { below, type Random } from '../../random.ts'
import type { Topic } from './lexicon.ts'
import type { TopicRow } from './rows.ts'

/**
 * Short texts by pattern, written for this project: what games are said to be about, goods as shops list them, and how
 * services of several kinds present themselves. "<word>" stands for a draw from the list of that name.
 */
const lists: Readonly<Record<string, string>> = {
  hero: 'a young hero, a fallen knight, a lonely robot, a space pirate, a witch, a wizard, a vampire hunter, a detective, a soldier, an elite commander, a ninja, a samurai, a princess, a brave little mouse, a cat, an alien, a ghost, a dragon, a mad scientist, a thief, an assassin, a monster, a survivor, the last human, a fearless captain, an ancient god, a zombie, an orphan, a lost child, a mercenary, a farmer, a mechanic, a rookie pilot, the chosen one, an archer, a skeleton, a blob, a cube, a spirit, two brothers',
  foe: 'zombies, hordes of monsters, an evil empire, ancient demons, alien invaders, killer robots, rival gangs, dragons, giant bosses, ruthless bandits, the undead, a dark lord, mutants, deadly traps, waves of enemies, pirates, a mysterious force, terrifying creatures, your friends, other players, cultists, goblins, orcs, vampires',
  place:
    'a haunted mansion, a dark dungeon, a distant galaxy, a post-apocalyptic wasteland, a mysterious island, an abandoned asylum, a magical kingdom, a neon city, a procedurally generated world, a vast open world, deep space, ancient ruins, a medieval castle, a cursed forest, an underground facility, the wild west, a parallel dimension, a surreal dream, a hand-drawn fairy tale, a forgotten temple, a frozen planet, a prison, a small village, the afterlife, a world of shadows',
  act: 'fight, explore, escape, survive, build, conquer, solve puzzles, collect coins, craft weapons, defeat bosses, race, shoot, dodge bullets, jump, unlock abilities, upgrade your ship, manage resources, command armies, uncover secrets, make choices, cast spells, hack and slash, sneak past guards, loot, rescue your friends, train your team, defend your base, level up, trade, discover hidden objects',
  genre:
    'action adventure, platformer, first-person shooter, role-playing game, RPG, roguelike, puzzle game, strategy game, point and click adventure, visual novel, simulation, survival horror, tower defense, racing game, arcade shooter, card game, metroidvania, sandbox game, party game, hidden object game, interactive story, VR experience, stealth game, beat em up, bullet hell, tycoon game, idle clicker, match 3',
  trait:
    'retro pixel graphics, an original soundtrack, dozens of levels, local co-op, online multiplayer, leaderboards and achievements, a gripping story, challenging gameplay, controller support, physics-based puzzles, multiple endings, permadeath, character customization, hand-drawn art, fast-paced combat, split screen, a level editor, hours of gameplay, unique weapons, beautiful environments, old school gameplay, turn-based battles, voice acting, a unique art style',
  brand:
    'fellowes, belkin, sony, samsung, canon, epson, logitech, netgear, kensington, tripp lite, case logic, targus, panasonic, philips, hp, dell, lenovo, apple, bose, jbl, 3m, avery, duracell, energizer, black decker, whirlpool, garmin, nikon, kingston, sandisk, startech, brother, lexmark, xerox, swingline, rubbermaid, hamilton beach, cuisinart, oster, acme, peerless, verbatim, corsair, patriot, d-link, asus, zagg, otterbox, speck, draper, da-lite',
  good: 'laptop sleeve, usb flash drive, memory card, hard drive, wireless mouse, keyboard, ink cartridge, toner, projection screen, tv mount, hdmi cable, power adapter, battery charger, ear buds, headphones, speaker dock, phone case, screen protector, label maker, paper shredder, binder, stapler, desk lamp, office chair, bookcase, coffee maker, toaster, vacuum cleaner, air conditioner, microwave oven, refrigerator filter, camera bag, tripod, lens filter, gps mount, car stereo, router, switch, surge protector, extension cord, calculator, tape, storage cabinet, wall plate, monitor arm, tablet case, stylus pen, sofa, dining table, bar stool, area rug, curtain panel, throw pillow, bed frame, mattress, dresser, mirror, chandelier, garden bench, patio umbrella, dog bed, baby gate, yoga mat, backpack, wrist watch, running shoes, blender, knife set, tool box, drill bit, shower head',
  color:
    'black, white, silver, blue, red, pink, gray, clear, brown, green, purple, beige, walnut, stainless steel, matte white, navy, ivory, gold, espresso',
  attribute:
    '2 gb, 16 gb, 1 tb, 12 inch, 15.6, 120x120in, 6 ft, 50 pack, 4 pack, set of 2, high yield, refurbished, wireless, portable, rechargeable, heavy duty, adjustable, with remote, for iphone, for ipad, model c, 110v, 1000 va, compact, deluxe, professional, universal, waterproof, folding, mini, large, queen size',
  price: '9.99, 13.05, 24.99, 39.88, 41.24, 59.00, 89.95, 129.99, 349.00, 549.99, 1 299.00, 4.49',
  code: 'cmso8gx3m2a1333c9, mmm684ast1, 8037401, 40274, psf4gmusb, lc51bk, b00 4x, dsc-w830, 79-01, ls-300, tn450, ce505x, 00966, 15413',
  shelf:
    'computers accessories, office products, electronics general, home audio theater, stationery office machinery, usb flash drives, cases, printers, tv accessories, mp3 accessories, cameras, kitchen, furniture, home garden, sporting goods, tools, toys, pet supplies, batteries, label makers, cell phones',
  subject:
    'genetics, biology, chemistry, physics, calculus, algebra, statistics, computer science, python, programming, data science, machine learning, web development, economics, accounting, marketing, history, psychology, philosophy, english grammar, spanish, french, music theory, drawing, photography, nursing, law, business management, engineering, electronics, astronomy, geography, creative writing, art history, finance, public speaking',
  show: 'movies, tv shows, music, songs, podcasts, anime, sports and films, documentaries, original series, live tv, cartoons, concerts, audiobooks, albums, radio stations, k-drama, bollywood films',
  crowd:
    'friends, family and friends, people nearby, people around the world, fans, communities, strangers, classmates, new people, colleagues, contacts, followers, groups, creators, teams',
  matter:
    'divorce, personal injury, immigration, estate planning, criminal defense, bankruptcy, employment, contracts, trademark, real estate, business litigation, tax disputes, family law, medical malpractice, drunk driving, civil rights, human trafficking, juvenile justice, consumer protection, police reform',
  trade:
    'consulting, logistics, manufacturing, accounting, real estate, advertising, marketing, recruiting, packaging, construction, insurance, banking, wealth management, commercial cleaning, printing, supply chain, procurement, steel, oil and gas, energy, investor relations, payroll, franchise, wholesale, industrial equipment, textile export',
  spot: 'Paris, Rome, Bali, London, New York, Tokyo, Barcelona, Dubai, Hawaii, Mexico, Thailand, Greece, Iceland, Costa Rica, Morocco, Lisbon, Sydney, Kerala, the Alps, the Caribbean, the Maldives, Istanbul, Goa, Prague, Amsterdam, Florida, Las Vegas',
  body: 'back pain, weight loss, strength, heart health, sleep, anxiety, diabetes, skin conditions, teeth, eyes, pregnancy, allergies, sports injuries, mental health, arthritis, headaches, high blood pressure, addiction, hearing',
  work: 'paintings, sculptures, photographs, drawings, ceramics, prints, watercolors, portraits, landscape photographs, wedding photography, murals, textiles, dance performances, operas, poems, novels, installations, light and composition',
  gear: 'servers, cloud hosting, software, mobile apps, web design, cyber security, open source tools, laptops, smartphones, networks, databases, machine learning models, programming languages, operating systems, data centers, APIs, chips, routers',
}

const patterns: readonly (readonly [Topic, string])[] = [
  ['games', '<hero> must <act> and <act> in <place>. A <genre> with <trait> and <trait>.'],
  ['games', 'You play as <hero> trapped in <place>. <act>, <act> and <act> to defeat <foe>!'],
  ['games', '<genre> in which <hero> faces <foe> in <place>. Features: <trait>, <trait>, <trait>.'],
  ['games', 'Take control of <hero> on a journey through <place> and <act> against <foe>.'],
  ['games', 'A story about <hero> who wakes up in <place> and has to <act>. Will you survive <foe>?'],
  [
    'games',
    'Play free <genre> online. New <genre> every day, high scores, <trait>. Download for PC and mobile.',
  ],
  [
    'games',
    'In this <genre> you <act>, <act> and <act>. The kingdom has fallen to <foe>, and only <hero> can save it.',
  ],
  [
    'games',
    'When <hero> contacts you from <place>, you arrive to find <foe>. Every choice you make matters. <genre>.',
  ],
  ['games', 'Immerse yourself in <place>. Survive. <act>. Use every weapon at your disposal against <foe>.'],
  [
    'games',
    'Years after the great war, <hero> returns to <place>. Join the battle, <act> and find out the truth.',
  ],
  [
    'games',
    'Guide <hero> through <place> while you <act>. Relaxing, minimalist and fun for players of all ages.',
  ],
  ['games', 'The sequel to the award-winning <genre> is back with <trait>, new maps, new modes and <foe>.'],
  ['games', 'Can you <act> before time runs out? <genre> for one to four players with <trait>.'],
  ['games', 'Design your own city, lead your people and <act>. <genre> set in <place>, with mod support.'],
  [
    'games',
    'An experimental <genre> about memory, loss and <place>. Follow <hero>, <act> and learn what happened.',
  ],
  [
    'games',
    'Jump into <place>! <hero> needs your help to <act>. <trait>, <trait>. Are you ready for the challenge?',
  ],
  ['shopping', '<brand> <color> <good> <attribute> <code> <shelf> <brand> <price>'],
  ['shopping', '<brand> <good> <attribute> - <color> - <code> <shelf> <price> <code>'],
  ['shopping', '<good> <attribute> <color> <price> <brand>'],
  ['shopping', '<color> <good>'],
  ['shopping', '<attribute> <good> <color> <brand>'],
  [
    'shopping',
    'Buy <good> online. <color> <good>, <good> and <good> on sale. Add to cart, free shipping, <price>, reviews.',
  ],
  [
    'shopping',
    'Shop <good>, <good>, <good> by brand: <brand>, <brand>. Discount codes, new arrivals, gift cards, checkout.',
  ],
  [
    'education',
    'Learn <subject> online: course, lesson, class, quiz and exam on <subject> and <subject>. Enroll free.',
  ],
  [
    'education',
    'Introduction to <subject> for students: lecture notes, <subject> homework help, tutorials, university.',
  ],
  [
    'education',
    'Our college offers degrees in <subject>, <subject> and <subject>. Admissions, tuition, campus life.',
  ],
  [
    'education',
    'Free course in <subject>. Download the textbook, watch the lecture, take the test, get a certificate.',
  ],
  [
    'education',
    'Teach <subject> in the classroom with lesson plans and worksheets for <subject>, grade by grade.',
  ],
  [
    'entertainment',
    'Stream <show> and <show> on any device. Watch or listen, premium subscription, ad free, cancel anytime.',
  ],
  [
    'entertainment',
    'Watch <show> online in HD, new episodes every week, free trial, million songs, playlists, subscribe.',
  ],
  [
    'entertainment',
    'The streaming service for <show>: unlimited access, download and play offline, kids profiles, channels.',
  ],
  [
    'social',
    'Connect with <crowd>. Free messaging, video chat and group chat. Share photos, follow <crowd>, sign up.',
  ],
  [
    'social',
    'Social network where <crowd> share posts, stories and videos. Create an account, add friends, message.',
  ],
  [
    'social',
    'Meet <crowd>: chat, dating, voice calls, stickers, profiles. Join the community, download the app.',
  ],
  [
    'social',
    'Join the forum: discuss with <crowd>, start a thread, reply, like, tag and follow. Members online.',
  ],
  [
    'social',
    'Messaging app for <crowd>: send texts, photos, calls, group channels, end-to-end encryption, free.',
  ],
  [
    'law_crime',
    'Attorneys for <matter> and <matter>. Law firm, free consultation, legal advice, court, practice areas.',
  ],
  [
    'law_crime',
    'Ministry of justice: <matter>, <matter>, court services, regulations, statutes, victims, public safety.',
  ],
  [
    'law_crime',
    'Legal services and lawyers: <matter>, <matter>, litigation, clients, case law, rights, judges.',
  ],
  [
    'law_crime',
    'Department of justice news: indicted, sentenced, fraud, <matter>, enforcement of federal law, code.',
  ],
  [
    'business',
    '<trade> company for industry clients: <trade>, <trade>, solutions, investors, annual report, careers.',
  ],
  [
    'business',
    'We help businesses grow: <trade>, <trade>, strategy, partners, customers, global offices, services.',
  ],
  [
    'business',
    'Corporate site: <trade>, shareholders, quarterly earnings, sustainability, leadership team, <trade>.',
  ],
  [
    'travel',
    'Book hotels and flights to <spot>. Cheap airfare, holiday packages, car rental, deals, <spot>, <spot>.',
  ],
  [
    'travel',
    'Things to do in <spot>: tours, beaches, where to stay, itinerary, day trips, travel guide to <spot>.',
  ],
  [
    'travel',
    'Hotel in <spot> with rooms, suites, pool, spa, restaurant. Check availability, book, reservation.',
  ],
  [
    'travel',
    'My trip to <spot> and <spot>: backpacking, airports, trains, packing tips, local food, sights.',
  ],
  [
    'health',
    'Clinic for <body> and <body>: doctors, treatment, appointments, therapy, patients, physicians, care.',
  ],
  [
    'health',
    'Fitness and gym: personal training, classes, nutrition for <body>, workout plans, coach, membership.',
  ],
  ['health', 'Causes, symptoms and treatment of <body>. Ask a doctor, medicine, diet, exercise, prevention.'],
  [
    'arts',
    'Gallery of <work> and <work>. Exhibitions, artists, museum tickets, collection, contemporary art.',
  ],
  ['arts', 'Photographer: portfolio of <work>, camera, lens, light, portrait, gallery, prints, <work>.'],
  ['arts', 'Reviewed: <work> by a young artist at the museum, theater, stage, culture, critics, <work>.'],
  [
    'technology',
    'How to install and configure <gear>: <gear>, <gear>, documentation, download, support, developers.',
  ],
  [
    'technology',
    'The latest on <gear> and <gear>: release, update, features, security, engineers, startups, reviews.',
  ],
]

const words = new Map(Object.entries(lists).map(([name, list]) => [name, list.split(', ')]))

/** `count` texts, spread evenly over the patterns. */
export function writtenTexts(random: Random, count: number): TopicRow[] {
  return Array.from({ length: count }, (_, index) => {
    const [topic, pattern] = patterns[index % patterns.length] ?? ['games', '']
    const text = pattern.replace(/<(\w+)>/g, (_match, name: string) => {
      const list = words.get(name) ?? []
      return list[below(random, list.length)] ?? ''
    })
    return { title: '', text, topic, src: 'written' }
  })
}
