import { DAY, HOUR, type Story } from "./story.ts";

const NOT_DETECTED = "If your board is not detected by Arduino IDE";
const NOT_UPLOADED = "If your sketch doesn't upload";
const WIFI_BANDS = "Supported Wi-Fi bands for Arduino devices";

/** English conversations in every state the desk knows, youngest first. */
export const ENGLISH: Story[] = [
  // Waiting for somebody.
  {
    visitor: { name: "Priya Raman", email: "priya@raman.example", tier: "Gold" },
    locale: "en",
    page: ["/products/uno-r4-wifi", "Arduino UNO R4 WiFi"],
    ago: 6,
    steps: [
      {
        after: 0,
        says: "Hello! The UNO R4 WiFi I got yesterday was fine until lunch. Now the IDE says no upload port provided, and the port is gone from the menu.",
        shown: [NOT_DETECTED, NOT_UPLOADED],
      },
      { after: 2, says: "Green light is on, and I tried another cable already." },
    ],
  },
  {
    visitor: {},
    locale: "en",
    page: ["/products/plant-watcher", "Plant Watcher Kit"],
    ago: 19,
    steps: [
      {
        after: 0,
        says: "Does the Plant Watcher work outdoors? I would put it in a bed under the eaves, no direct rain.",
      },
    ],
  },
  {
    visitor: { name: "Jonas Weber", email: "jonas.weber@mail.example" },
    locale: "en",
    page: ["/orders", "Where is my order?"],
    ago: 52,
    steps: [
      { after: 0, says: "Order FO-10477 has said Packed since Thursday. Did it leave?" },
      { after: 21, says: "It is a birthday present for Sunday, so I am a little nervous." },
    ],
  },
  // Somebody is on it.
  {
    visitor: { name: "Amelia Okafor", email: "amelia@brightfield-school.example", tier: "Silver" },
    locale: "en",
    page: ["/products/first-circuits-kit", "First Circuits Kit"],
    ago: 95,
    steps: [
      {
        after: 0,
        says: "We would like 24 First Circuits Kits for year 8. Is there a price for schools, and can we pay by invoice?",
      },
      {
        after: 9,
        who: "mara",
        says: "Hello Amelia, yes to both. From ten kits on it is 15 % less, and the invoice comes with 30 days. When does the term start?",
      },
      { after: 10, who: "mara", tags: ["school", "quote"] },
      { after: 26, says: "Wonderful. Term starts on the 11th of January, so anything before Christmas is fine." },
      {
        after: 31,
        who: "mara",
        notes: "24 kits: 18 on the shelf, 6 more packed by Friday. Tomas, can you hold them?",
        mentions: ["tomas"],
      },
      { after: 40, who: "tomas", notes: "Held, with a yellow note on the pallet." },
      { after: 41, reads: true },
      {
        after: 44,
        who: "mara",
        says: "Done: 24 kits are put aside for you. The quote is on its way to your school address.",
      },
      { after: 62, says: "Got it, thank you! Our office asks whether you can put purchase number 2231 on it." },
    ],
  },
  {
    visitor: { name: "Luca Ferri" },
    locale: "en",
    page: ["/products/nano-esp32", "Arduino Nano ESP32"],
    ago: 2 * HOUR + 10,
    steps: [
      {
        after: 0,
        says: "My Nano ESP32 does not find the Wi-Fi at home, but at work it connected on the first try.",
        shown: [WIFI_BANDS],
      },
      {
        after: 7,
        who: "tomas",
        says: "Hi Luca, my first guess is a router that only offers 5 GHz at home. The board needs 2.4 GHz. This shows where to look:",
        article: WIFI_BANDS,
      },
      { after: 8, who: "tomas", tags: ["wifi"] },
      { after: 15, reads: true },
      { after: 33, says: "Both bands have the same name here. Could that be it?" },
      {
        after: 41,
        who: "tomas",
        says: "It could. Give the 2.4 GHz band a name of its own for a moment and use that name in the sketch. If it connects, we know.",
      },
      { after: 42, reads: true },
    ],
  },
  // Put off until tomorrow.
  {
    visitor: { name: "Hanna Sørensen", email: "hanna@sorensen.example" },
    locale: "en",
    page: ["/products/e-paper-display", "E-paper display, 4.2 inch"],
    ago: 5 * HOUR,
    steps: [
      { after: 0, says: "Can I still get an e-paper display this year? I need three." },
      {
        after: 6,
        who: "mara",
        says: "They land on 3 December, and I can set three aside for you. I will write as soon as the box is open.",
      },
      { after: 8, says: "Yes please, that would be perfect." },
      { after: 9, who: "mara", says: "Noted, three with your name on them." },
      { after: 9, who: "mara", tags: ["restock"] },
      { after: 10, who: "mara", notes: "Shipment 4417, due on the 3rd. Three for Hanna." },
      { after: 11, reads: true },
      { after: 12, who: "mara", snoozesFor: 20 * HOUR },
    ],
  },
  // "Not yet" brought it back.
  {
    visitor: { name: "Ben Carter", email: "ben@carter.example" },
    locale: "en",
    page: ["/products/first-circuits-kit", "First Circuits Kit"],
    ago: 7 * HOUR,
    steps: [
      {
        after: 0,
        says: "Every upload ends with: Failed uploading: uploading error: exit status 1. Kit is a week old.",
        shown: [NOT_UPLOADED],
      },
      {
        after: 11,
        who: "tomas",
        says: "Annoying. Press the reset button twice quickly, so that the light pulses, and upload while it does.",
        article: NOT_UPLOADED,
      },
      { after: 18, says: "The light pulses and the upload worked once. Then the same error again." },
      {
        after: 24,
        who: "tomas",
        says: "Once is good news: the board is healthy. Please close the Serial Monitor before uploading; it holds the port.",
      },
      { after: 90, resolves: true, who: "tomas" },
      { after: 96, rates: { solved: false } },
      {
        after: 97,
        says: "Monitor is closed and it still fails two times out of three. I can send a screenshot of the log.",
      },
      { after: 98, who: "tomas", tags: ["upload", "maybe-hardware"] },
    ],
  },
  // Ended well.
  {
    visitor: { name: "Sofia Almeida", email: "sofia@almeida.example", tier: "Standard" },
    locale: "en",
    page: ["/delivery", "Delivery and returns"],
    ago: DAY + 3 * HOUR,
    steps: [
      {
        after: 0,
        says: "I ordered the wrong strip, 30 a metre would have been right. It is unopened. How do I send it back?",
      },
      {
        after: 4,
        who: "mara",
        says: "No trouble at all. The label is in your mailbox; drop the parcel at any post office. The money is back two days after it is here.",
      },
      { after: 6, who: "mara", tags: ["return"] },
      { after: 9, says: "That was quick, thanks!" },
      { after: 12, who: "mara", resolves: true },
      { after: 13, rates: { solved: true } },
      {
        after: 14,
        rates: {
          solved: true,
          rating: 5,
          reasons: ["wait", "politeness"],
          comment: "Label came before I had put the kettle on.",
        },
      },
    ],
  },
  {
    visitor: { name: "Diego Martín" },
    locale: "en",
    page: ["/products/uno-r4-wifi", "Arduino UNO R4 WiFi"],
    ago: 2 * DAY,
    steps: [
      {
        after: 0,
        says: "arduino ide on windows 11 does not see my board, only COM1 in the list",
        shown: [NOT_DETECTED],
      },
      {
        after: 5,
        who: "tomas",
        says: "COM1 is the computer's own. Most often it is a cable that only charges. This goes through it step by step:",
        article: NOT_DETECTED,
      },
      { after: 17, says: "it WAS the cable. the one from my headphones. sorry!" },
      {
        after: 18,
        who: "tomas",
        says: "Happens to all of us, mine is marked with red tape now. Have fun with the matrix.",
      },
      { after: 19, resolves: true },
      { after: 20, rates: { solved: true, rating: 4, reasons: ["answer"] } },
    ],
  },
  // Ended, and nobody said how.
  {
    visitor: { name: "Grace Lin", email: "grace@lin.example" },
    locale: "en",
    page: ["/products/pip-robot", "Pip, a robot to build"],
    ago: 3 * DAY,
    steps: [
      { after: 0, says: "Is the UNO included with Pip? The picture shows one." },
      {
        after: 14,
        who: "mara",
        says: "It is not, sorry: many people have one lying around. I have asked for a clearer picture.",
      },
      { after: 15, who: "mara", notes: "Third question about this. Change the picture or the caption." },
      { after: 16, who: "mara", tags: ["product-page"] },
      { after: 30, reads: true },
      { after: 200, who: "mara", resolves: true },
    ],
  },
  {
    visitor: { name: "Owen Hughes" },
    locale: "en",
    page: ["/orders", "Where is my order?"],
    ago: 6 * DAY,
    steps: [
      { after: 0, says: "Parcel says delivered, but there is nothing here." },
      {
        after: 3 * HOUR,
        who: "tomas",
        says: "Sorry for the wait, and for the parcel. The carrier's photo shows a blue door, number 12. Is that next to you?",
      },
      { after: 3 * HOUR + 20, says: "That is the neighbour. Found it. You could have answered faster, though." },
      { after: 3 * HOUR + 24, who: "tomas", says: "You are right. Glad it is found." },
      { after: 3 * HOUR + 25, who: "tomas", resolves: true },
      {
        after: 3 * HOUR + 31,
        rates: {
          solved: true,
          rating: 2,
          reasons: ["wait"],
          comment: "Three hours is long when you think it was stolen.",
        },
      },
    ],
  },
];
