/** The visitor's support plan. Amber is for the two highest; the name says which. */
export function Tier({ tier }: { tier: string | undefined }) {
  if (!tier) return null;
  return <span class={/^(gold|diamond|platinum)$/i.test(tier) ? "tier tier-gold" : "tier"}>{tier}</span>;
}
