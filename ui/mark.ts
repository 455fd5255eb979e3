/** The bell: a D lying on its back, its foot a speech tail, on a 32 px grid. */
export const MARK_DOME =
  "M3 21.5a13 13 0 0 1 26 0V23a2 2 0 0 1-2 2H11l-5.3 4.2A1.7 1.7 0 0 1 3 27.9zm5.4-1.6h15.2a7.7 7.7 0 0 0-15.2 0z";
/** Its button, brass wherever two colours are allowed. */
export const MARK_BUTTON = "M13.1 4.1a2.9 2.9 0 1 0 5.8 0a2.9 2.9 0 1 0-5.8 0";
