/** What the demo shop pretends to sell. */
export interface Product {
  slug: string;
  name: string;
  /** In euro cents. */
  price: number;
  picture: string;
  tint: "mint" | "sky" | "sand" | "rose" | "lilac";
  shelf: "Boards" | "Kits" | "Parts" | "Tools";
  line: string;
  about: string;
  points: readonly string[];
  stock: string;
}

export const CATALOGUE: readonly Product[] = [
  {
    slug: "uno-r4-wifi",
    name: "Arduino UNO R4 WiFi",
    price: 2500,
    picture: "uno",
    tint: "mint",
    shelf: "Boards",
    line: "The classic shape, with Wi-Fi, Bluetooth and a light matrix.",
    about:
      "The board most people start with and few outgrow. Plug it in over USB-C, pick it in the IDE, press Upload. The 12 by 8 light matrix shows you that it worked before you wire anything.",
    points: [
      "Works with the Arduino IDE and Arduino Cloud",
      "2.4 GHz Wi-Fi and Bluetooth LE",
      "USB-C; a data cable is in the box",
      "Runs at 5 V, so older shields fit",
    ],
    stock: "In stock, leaves tomorrow",
  },
  {
    slug: "nano-esp32",
    name: "Arduino Nano ESP32",
    price: 1950,
    picture: "nano",
    tint: "sky",
    shelf: "Boards",
    line: "A thumb-sized board for things that have to fit somewhere.",
    about:
      "Small enough for a bird box, quick enough for a camera. Program it in C++ or in MicroPython. It comes with the pins soldered, so it goes straight into a breadboard.",
    points: [
      "ESP32-S3 with 8 MB of memory",
      "2.4 GHz Wi-Fi and Bluetooth LE",
      "MicroPython or sketches",
      "Runs at 3.3 V",
    ],
    stock: "In stock, leaves tomorrow",
  },
  {
    slug: "first-circuits-kit",
    name: "First Circuits Kit",
    price: 6900,
    picture: "kit",
    tint: "sand",
    shelf: "Kits",
    line: "Twelve evenings of projects in one box, and the parts to repeat them.",
    about:
      "Made by us, packed by hand in this town. Every project begins with something that blinks, turns or beeps after ten minutes, and explains itself afterwards. From about eleven years, with someone nearby for the first two.",
    points: [
      "UNO R4 WiFi and breadboard",
      "Motor, servo, 30 LEDs, 9 sensors",
      "A printed book of 12 projects",
      "Spare parts free for a year",
    ],
    stock: "In stock, leaves tomorrow",
  },
  {
    slug: "pip-robot",
    name: "Pip, a robot to build",
    price: 8900,
    picture: "robot",
    tint: "rose",
    shelf: "Kits",
    line: "Follows a line, looks for the light, backs away from cats.",
    about:
      "Pip is cut from birch and goes together with a single screwdriver. The sketches are short on purpose: change three lines and Pip behaves like another animal.",
    points: [
      "Two geared motors, distance and light sensors",
      "Takes an UNO R4 WiFi (not included)",
      "Runs six hours on four AA cells",
      "No soldering",
    ],
    stock: "8 left, leaves on Thursday",
  },
  {
    slug: "plant-watcher",
    name: "Plant Watcher Kit",
    price: 4200,
    picture: "plant",
    tint: "mint",
    shelf: "Kits",
    line: "Tells your phone that the fern is thirsty, before the fern does.",
    about:
      "A moisture probe that does not corrode, a Nano ESP32 and a small screen. Sends a reading every half hour to Arduino Cloud, where a dashboard is ready for you.",
    points: [
      "Nano ESP32 included",
      "Capacitive probe, 2 m cable",
      "Template for Arduino Cloud",
      "A month on one charge",
    ],
    stock: "In stock, leaves tomorrow",
  },
  {
    slug: "distance-sensor",
    name: "Ultrasonic distance sensor",
    price: 390,
    picture: "sonar",
    tint: "sky",
    shelf: "Parts",
    line: "Measures 2 cm to 4 m by listening for its own echo.",
    about: "The two-eyed sensor from every robot video. Four pins, one library, a centimetre of precision.",
    points: ["Works at 3.3 V and 5 V", "Range 2 to 400 cm", "Four-pin cable included"],
    stock: "In stock, leaves tomorrow",
  },
  {
    slug: "led-strip",
    name: "LED strip, 60 a metre",
    price: 1600,
    picture: "strip",
    tint: "lilac",
    shelf: "Parts",
    line: "Two metres of lights, each with a colour of its own.",
    about: "Cut it where you like, solder it where you must. Every light takes its own colour from a single data pin.",
    points: ["WS2812B, 120 lights", "5 V, up to 7 A at full white", "Self-adhesive, indoors only"],
    stock: "In stock, leaves tomorrow",
  },
  {
    slug: "e-paper-display",
    name: "E-paper display, 4.2 inch",
    price: 2900,
    picture: "display",
    tint: "sand",
    shelf: "Parts",
    line: "Shows a picture for months after the battery is gone.",
    about: "Black, white and red on a panel that looks like print. Needs power only to change its mind.",
    points: ["400 by 300 points", "SPI, 3.3 V and 5 V", "Library and examples"],
    stock: "Back on 3 December",
  },
  {
    slug: "breadboard",
    name: "Breadboard and wires",
    price: 850,
    picture: "breadboard",
    tint: "rose",
    shelf: "Parts",
    line: "830 holes that grip, and 65 wires in five colours.",
    about: "The good kind: contacts of phosphor bronze that still hold after the thousandth wire.",
    points: ["830 points, two power rails each side", "65 jumper wires, 4 lengths", "Sticks to a Pip"],
    stock: "In stock, leaves tomorrow",
  },
  {
    slug: "soldering-iron",
    name: "Pen soldering iron, 60 W",
    price: 3400,
    picture: "iron",
    tint: "sand",
    shelf: "Tools",
    line: "Hot in fifteen seconds, asleep when you put it down.",
    about: "A light iron with a real thermostat, a stand, brass wool and 20 g of lead-free solder.",
    points: ["200 to 450 °C", "Sleeps after five minutes", "Three tips"],
    stock: "In stock, leaves tomorrow",
  },
];

/** The cents as a price tag. */
export function price(cents: number): string {
  return `€${(cents / 100).toFixed(2)}`;
}
