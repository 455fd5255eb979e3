/** English, what stands between messages; loaded with the first of it. */
export const en = {
  "event.resolved": "{name} marked this as resolved",
  "event.closed": "Marked as resolved",
  "event.solved": "You marked this as solved",
  "event.reopened": "Reopened",
  "event.reopenedBy": "Reopened · {name} has it again",
  reopened: "We’ve reopened this. What’s still wrong?",
} as const;
