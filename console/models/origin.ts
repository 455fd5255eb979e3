/** Whoever tries a page on their own machine has no certificate for it: taken for https, the widget was refused there. */
const OWN_MACHINE = /^([\w.-]+\.)?(localhost|127(\.\d+){3}|\[::1\])(?![\w.-])/i;

/** People write "example.com" or paste a whole address; an origin is meant. What is none is left for the server to name. */
export function originOf(text: string): string {
  const flat = text.trim();
  const scheme = OWN_MACHINE.test(flat) ? "http" : "https";
  const whole = /^[a-z]+:\/\//i.test(flat) ? flat : `${scheme}://${flat}`;
  return URL.canParse(whole) ? new URL(whole).origin : flat;
}
