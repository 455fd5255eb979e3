/* What each HTML element is to an article: a block, an inline, or something that leaves nothing behind. */

const words = (list: string) => new Set(list.split(" "));

export const BLOCKS = words(
  "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer " +
    "h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul " +
    "iframe video audio",
);
export const INLINES = words(
  "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr picture q ruby rb rt rp s " +
    "samp small source span strike strong sub sup time track tt u var wbr",
);
/** Gone with everything inside. */
export const GONE = words(
  "script style template noscript noembed noframes svg math object embed applet head title select textarea button input " +
    "form canvas map area frameset frame base link meta xmp plaintext param datalist optgroup option legend",
);
export const VOID = words("area base br col embed frame hr img input link meta param source track wbr");

/** Elements that an opening tag ends, up to the first of the second set. */
export const ENDS: ReadonlyMap<string, { ends: ReadonlySet<string>; within: ReadonlySet<string> }> = new Map([
  ["p", { ends: words("p"), within: words("td th li div blockquote") }],
  ["li", { ends: words("li p"), within: words("ul ol menu") }],
  ["dt", { ends: words("dt dd p"), within: words("dl") }],
  ["dd", { ends: words("dt dd p"), within: words("dl") }],
  ["td", { ends: words("td th p"), within: words("tr table") }],
  ["th", { ends: words("td th p"), within: words("tr table") }],
  ["tr", { ends: words("tr td th p"), within: words("table tbody thead tfoot") }],
  ["tbody", { ends: words("thead tbody tfoot tr td th p"), within: words("table") }],
]);
