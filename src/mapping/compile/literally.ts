/** A text as a part of a regular expression that matches just this text. */
export const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|\-/]/g, '\\$&');
