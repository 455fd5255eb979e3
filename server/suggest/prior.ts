import type { Feature } from "./feature.ts";
import { fold } from "./fold.ts";
import { REQUEST_WORDS } from "./request-words.ts";
import { stemArabic } from "./stem-arabic.ts";
import { stemmerFor } from "./stems.ts";
import { bagOf } from "./tokens.ts";

/** Arabic's commonest words, spoken ones among them, and the share of requests that hold each: an estimate. */
const ARABIC_WORDS =
  "في من على عن إلى الى هل ما ماذا كيف لماذا متى أين هذا هذه ذلك تلك أن ان إن قد لقد كان كانت يكون لم لن لا ليس مع عند بعد قبل " +
  "أنا انا هو هي نحن هناك لي لدي عندي يمكن يمكنني أريد اريد بدي ودي عايز ابي ابغى شو ايش وش ليش ليه وين فين كيفاش شنو اللي التي الذي " +
  "بس لو إذا اذا أو او ثم حتى كل أي اي تم يتم قمت فعل أفعل افعل لقد عم مش مو راح رح بعض فقط جدا يجب علي كم";
const ARABIC_SHARE = 0.1;

/**
 * How people ask in general: the share of requests that hold a feature. A young site has too few articles to tell from
 * them that "please" says nothing and "refund" much.
 */
export function createPrior(): ReadonlyMap<Feature, number> {
  const shares = new Map<Feature, number>();
  const parts = REQUEST_WORDS.trim().split(" ");
  const stems = [stemmerFor("en")];
  for (let i = 0; i + 1 < parts.length; i += 2) {
    const share = Number(parts[i + 1]) / 1000;
    // As if words stood independently of one another, which is near enough.
    for (const feature of bagOf(parts[i] ?? "", stems).keys()) {
      const before = shares.get(feature) ?? 0;
      shares.set(feature, before + share - before * share);
    }
  }
  for (const word of ARABIC_WORDS.split(" ")) {
    for (const feature of bagOf(fold(word), [stemArabic]).keys()) shares.set(feature, ARABIC_SHARE);
  }
  return shares;
}
