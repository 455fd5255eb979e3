/** Which articles are offered on which pages of the shop, by title. */
export const PAGE_ARTICLES: Record<string, string[]> = {
  "/": ["Download and install Arduino IDE", "About the delivery process", "Return an item"],
  "/products/uno-r4-wifi": [
    "If your board is not detected by Arduino IDE",
    "Select board and port in Arduino IDE",
    "Restore the USB connectivity firmware on UNO R4 WiFi with espflash",
  ],
  "/products/nano-esp32": [
    "Supported Wi-Fi bands for Arduino devices",
    "If your Arduino device can’t connect to a Wi-Fi network",
    "About the B1 and B0 pins on the Nano ESP32",
  ],
  "/products/plant-watcher": [
    "Add a device to Arduino Cloud",
    "Import an Arduino Cloud Template",
    "If your device is offline in Arduino Cloud",
  ],
  "/products/first-circuits-kit": [
    "Download and install Arduino IDE",
    "Upload a sketch in Arduino IDE",
    "If your sketch doesn't upload",
  ],
  "/orders": ["Track your order", "If you haven't received your delivery", "Find your receipt or invoice"],
  "/delivery": ["Return an item", "Available shipping methods", "About the delivery process"],
  "/zh/": ["新手应该选哪块开发板", "配送时间和运费", "如何退货和退款"],
};
