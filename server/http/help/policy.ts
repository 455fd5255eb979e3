export const FOR_EVER = "public, max-age=31536000, immutable";
export const FOR_A_MINUTE = "public, max-age=60, stale-while-revalidate=600";

/** Our own scripts and styles, speaking to this server only; images in articles come from anywhere. */
export function helpPolicy(host = ""): Record<string, string> {
  // Not every browser counts a WebSocket to the same host as 'self'.
  const sockets = /^[\w.[\]:-]+$/.test(host) ? ` ws://${host} wss://${host}` : "";
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src https: http: data: blob:",
    "media-src 'self'",
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return { "content-security-policy": policy.join("; ") };
}
