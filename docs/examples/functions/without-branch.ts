/** A loan number of the old core system, 123-4567, is loan 4567 of branch 123; nothing for any other text. */
export default function withoutBranch(text: string): string | undefined {
  return /^\d{3}-(\d+)$/.exec(text)?.[1];
}
