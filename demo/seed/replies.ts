/** What the shop's people need not write twice; the console fills in what stands in braces. */
export const SAVED_REPLIES: { name: string; text: string }[] = [
  {
    name: "Return label",
    text: "No trouble at all, {first name}. The label is in your mailbox; drop the parcel at any post office. The money is back two days after it is here.",
  },
  {
    name: "Which lights",
    text: "Could you tell me what the lights on the board do when you plug it in, and after pressing reset twice quickly?",
  },
  {
    name: "Data cable",
    text: "Please try another USB cable first, one that you have copied files with. Cables that only charge are behind every third question we get.",
  },
  {
    name: "Dead on arrival",
    text: "I am sorry, {first name}, that one is dead. A new one leaves with tonight's van; you need not send the old one back.",
  },
  {
    name: "School quote",
    text: "From ten kits on it is 15 % less, and the invoice comes with 30 days. Which address should the quote go to?",
  },
  { name: "补发零件", text: "非常抱歉，缺少的零件今天就给您补寄，不需要任何费用。" },
];
