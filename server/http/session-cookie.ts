import type { Context } from "hono";
import { deleteCookie, setCookie } from "hono/cookie";
import { SESSION_COOKIE } from "../desk/people/session-cookie.ts";
import { SESSION_LASTS_MS } from "../desk/people/sessions.ts";

/** Hands a session over: out of the reach of scripts, and sent along only from our own pages. */
export function giveSession(c: Context, token: string, home: string): void {
  setCookie(c, SESSION_COOKIE, token, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: home.startsWith("https:"),
    maxAge: SESSION_LASTS_MS / 1000,
  });
}

export function takeSession(c: Context, home: string): void {
  deleteCookie(c, SESSION_COOKIE, { path: "/", secure: home.startsWith("https:") });
}
