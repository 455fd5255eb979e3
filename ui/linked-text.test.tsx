import { cleanup, render } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { LinkedText } from "./linked-text.tsx";

afterEach(cleanup);

function links(text: string) {
  const { container } = render(<LinkedText text={text} />);
  expect(container.textContent?.length).toBeGreaterThan(0);
  return Array.from(container.querySelectorAll("a"), ({ href, textContent }) => [textContent, href]);
}

describe("links in messages", () => {
  it("are web addresses, without the sentence's own punctuation", () => {
    expect(links("See https://shop.example/a?b=c. Or （https://shop.example/乙）。")).toEqual([
      ["https://shop.example/a?b=c", "https://shop.example/a?b=c"],
      ["https://shop.example/乙", "https://shop.example/%E4%B9%99"],
    ]);
    expect(links("javascript:alert(1) data:text/html,x ftp://a.example //b.example")).toEqual([]);
  });

  it("show a host that may pass for another one as it is looked up", () => {
    // Cyrillic а in both, Greek ο, Latin with a dot below, and a slash that is none.
    expect(links("https://pаypal.com/login")[0]?.[0]).toBe("https://xn--pypal-4ve.com/login");
    expect(links("https://аррӏе.com")[0]?.[0]).toMatch(/^https:\/\/xn--/);
    expect(links("https://gοοgle.com/x")[0]?.[0]).toMatch(/^https:\/\/xn--/);
    expect(links("https://ɡoogle.com")[0]?.[0]).not.toContain("ɡ");
    expect(links("https://bank.comノlogin.example/")[0]?.[0]).toMatch(/xn--/);
  });

  it("leave a name that is all in a script without look-alikes readable", () => {
    expect(links("https://例子.中国/关于")[0]?.[0]).toBe("https://例子.中国/关于");
    expect(links("https://مثال.إختبار/")[0]?.[0]).toBe("https://مثال.إختبار/");
  });

  it("are none where a name before an @ hides the host", () => {
    expect(links("https://paypal.com@evil.example/")).toEqual([]);
    expect(links("https://medium.example/@somebody")).toHaveLength(1);
  });
});
