/** English, what is said of files; loaded with them. */
export const en = {
  "file.drop": "Drop files here",
  "file.tooBig": "File is over {max}",
  "file.type": "This type can’t be sent",
  "file.pixels": "This picture is too large",
  "file.unread": "This file can’t be read",
  "file.tooMany": "10 files at most",
  "file.gone": "This file is no longer here",
  "file.remove": "Remove {name}",
  "file.cancel": "Cancel",
  "file.show": "Show {name}",
  "file.save": "Save",
} as const;
