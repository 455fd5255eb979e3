import { onTestFinished } from "vitest";
import { createSuggestIndex, type SuggestArticle } from "../../server/suggest/index.ts";
import type { TrainableIndex } from "../../server/suggest/site-index.ts";

/* Indexes without a desk, that last as long as a test. */

/** An empty index that learns without a training. */
export function openIndex(): TrainableIndex {
  const index = createSuggestIndex({ train: false });
  onTestFinished(() => index.close());
  return index;
}

/** Six articles of a shop, some of them translated and one of them not for visitors. */
export function shop(questions: Record<string, SuggestArticle["questions"]> = {}) {
  const index = openIndex();
  const articles = [
    article("delivery", "Delivery times and costs", { body: "Parcels arrive in two days.", pages: ["/checkout*"] }),
    article("returns", "Return an order", { body: "Send it back within 30 days.", group: "g-returns" }),
    article("returns-zh", "如何退货", { body: "三十天内可以退货。", group: "g-returns", locale: "zh-CN" }),
    article("password", "Change your password", { body: "Forgot it? Ask for a link.", group: "g-password" }),
    article("password-zh", "修改密码", { body: "忘记密码时可以重新设置。", group: "g-password", locale: "zh-CN" }),
    article("limits", "Refund approval limits", { audience: "internal" }),
  ];
  for (const one of articles) index.put({ ...one, questions: questions[one.id] ?? [] });
  return index;
}

export function article(id: string, title: string, more: Partial<SuggestArticle> = {}): SuggestArticle {
  return { id, group: id, title, body: "", locale: "en", audience: "public", questions: [], ...more };
}
