/** Faces first, then hands, hearts and things: what people send to a support team. One string, because it is smallest. */
const ALL =
  "😀😃😄😁😅😂🙂🙃😉😊😇🥰😍😘😜🤔🤗🤭🤫😐😏🙄😬😌😔😴😷🤒🥵🥶🤯😎🤓😕😟🙁😮😲😳🥺😢😭😱😖😞😩😤😠👍👎👌🤞👋👏🙌🙏💪👀❤🧡💛💚💙💜💔✨🔥🎉🎁⭐✅❌❓❗💡⚠🔒🔑📦🚚🛒💳🧾📷📎📱💻🔌🔋🔧⏰📅📍🌍☀🌧☕🍕🎂🐱🐶🚗✈🏠";

const KEY = "emoji";
const RECENT = 8;

interface Kept {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
}

/** What there is to choose from, what was chosen lately first. */
export function emojis(storage: Kept): string[] {
  const recent = storage.get<string[]>(KEY) ?? [];
  // Joined anew: some of these are text to a font unless they are asked to be pictures.
  const all = [...ALL].map((one) => (/\p{Emoji_Presentation}/u.test(one) ? one : `${one}\uFE0F`));
  return [...new Set([...recent, ...all])];
}

export function chosen(storage: Kept, emoji: string): void {
  const recent = storage.get<string[]>(KEY) ?? [];
  storage.set(KEY, [...new Set([emoji, ...recent])].slice(0, RECENT));
}
