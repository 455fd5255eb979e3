import type { ComponentChildren } from "preact";

// Closing punctuation, also Chinese, belongs to the sentence and not to the address.
const ADDRESS =
  /https?:\/\/(?![^\s/?#]*@)[^\s<>"'，。！？；：、（）「」『』【】《》]*[^\s<>"'，。！？；：、（）「」『』【】《》.,!?;:)\]]/g;

/** Plain text in which web addresses are links. Nothing else is markup: a message is what was typed. */
export function LinkedText({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    parts.push(
      text.slice(from, index),
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {shown(address)}
      </a>,
    );
    from = index + address.length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}

/**
 * Letters that have a case, and mixtures of scripts, may pass for another host: such a host is shown as it is looked up.
 * Chinese or Arabic names stay readable.
 */
function shown(address: string): string {
  return address.replace(/^https?:..[^/?#]+/, (origin) =>
    /\w\p{Lo}|\p{Lo}\w|[^ -~\p{Lo}]/u.test(origin) && URL.canParse(origin) ? new URL(origin).origin : origin,
  );
}
