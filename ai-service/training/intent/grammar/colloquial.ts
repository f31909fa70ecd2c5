import type { Ways } from './ways.ts'

/** Ways to ask that name the wish rather than the thing: pictures, complaints, half sentences. */
export const colloquialWays = {
  close_other_tabs: [
    '(solo|isolate|single out) (this|the current) (tab|page)',
    '(shut|close|lose|clear) (all |)(those|these|the) other (pages|sites|ones|things) (leaving|but leave|except|and leave) (this|this one|mine)',
    '!(everything|anything) (but|except) this (can go|goes|must go|should go)',
  ],
  close_duplicates: [
    '!why (do|did) i have (this|the same page|that site|it) open (twice|two times|so often), (close|remove|drop) (one|the copies|the extra one)',
    '<close> (whatever|tabs that|pages that) (repeat|repeat themselves|appear twice|are repeated|i do not need twice)',
    '!(one|a single) copy of (each|every) (page|tab) is enough',
  ],
  close_tab: [
    '!(bye|goodbye|bye bye|farewell|so long|see you|see ya) (tab|page|this page|this tab)',
    '!(enough|that is enough|that will do|had enough) (of this|of this page|with this page|of this tab|for this page|of this site)',
    '<close> what i have open',
    '!(get me|take me|let me) out of (here|this page|this tab|this site)',
  ],
  close_tabs_by: [
    '(get|take|chuck|throw|kick) (those|the|these|all the|all) (<site>|<topic>) (videos|pages|things|tabs|articles|results) (out of here|away|out|off my screen)',
    '!(i am|im) sick of (<site>|<topic>), <close> (them|those tabs|everything about it)',
  ],
  new_tab: [
    "!(i would like|i'd like|let me) (to |)(start|begin) (on|with|from) (a|an) (clean|empty|blank|fresh) (page|tab|slate tab)",
    '(pop up|pop|fire up|spin up) (a|another) (new |)tab',
  ],
  reopen_tab: [
    '!what did i just close(, (reopen it|bring it back|open it again|get it back)|)',
    '(give me|hand me|let me have) back (my|the) (last|closed|lost) (tab|page)',
    '!(i need|i want) (that one|what i closed|the one i closed) (back|again)',
  ],
  group_tabs: [
    '(bunch|pool|batch|file|box) (my|the|these) tabs (by (topic|subject|site)|together|up|)',
    '!my tabs need (organizing|organising|sorting|grouping|tidying|some order)',
    '(bring|put) (some |)order (into|to|in) (my|these) tabs',
  ],
  switch_tab: [
    '(pull up|bring up|show|go to) the (<site>|<topic>) (page|tab|site) (i already have open|i have open|that is already open|i opened before)',
    '(move|take|bring) me (over |)to the tab (on|to) the (left|right)',
    '(let me|i want to|i need to) (see|get back to|go to|check|get to) (the|my|that) (<site>|<topic>|email) tab',
  ],
  summarize_page: [
    '(explain|tell me|say) (briefly|in short|quickly|in a few words) what (this|the) (article|page|story|text) (covers|says|is about|is saying|means to say)',
    '(boil|cut|trim|strip) (it|this|that) down( for me| to the essentials|)',
    '!what (are they|is he|is she|is the author|are they all) saying (here|in this|in this article) (in two lines|in short|in a nutshell|briefly|in one sentence)',
    '!(just|only) (the|give me the) (highlights|essentials|important stuff|main facts|short of it)',
    '(spare|save) me (the details|reading this|reading it all|the whole thing)',
  ],
  translate_page: [
    "!(this|it|the page) (is not|isn't|isnt) (in my language|in <language>|<language>)(, (fix it|change it|translate it|please change)|)",
    '!(can|could|may) i (get|have|read|see) (this|this page|the page|it|this article) in <language>',
    '!(i only|i just|we only) (speak|read|understand|know) <language>',
    '!what language is this(, (translate it|put it in <language>)|)',
  ],
  ask_page: [
    '!(how old|how tall|how rich|who) is the (person|man|woman|guy|company|one) (in|from|mentioned in) (this|the) (article|page|story|text)',
    "!what('s| is|s) the (conclusion|argument|main argument|opinion|point|source|evidence|result|claim) (the author comes to|of the author|of this article|of this page|they make here|in this article|on this page|here)",
    '!what (does|do|did) (he|she|they|it|the author|this guy) (say|mean|recommend|conclude|find|argue) (here|in this article|on this page|about <topic> here|in this text)',
    '!(who|what|where|when) (is|was|are|were) (<word>|<topic>|they|the <word>) (in|on|according to) (this|the) (article|page|story|text|post)',
  ],
  bookmark_page: [
    "(do not|don't|dont|never) lose (this|this page|this site|this link|it)",
    '(hang on to|hold onto|hold on to|stash|park|file|tuck away|put aside) (this|this page|this website|this site|it|this link) (for me|for later|somewhere|somewhere safe|)',
    "!(i will|i'll|i might|i may) (need|want|read|use) (this|this page|it) (again|later|again later|another day|tomorrow)",
  ],
  open_bookmarks: [
    '!my (saved stuff|favorite sites|favourite sites|saved things|starred stuff)',
    '(get|show|give) me (the|my) list of (favourite|favorite|saved|bookmarked) (sites|pages|links)',
  ],
  open_history: [
    '(go|run|look|flick) through (my|the) (past|earlier|old|previous|last) (sites|pages|searches|visits)',
    '!(what|which) (websites|sites|pages) did i (hit|check|use|land on|view|open) (today|yesterday|this week|lately|last)',
  ],
  clear_data: [
    '(make|pretend) (it |)(like|as if|that) i (never|was never) (visited|was here|browsed|came here|went there|looked)',
    '(hide|cover|remove|burn|destroy) (my tracks|the evidence|all traces|all evidence|every trace)( of me| of what i did| of today|)',
    '(dump|drop|kill|lose) (my|the|all) (cookies|cache|history) (and everything|and all that|and the rest|and so on)',
  ],
  open_downloads: [
    '!(things|stuff|files|documents|pictures) i (downloaded|saved|got)( recently| today| last week| lately| yesterday|)',
    '!(did|has) (my|the) (download|file) (finish|finished|come through|arrive|arrived|done)( yet|)',
  ],
  reader_mode: [
    '(have|let|make) (the computer|it|the browser|nexus) (read|speak) (it|this|the page|this article)( to me| out| out loud| for me|)',
    '(get rid of|remove|hide|strip) everything (except|but) the (story|text|article|words)',
    "!(i|i'd|i would) (want to|like to|rather) (listen|listen to it|hear it|hear this|have it read to me)",
  ],
  dark_mode: [
    '(turn|dim|bring|lower) (the|) lights (down |)(in here|here|a bit|please)',
    '!(can|could) (it|this|everything) be (dark|darker|light|lighter|black) (in here|here|please|instead|at night)',
    '(make|give) (it|me) (a black|a dark|a white|a bright|an easier on the eyes) (screen|look|background|page)( please|)',
    '!(easier|something easier) on (the|my) eyes',
  ],
  zoom: [
    '!(i need|i forgot|i lost|without|where are) my glasses, (make it larger|zoom in|make it bigger|enlarge it|bigger please)',
    '!my eyes are (bad|old|tired|not good), (make it bigger|zoom in|enlarge this|larger text)',
    '(shrink|enlarge|blow up|grow|reduce) (everything|it|this|things|the lot) (a touch|a bit|a little|slightly|some|a notch)',
    '(make|get) (it|this) (larger|bigger|smaller|huge|tiny)',
  ],
  find_in_page: [
    '!(does|do|did) (it|they|this|this page) (mention|say|list|talk about|show) (the |)(<word>|<topic>|parking|price) (anywhere|somewhere|at all) (on here|here|on this page|on the page)',
    '(skip|jump|scroll|go|take me) to (where|the place where|the point where) (they|it|he|she) (talk|talks|mention|mentions|say|says|speak|speaks) (about |)(the |)(<word>|<topic>|price)',
  ],
  screenshot: [
    '(get|give|grab|fetch|keep|make) (me |)(an|a) (image|picture|copy|photo|snap) of (this webpage|the screen|this web page|what is on screen|this site|my screen)',
    '(freeze|keep) (this|the) (screen|view) (as a picture|as an image)',
  ],
  print: [
    '(run|knock|churn) (me |)(off|out) a (copy|printout|page)( of this| of this page|)',
    '(get|make) (this|it|the page) ready (for the printer|for printing|to print)',
  ],
  mute: [
    '(make|get) (that|this|the) (tab|page|thing|site|video) (shush|shut up|hush|be quiet|stop making noise|silent)',
    '(let me|i want to|i can not) hear (it|this|the sound|the tab|that) (again|now|back)',
    '!(what is|where is|stop|kill) that (noise|sound|racket|music)( coming from|)',
    '!(sound|audio) (back|back on|again|on again|please)',
  ],
  pin_tab: [
    '(glue|nail|fix|lock|keep|leave|hold) this tab (in place|at the front|on the left|where it is|here for good|always at the front)',
    '(always|permanently) keep this (tab|page)( open| at the front| there| on the left|)',
  ],
  split_view: [
    '(let me|i want to) (look at|see|read|watch) (the|these|both|my) (two |)(pages|tabs|things) (together|side by side|in one view)',
    '!one (page |tab |)on the left (and |)(one|the other) on the right',
  ],
  private_window: [
    "(open|open up|start|browse) (somewhere|something|a place|a window) (where |)(nobody|no one|they) (can|can't|cannot) (track|see|follow|watch|spy on) me",
    '(let me|i want to|help me) (surf|browse|look around|search) (without leaving|with no|without) (a trail|a trace|traces|any history|tracks|being watched)',
  ],
  new_window: [
    '(put|get|have) (this|it|the tab) (on|onto|in) (a separate|its own|another|a different) window',
    '(fire up|spin up|get) (one more|another) window',
  ],
  settings: [
    "(let us|let's|lets|i want to|from now on) (search|search the web|look things up) with (duckduckgo|google|bing|startpage|ecosia|<site>)( from now on| by default| instead| in future|)",
    '<open> (browser setup|the setup|how things are set up|the configuration|everything i can configure)',
  ],
  adblock: [
    '(make|have|let) (the|these|all the) (ads|adverts|popups|banners) (go away|disappear|vanish|stop|gone)',
    '!i (keep|am) (getting|seeing|being shown) (popups|ads|these ads|cookie banners|banners|adverts)(, (block them|stop them|make it stop|get rid of them)|)',
  ],
  reload: [
    "!(page|the page|it|this) (didn't|did not|won't|does not|doesn't) (load|load right|come up|work|show|open properly)(, (do it over|try again|do it again|again please|load it again)|)",
    '(get|fetch|give) me a (fresh|new|clean|current) copy of (the|this) page',
    '(do|run|load) (it|this|that) (over|all over|again from the start)',
  ],
  go_back: [
    '!(whoops|oops|no|damn|ah) (wrong|not that) (link|page|one)(,|) (go back|back|take me back|return)',
    '!(where|to where|to the place) i was (a second ago|a moment ago|just now|a minute ago)',
    '!the (page|one|site) (before|before this|before this one|i just left|i came from)',
  ],
  sleep_tabs: [
    '(shut off|switch off|turn off|rest|pause) (the |)(tabs|pages) (i am not using|i do not use|in the background|nobody looks at) (for now|right now|to save battery|to save memory|to save power)',
    '!(this thing|this browser|nexus|it) is (hogging|eating|using|taking) (my|all my|all the|too much) (ram|memory|battery|cpu)',
  ],
  fill: [
    '(type|put|write|pop|key) (in |)my (email|name|address|details|phone number|card)( and (name|address|email|phone))( here| in here| for me| in the form)',
    '(think up|dream up|come up with|cook up|find me) a (password|secure password|good password)( nobody can guess| no one can guess| for this| that is hard to guess|)',
  ],
  devtools: [
    '(show|let me see|look at) (me |)(the |)(markup|code|html|script|source|wiring) (behind|under|below|of) (this|this page|this site|it)',
    '!(is|are) there (an error|errors|any errors|warnings) in the console',
  ],
  extensions: [
    '!(which|what) (add-ons|addons|extensions|plugins) (are|have i got|do i have) (running|on|active|installed|enabled|switched on)',
    '(i want to|let me|how about we) (get rid of|add|try|remove) (an|some|this|that) (extension|add-on|plugin|addon)',
  ],
  copy_link: [
    '(grab|fetch|get|hand) me (the|this) (url|link|address)',
    "(let me|i want to|help me) share what i('m| am| was) (reading|looking at|watching)",
    '!(what is|tell me) the link (to|for) (this|this page|share)',
  ],
  mail_page: [
    '(get|shoot|move|fling|throw) (this|it|the page) (over |across |)(to|onto) my (phone|tablet|laptop|other computer|work computer)',
    '!<person> (would|will|should|might) (like|love|want|see|read) this(, (send it to (him|her|them)|send it|email it to (him|her|them))|)',
  ],
  play: [
    '(make|have|get) (the|this) (movie|video|music|song|clip) (stop|pause|play|wait|go on|continue)( for a moment| for a second| now| again|)',
    '(keep|leave) (the|this) (video|movie|clip) (floating|on top|playing|small) (while i work|while i read|in the corner|so i can work)',
  ],
  workspace: [
    '(take|bring|move) me to my (office|work|home|private|school) (tabs profile|profile|workspace|space|set up)',
    '(keep|save|store) (these|all these|my|all my) tabs (for tomorrow|for next time|for later|for monday) (as a set|as a session|together)',
  ],
} as const satisfies Ways
